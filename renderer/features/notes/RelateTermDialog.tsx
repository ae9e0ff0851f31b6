import { IconBookmark } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import * as Y from 'yjs';
import type { NotePage, NoteSummary } from '#shared/api/notes.ts';
import { termsOf } from '#shared/document/fields.ts';
import { foldText } from '#shared/domain/foldText.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { api, keys, useFailure, useNamedNotes } from '../../api/index.ts';
import type { DocumentSession } from '../../collaboration/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { notify, notifyProblem, PickerDialog, pickerProblem } from '../../ui/index.ts';

interface Props {
  readonly page: NotePage;
  readonly session: DocumentSession;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Relates a term of the lexicon to a note, a new one if need be; stays open, for several. */
export function RelateTermDialog({ page, session, opened, onClose }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const client = useQueryClient();
  const failure = useFailure();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<NoteId>>(new Set());
  const list = useNamedNotes('term', text, opened);
  const relate = (id: NoteId, title: string): void => {
    const terms = termsOf(session.doc);
    if (!terms.has(id)) terms.set(id, new Y.Map());
    setChosen((before) => new Set([...before, id]));
    notify(t('notes.terms.related', { title: title || t('app.untitled') }));
  };
  const create = useMutation({
    mutationFn: (title: string) => api.createNote({ title, kind: 'term', language }),
    onSuccess: ({ note }) => {
      void client.invalidateQueries({ queryKey: keys.notes });
      setText('');
      relate(note.id, note.title);
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  const title = text.trim();
  const wanted = foldText(title);
  const terms = list.data?.notes.filter((term) => term.id !== page.note.id);
  /** A term is not related to itself. */
  const isHere = terms !== undefined && terms.length !== list.data?.notes.length;
  /** Its title, or whichever of its forms is looked for. */
  const nameFound = (term: NoteSummary): string | undefined =>
    [term.title, ...term.otherNames].find((name) => foldText(name).includes(wanted));
  const isName = (term: NoteSummary): boolean =>
    [term.title, ...term.otherNames].some((name) => foldText(name) === wanted);
  // Of what is still asked for, nothing is said yet.
  const isNew = title !== '' && list.isOf(title) && terms?.some(isName) === false;
  const held = new Set<NoteId>([...page.terms.map((term) => term.id), ...chosen]);
  return (
    <PickerDialog
      opened={opened}
      onClose={onClose}
      title={t('notes.terms.relate')}
      words={{
        search: t('notes.terms.search'),
        add: t('notes.terms.add'),
        there: t('notes.terms.there'),
        none: t('notes.terms.none'),
      }}
      icon={<IconBookmark size={17} stroke={1.6} aria-hidden="true" />}
      text={text}
      onText={setText}
      items={
        terms?.flatMap((term) => {
          const found = nameFound(term);
          return {
            key: term.id,
            name: term.title || t('app.untitled'),
            ...(found !== undefined && found !== term.title && { snippet: found }),
            isThere: held.has(term.id),
          };
        }) ?? null
      }
      total={list.data === undefined ? undefined : list.data.total - (isHere ? 1 : 0)}
      problem={pickerProblem(list, failure)}
      isBusy={create.isPending}
      onPick={({ key, name }) => relate(key, name)}
      create={isNew ? { label: t('notes.terms.create', { title }), act: () => create.mutate(title) } : null}
    />
  );
}
