import { Button, Modal, TextInput } from '@mantine/core';
import { IconBookmark, IconCheck, IconPlus, IconSearch } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import * as Y from 'yjs';
import type { NotePage } from '#shared/api/notes.ts';
import { termsOf } from '#shared/document/fields.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { api, keys, queries, useFailure } from '../../api/index.ts';
import type { DocumentSession } from '../../collaboration/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { notify, notifyProblem } from '../../ui/index.ts';
import styles from './RelateTermDialog.module.css';

interface Props {
  readonly page: NotePage;
  readonly session: DocumentSession;
  readonly opened: boolean;
  readonly onClose: () => void;
}

const fold = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Relates a term of the lexicon to a note, a new one if need be; stays open, for several. */
export function RelateTermDialog({ page, session, opened, onClose }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const client = useQueryClient();
  const failure = useFailure();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<NoteId>>(new Set());
  const list = useQuery({ ...queries.terms(), enabled: opened });
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
  const terms = (list.data?.notes ?? []).filter((term) => term.id !== page.note.id);
  const shown = terms.filter((term) => fold(term.title).includes(fold(title)));
  const isNew = title !== '' && !terms.some((term) => fold(term.title) === fold(title));
  const held = new Set<NoteId>([...page.terms.map((term) => term.id), ...chosen]);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('notes.terms.relate')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <TextInput
        data-autofocus
        type="search"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        placeholder={t('notes.terms.search')}
        aria-label={t('notes.terms.search')}
        leftSection={<IconSearch size={16} stroke={1.7} />}
      />
      <ul role="list" className={styles.list}>
        {shown.map((term) => {
          const isThere = held.has(term.id);
          return (
            <li key={term.id}>
              <button
                type="button"
                className={styles.line}
                disabled={isThere}
                onClick={() => relate(term.id, term.title)}
              >
                <IconBookmark size={17} stroke={1.6} aria-hidden="true" />
                <span className={styles.name}>{term.title || t('app.untitled')}</span>
                <span className={styles.state}>
                  {isThere ? (
                    <IconCheck size={14} aria-hidden="true" />
                  ) : (
                    <IconPlus size={14} aria-hidden="true" />
                  )}
                  {t(isThere ? 'notes.terms.there' : 'notes.terms.add')}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {list.data !== undefined && terms.length === 0 && title === '' && (
        <p className={styles.none}>{t('notes.terms.none')}</p>
      )}
      {isNew && (
        <Button
          variant="light"
          leftSection={<IconPlus size={16} />}
          loading={create.isPending}
          onClick={() => create.mutate(title)}
        >
          {t('notes.terms.create', { title })}
        </Button>
      )}
    </Modal>
  );
}
