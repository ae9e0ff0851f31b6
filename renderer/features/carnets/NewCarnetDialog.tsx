import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCreateCarnet } from './useCreateCarnet.ts';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Asks for a title, makes the carnet and goes to it. */
export function NewCarnetDialog({ opened, onClose }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [title, setTitle] = useState('');
  const create = useCreateCarnet();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate(title.trim(), {
      onSuccess: (page) => {
        setTitle('');
        onClose();
        void navigate({ to: '/carnets/$carnetId', params: { carnetId: page.carnet.id } });
      },
    });
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('carnets.create.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form onSubmit={submit}>
        <TextInput
          data-autofocus
          label={t('carnets.create.name')}
          placeholder={t('carnets.create.placeholder')}
          value={title}
          maxLength={500}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending} disabled={title.trim() === ''}>
            {t('carnets.create.act')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
