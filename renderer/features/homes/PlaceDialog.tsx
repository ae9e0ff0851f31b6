import { Modal, Radio, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Home } from '#shared/api/homes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { api, keys, useFailure } from '../../api/index.ts';
import { DialogActs, notify, notifyProblem } from '../../ui/index.ts';

interface Props {
  readonly document: DocumentId;
  readonly homes: readonly Home[];
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Gives a document of this computer a home in a followed Calepin. */
export function PlaceDialog({ document, homes, opened, onClose }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const client = useQueryClient();
  const [chosen, setChosen] = useState(homes[0]?.id ?? '');
  const name = homes.find(({ id }) => id === chosen)?.name ?? '';
  const place = useMutation({
    mutationFn: () => api.placeDocument(chosen, document),
    onSuccess: () => {
      notify(t('homes.placed', { name }));
      onClose();
      return client.invalidateQueries({ queryKey: keys.homes });
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    place.mutate();
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('homes.place')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form onSubmit={submit}>
        <Radio.Group label={t('homes.placeWhere')} value={chosen} onChange={setChosen}>
          <Stack gap="xs" mt="xs" mb="md">
            {homes.map((home) => (
              <Radio key={home.id} value={home.id} label={home.name} description={home.origin} />
            ))}
          </Stack>
        </Radio.Group>
        <p>{t('homes.placeText')}</p>
        <DialogActs
          act={t('homes.placeAct')}
          isBusy={place.isPending}
          disabled={chosen === ''}
          onClose={onClose}
        />
      </form>
    </Modal>
  );
}
