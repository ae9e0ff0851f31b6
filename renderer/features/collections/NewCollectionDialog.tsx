import { Modal, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CollectionKind } from '#shared/domain/Collection.ts';
import type { BaseId } from '#shared/domain/ids.ts';
import { DialogActs } from '../../ui/index.ts';
import { useCreateCollection } from './useCreateCollection.ts';

interface Props {
  readonly kind: CollectionKind;
  /** Of a carnet: where it is integrated by the same act. */
  readonly base?: BaseId;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Asks for a title, makes the carnet or the base and goes to it. */
export function NewCollectionDialog({ kind, base, opened, onClose }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [title, setTitle] = useState('');
  const create = useCreateCollection(kind, base);
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
