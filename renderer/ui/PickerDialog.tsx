import { Button, Modal, TextInput } from '@mantine/core';
import { IconCheck, IconPlus, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { stepFocus } from './stepFocus.ts';
import { RowSkeletons } from './Skeletons.tsx';
import { Snippet } from './Snippet.tsx';
import styles from './PickerDialog.module.css';

/** More are found by their words. */
const maxShown = 100;

/** One thing to pick. */
export interface PickerItem<Key extends string> {
  readonly key: Key;
  readonly name: string;
  /** A line under the name; what was found in it stands between marks, as the search gives it. */
  readonly snippet?: string;
  /** What is said beside it, where it is not `words.add`. */
  readonly about?: string;
  /** It was picked before, and cannot be again. */
  readonly isThere: boolean;
}

interface Props<Key extends string> {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly size?: 'md' | 'lg';
  readonly words: {
    readonly search: string;
    /** What a line does. */
    readonly add: string;
    /** Of what was picked before. */
    readonly there: string;
    /** In the place of an empty list. */
    readonly none: string;
  };
  readonly icon: ReactNode;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Null while they are being asked for. */
  readonly items: readonly PickerItem<Key>[] | null;
  /** How many there are, where not all of them were asked for. */
  readonly total?: number | undefined;
  /** A sentence where they could not be had, and the way to ask again. */
  readonly problem?: { readonly text: string; readonly retry: () => void } | null;
  readonly isBusy: boolean;
  readonly onPick: (item: PickerItem<Key>) => void;
  /** Several are chosen before anything is done: those that are, and the word for it. Picking one again leaves it out. */
  readonly chosen?: { readonly keys: ReadonlySet<Key>; readonly word: string } | null;
  /** Above the field. */
  readonly head?: ReactNode;
  /** Below the list. */
  readonly foot?: ReactNode;
  /** The act that makes what was written, where nothing has that name. */
  readonly create?: { readonly label: string; readonly act: () => void } | null;
}

/** Finds something in a list by its words, and picks it; arrows go down the list, Enter in the field picks what is alone in it. */
export function PickerDialog<Key extends string>(props: Props<Key>) {
  const { opened, onClose, title, size = 'md', words, icon, text, onText, items, problem = null } = props;
  const { total = items?.length ?? 0 } = props;
  const { isBusy, onPick, chosen = null, head = null, foot = null, create = null } = props;
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const shown = items?.slice(0, maxShown) ?? [];
  const onFieldKey = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      list.current?.querySelector<HTMLElement>('button:not(:disabled)')?.focus();
    } else if (event.key === 'Enter' && !isBusy) {
      event.preventDefault();
      const [only, ...others] = shown;
      if (only !== undefined && others.length === 0 && !only.isThere) onPick(only);
      else if (shown.length === 0) create?.act();
    }
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={size}
      title={title}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {head !== null && <div className={styles.head}>{head}</div>}
      <TextInput
        data-autofocus
        type="search"
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={onFieldKey}
        placeholder={words.search}
        aria-label={words.search}
        leftSection={<IconSearch size={16} stroke={1.7} />}
      />
      {problem !== null && (
        <p className={styles.problem} role="alert">
          {problem.text}
          <Button size="compact-sm" variant="default" onClick={problem.retry}>
            {t('app.retry')}
          </Button>
        </p>
      )}
      {items === null && problem === null && <RowSkeletons count={4} height={40} label={t('app.loading')} />}
      {/* The list hears the arrows from the buttons inside it. */}
      <ul
        ref={list}
        role="list"
        className={styles.list}
        onKeyDown={(event) => stepFocus(event, list.current, 'button:not(:disabled)')}
      >
        {shown.map((item) => (
          <li key={item.key}>
            <button
              type="button"
              className={styles.line}
              aria-pressed={chosen === null || item.isThere ? undefined : chosen.keys.has(item.key)}
              disabled={item.isThere || isBusy}
              onClick={() => onPick(item)}
            >
              {icon}
              <span className={styles.name} title={item.name}>
                {item.name}
                {item.snippet !== undefined && (
                  <span className={styles.snippet}>
                    <Snippet text={item.snippet} />
                  </span>
                )}
              </span>
              <span className={styles.state}>
                {item.isThere || chosen?.keys.has(item.key) === true ? (
                  <>
                    <IconCheck size={14} aria-hidden="true" /> {item.isThere ? words.there : chosen?.word}
                  </>
                ) : (
                  (item.about ?? (
                    <>
                      <IconPlus size={14} aria-hidden="true" /> {words.add}
                    </>
                  ))
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {items !== null && total > shown.length && (
        <p className={styles.none}>{t('app.picker.more', { rest: total - shown.length })}</p>
      )}
      {items?.length === 0 && create === null && <p className={styles.none}>{words.none}</p>}
      {create !== null && (
        <Button
          variant="light"
          leftSection={<IconPlus size={16} />}
          loading={isBusy}
          onClick={() => create.act()}
        >
          {create.label}
        </Button>
      )}
      {foot !== null && <div className={styles.foot}>{foot}</div>}
    </Modal>
  );
}
