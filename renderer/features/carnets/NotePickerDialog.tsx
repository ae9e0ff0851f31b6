import { Modal, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCheck, IconFileText, IconPlus, IconSearch } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import { api, keys, queries, useFailure } from '../../api/index.ts';
import { notify, notifyProblem, Snippet } from '../../ui/index.ts';
import styles from './Picker.module.css';

interface Props {
  readonly carnetId: CarnetId;
  readonly holding: ReadonlySet<NoteId>;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Finds a note that the person can read and places it in the carnet; stays open, for several. */
export function NotePickerDialog({ carnetId, holding, opened, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  const [text, setText] = useState('');
  const [searched] = useDebouncedValue(text.trim(), 140);
  const found = useQuery({ ...queries.search(searched), placeholderData: (before) => before });
  const recent = useQuery({ ...queries.noteList({ sort: 'modified' }), enabled: opened });
  const integrate = useMutation({
    mutationFn: (note: { id: NoteId; title: string }) => api.integrateNote(carnetId, note.id),
    onSuccess: (page, note) => {
      client.setQueryData(keys.carnet(carnetId), page);
      void client.invalidateQueries({ queryKey: keys.note(note.id) });
      notify(t('carnets.picker.added', { title: note.title || t('app.untitled') }));
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  const notes =
    searched === ''
      ? (recent.data?.notes ?? [])
          .slice(0, 30)
          .map((note) => ({ id: note.id, title: note.title, snippet: note.excerpt }))
      : (found.data?.notes ?? []);
  const isNothing = notes.length === 0 && !found.isFetching && !recent.isPending;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t('carnets.picker.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <TextInput
        data-autofocus
        type="search"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        placeholder={t('carnets.picker.search')}
        aria-label={t('carnets.picker.search')}
        leftSection={<IconSearch size={16} stroke={1.7} />}
      />
      <ul role="list" className={styles.list}>
        {notes.map((note) => {
          const isThere = holding.has(note.id);
          return (
            <li key={note.id}>
              <button
                type="button"
                className={styles.line}
                disabled={isThere || integrate.isPending}
                onClick={() => integrate.mutate(note)}
              >
                <IconFileText size={17} stroke={1.6} aria-hidden="true" />
                <span className={styles.name}>
                  {note.title || t('app.untitled')}
                  <span className={styles.snippet}>
                    <Snippet text={note.snippet} />
                  </span>
                </span>
                <span className={styles.note}>
                  {isThere ? (
                    <IconCheck size={14} aria-hidden="true" />
                  ) : (
                    <IconPlus size={14} aria-hidden="true" />
                  )}
                  {t(isThere ? 'carnets.picker.there' : 'carnets.picker.add')}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {isNothing && <p className={styles.none}>{t('carnets.picker.none')}</p>}
    </Modal>
  );
}
