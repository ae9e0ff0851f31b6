import { IconBook2 } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { foldText } from '#shared/domain/foldText.ts';
import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import { canContributeToCarnet } from '#shared/permissions/permissions.ts';
import { api, keys, queries, useFailure } from '../../api/index.ts';
import { notify, notifyProblem, PickerDialog, pickerProblem } from '../../ui/index.ts';
import { useCreateCarnet } from './useCreateCarnet.ts';

interface Props {
  readonly noteId: NoteId;
  /** The carnets that hold the note already. */
  readonly holding: readonly CarnetId[];
  readonly opened: boolean;
  readonly onClose: () => void;
}

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
  const wanted = foldText(title);
  const open = list.data?.carnets.filter((carnet) => canContributeToCarnet(carnet.role));
  const isNew = title !== '' && open?.some((carnet) => foldText(carnet.title) === wanted) === false;
  return (
    <PickerDialog
      opened={opened}
      onClose={onClose}
      title={t('notes.addToCarnet.title')}
      words={{
        search: t('notes.addToCarnet.search'),
        add: t('carnets.picker.add'),
        there: t('notes.addToCarnet.there'),
        none: t('notes.addToCarnet.none'),
      }}
      icon={<IconBook2 size={17} stroke={1.6} aria-hidden="true" />}
      text={text}
      onText={setText}
      items={
        open
          ?.filter((carnet) => foldText(carnet.title).includes(wanted))
          .map((carnet) => ({
            key: carnet.id,
            name: carnet.title || t('app.untitled'),
            about: t('notes.count', { count: carnet.noteCount }),
            isThere: holding.includes(carnet.id),
          })) ?? null
      }
      problem={pickerProblem(list, failure)}
      isBusy={create.isPending || integrate.isPending}
      onPick={({ key }) => integrate.mutate(key)}
      create={
        isNew
          ? {
              label: t('notes.addToCarnet.create', { title }),
              act: () => create.mutate(title, { onSuccess: (page) => integrate.mutate(page.carnet.id) }),
            }
          : null
      }
    />
  );
}
