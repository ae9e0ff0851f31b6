import { Button, Combobox, Textarea, useCombobox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { NoteId } from '#shared/domain/ids.ts';
import type { Person } from '#shared/domain/Person.ts';
import { maxMessageLength } from '#shared/domain/Thread.ts';
import { useFailure } from '../../api/index.ts';
import { PersonMark } from '../../ui/index.ts';
import { mentionAt, namedIn, writeMention } from './mentions.ts';
import { threadQueries } from '../outbox/index.ts';
import { type Draft, useDraft } from './useDraft.ts';
import styles from './threads.module.css';

interface Props {
  readonly noteId: NoteId;
  /** Names the place, so that words begun there are found again. */
  readonly place: string;
  readonly first?: Draft;
  readonly label: string;
  readonly placeholder?: string;
  /** The verb of its button. */
  readonly act: string;
  readonly autoFocus?: boolean;
  readonly field?: RefObject<HTMLTextAreaElement | null>;
  /** Sends the words; what fails leaves them where they are. */
  readonly onSend: (text: string, mentions: readonly Person[]) => Promise<unknown>;
  readonly onCancel?: () => void;
  /** Stands above its buttons. */
  readonly children?: ReactNode;
}

/** Where words of a discussion are written. `Ctrl+Enter` sends, Escape leaves, `@` names somebody. */
export function Composer({
  noteId,
  place,
  first,
  label,
  placeholder,
  act,
  autoFocus = false,
  field,
  onSend,
  onCancel,
  children,
}: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const own = useRef<HTMLTextAreaElement>(null);
  const area = field ?? own;
  const [draft, setDraft] = useDraft(place, first);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const [dismissed, setDismissed] = useState<number | null>(null);
  const put = useRef<number | null>(null);

  const naming = caret === null ? null : mentionAt(draft.text, caret);
  const query = useQuery({
    ...threadQueries.mentionable(noteId, naming?.text ?? ''),
    enabled: naming !== null,
    placeholderData: (before) => before,
  });
  const people = naming === null || naming.from === dismissed ? [] : (query.data?.people ?? []);
  const isOffering = people.length > 0;
  const combobox = useCombobox({ opened: isOffering });
  const names = people.map((person) => person.id).join();
  const { selectFirstOption, resetSelectedOption } = combobox;
  useEffect(() => {
    if (isOffering) selectFirstOption();
    else resetSelectedOption();
  }, [isOffering, names, selectFirstOption, resetSelectedOption]);

  useEffect(() => {
    if (!autoFocus) return;
    const { current } = area;
    current?.focus();
    current?.setSelectionRange(current.value.length, current.value.length);
  }, [autoFocus, area]);
  // The caret goes behind a name once it is written.
  useLayoutEffect(() => {
    if (put.current === null) return;
    area.current?.setSelectionRange(put.current, put.current);
    put.current = null;
  });

  const choose = (id: string): void => {
    const person = people.find((one) => one.id === id);
    if (person === undefined || naming === null) return;
    const written = writeMention(draft.text, naming, person.name);
    put.current = written.caret;
    setCaret(null);
    setDraft({
      text: written.text,
      people: [...draft.people.filter((one) => one.id !== person.id), person],
    });
    area.current?.focus();
  };
  const send = async (): Promise<void> => {
    const text = draft.text.trim();
    if (text === '' || sending) return;
    setSending(true);
    setProblem(null);
    try {
      await onSend(text, namedIn(text, draft.people));
      setDraft(null);
    } catch (error) {
      setProblem(error);
    } finally {
      setSending(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void send();
    } else if (event.key === 'Escape') {
      if (isOffering) setDismissed(naming?.from ?? null);
      else if (onCancel === undefined) return;
      else onCancel();
      // Escape also closes the panel, or the editor: here it was for the words.
      event.preventDefault();
      event.stopPropagation();
    }
  };
  const follow = (): void => setCaret(area.current?.selectionStart ?? null);
  return (
    <div className={styles.composer}>
      <Combobox store={combobox} onOptionSubmit={choose} withinPortal position="bottom-start" width={240}>
        <Combobox.EventsTarget withKeyboardNavigation={isOffering} withExpandedAttribute={false}>
          <Textarea
            ref={area}
            aria-label={label}
            placeholder={placeholder ?? ''}
            autosize
            minRows={2}
            maxRows={12}
            maxLength={maxMessageLength}
            value={draft.text}
            onChange={(event) => {
              setDraft({ ...draft, text: event.currentTarget.value });
              setCaret(event.currentTarget.selectionStart);
              setDismissed(null);
            }}
            onKeyDown={onKeyDown}
            onKeyUp={follow}
            onClick={follow}
            onBlur={() => setCaret(null)}
          />
        </Combobox.EventsTarget>
        <Combobox.DropdownTarget>
          <span className={styles.offerPlace} />
        </Combobox.DropdownTarget>
        <Combobox.Dropdown hidden={!isOffering}>
          <Combobox.Options aria-label={t('threads.mentionLabel')}>
            {people.map((person) => (
              <Combobox.Option
                key={person.id}
                value={person.id}
                // The focus stays in the words.
                onMouseDown={(event) => event.preventDefault()}
              >
                <span className={styles.offer}>
                  <PersonMark person={person} size={22} />
                  {person.name}
                </span>
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {problem !== null && (
        <p className={styles.problem} role="alert">
          {failure(problem)}
        </p>
      )}
      {children}
      <div className={styles.composerActs}>
        {onCancel !== undefined && (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={onCancel}>
            {t('app.cancel')}
          </Button>
        )}
        <Button
          size="compact-sm"
          loading={sending}
          disabled={draft.text.trim() === ''}
          title={`${act} (Ctrl+${t('threads.enterKey')})`}
          onClick={() => void send()}
        >
          {act}
        </Button>
      </div>
    </div>
  );
}
