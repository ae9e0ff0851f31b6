import { useDebouncedValue } from '@mantine/hooks';
import { IconFileText } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import { api, keys, queries, useFailure } from '../../api/index.ts';
import { notify, notifyProblem, PickerDialog, pickerProblem } from '../../ui/index.ts';

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
  const found = useQuery({
    ...queries.search(searched),
    placeholderData: (before) => before,
  });
  const recent = useQuery({ ...queries.noteList({ sort: 'modified' }), enabled: opened });
  const integrate = useMutation({
    mutationFn: (note: { key: NoteId; name: string }) => api.integrateNote(carnetId, note.key),
    onSuccess: (page, note) => {
      client.setQueryData(keys.carnet(carnetId), page);
      void client.invalidateQueries({ queryKey: keys.note(note.key) });
      notify(t('carnets.picker.added', { title: note.name }));
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  const asked = searched === '' ? recent : found;
  const notes =
    searched === ''
      ? recent.data?.notes.slice(0, 30).map(({ excerpt, ...note }) => ({ ...note, snippet: excerpt }))
      : found.data?.notes;
  return (
    <PickerDialog
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t('carnets.picker.title')}
      words={{
        search: t('carnets.picker.search'),
        add: t('carnets.picker.add'),
        there: t('carnets.picker.there'),
        none: t('carnets.picker.none'),
      }}
      icon={<IconFileText size={17} stroke={1.6} aria-hidden="true" />}
      text={text}
      onText={setText}
      items={
        notes?.map(({ id, title, snippet }) => ({
          key: id,
          name: title || t('app.untitled'),
          snippet,
          isThere: holding.has(id),
        })) ?? null
      }
      problem={pickerProblem(asked, failure)}
      isBusy={integrate.isPending}
      onPick={(note) => integrate.mutate(note)}
    />
  );
}
