import { Button, Modal, TextInput } from '@mantine/core';
import { IconBook2, IconCheck, IconPlus, IconSearch } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import { canContributeToCarnet } from '#shared/permissions/permissions.ts';
import { api, keys, queries, useFailure } from '../../api/index.ts';
import { notify, notifyProblem } from '../../ui/index.ts';
import { useCreateCarnet } from './useCreateCarnet.ts';
import styles from './Picker.module.css';

interface Props {
  readonly noteId: NoteId;
  /** The carnets that hold the note already. */
  readonly holding: readonly CarnetId[];
  readonly opened: boolean;
  readonly onClose: () => void;
}

const fold = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Places a note in one more carnet, a new one if need be. */
export function AddToCarnetDialog({ noteId, holding, opened, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  const [text, setText] = useState('');
  const list = useQuery({ ...queries.carnetList(), enabled: opened });
  const create = useCreateCarnet();
  const integrate = useMutation({
    mutationFn: (carnetId: CarnetId) => api.integrateNote(carnetId, noteId),
    onSuccess: (page) => {
      client.setQueryData(keys.carnet(page.carnet.id), page);
      void client.invalidateQueries({ queryKey: keys.note(noteId) });
      void client.invalidateQueries({ queryKey: keys.carnets });
      notify(t('notes.addToCarnet.done', { title: page.carnet.title || t('app.untitled') }));
      onClose();
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  const title = text.trim();
  const open = (list.data?.carnets ?? []).filter((carnet) => canContributeToCarnet(carnet.role));
  const shown = open.filter((carnet) => fold(carnet.title).includes(fold(title)));
  const isNew = title !== '' && !open.some((carnet) => fold(carnet.title) === fold(title));
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('notes.addToCarnet.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <TextInput
        data-autofocus
        type="search"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        placeholder={t('notes.addToCarnet.search')}
        aria-label={t('notes.addToCarnet.search')}
        leftSection={<IconSearch size={16} stroke={1.7} />}
      />
      <ul role="list" className={styles.list}>
        {shown.map((carnet) => {
          const isThere = holding.includes(carnet.id);
          return (
            <li key={carnet.id}>
              <button
                type="button"
                className={styles.line}
                disabled={isThere || integrate.isPending}
                onClick={() => integrate.mutate(carnet.id)}
              >
                <IconBook2 size={17} stroke={1.6} aria-hidden="true" />
                <span className={styles.name}>{carnet.title || t('app.untitled')}</span>
                <span className={styles.note}>
                  {isThere ? (
                    <>
                      <IconCheck size={14} aria-hidden="true" /> {t('notes.addToCarnet.there')}
                    </>
                  ) : (
                    t('notes.count', { count: carnet.noteCount })
                  )}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {list.data !== undefined && open.length === 0 && title === '' && (
        <p className={styles.none}>{t('notes.addToCarnet.none')}</p>
      )}
      {isNew && (
        <Button
          variant="light"
          leftSection={<IconPlus size={16} />}
          loading={create.isPending || integrate.isPending}
          onClick={() => create.mutate(title, { onSuccess: (page) => integrate.mutate(page.carnet.id) })}
        >
          {t('notes.addToCarnet.create', { title })}
        </Button>
      )}
    </Modal>
  );
}
