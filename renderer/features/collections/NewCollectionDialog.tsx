import { Modal, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CollectionKind } from '#shared/domain/Collection.ts';
import { DialogActs } from '../../ui/index.ts';
import { type NewCollectionPlace, useCreateCollection } from './useCreateCollection.ts';

interface Props extends NewCollectionPlace {
  readonly kind: CollectionKind;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Asks for a title, makes the carnet or the base and goes to it. */
export function NewCollectionDialog({ kind, opened, onClose, ...place }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [title, setTitle] = useState('');
  const create = useCreateCollection(kind, place);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate(title.trim(), {
      onSuccess: ({ collection: { id } }) => {
        setTitle('');
        onClose();
        if (kind === 'carnet') void navigate({ to: '/carnets/$carnetId', params: { carnetId: id } });
        else void navigate({ to: '/bases/$baseId', params: { baseId: id } });
      },
    });
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t(`${kind}s.create.title`)}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form onSubmit={submit}>
        <TextInput
          data-autofocus
          label={t(`${kind}s.create.name`)}
          placeholder={t(`${kind}s.create.placeholder`)}
          value={title}
          maxLength={500}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <DialogActs
          act={t(`${kind}s.create.act`)}
          isBusy={create.isPending}
          disabled={title.trim() === ''}
          onClose={onClose}
        />
      </form>
    </Modal>
  );
}
