import { Checkbox, Modal, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BookOptions } from '#shared/api/exports.ts';
import type { CarnetId } from '#shared/domain/ids.ts';
import { keys, useFailure } from '../../../api/index.ts';
import { DialogActs, notify, notifyProblem } from '../../../ui/index.ts';
import { BookChoices } from '../BookChoices.tsx';
import { rememberedBook } from '../bookMemory.ts';
import { editionsApi } from './editionsApi.ts';
import styles from '../ExportDialog.module.css';

interface Props {
  readonly carnet: CarnetId;
  readonly opened: boolean;
  readonly onClose: () => void;
}

const maxTitleLength = 200;
const maxRemarkLength = 2_000;

/** Asks what is said of an edition and how its book looks, and freezes the carnet. */
export function FreezeDialog({ carnet, opened, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t('carnets.editions.freeze.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {/* Drawn again at each opening: nothing is left of what was typed the time before. */}
      {opened && <FreezeForm carnet={carnet} onClose={onClose} />}
    </Modal>
  );
}

function FreezeForm({ carnet, onClose }: Omit<Props, 'opened'>) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  const [title, setTitle] = useState('');
  const [remark, setRemark] = useState('');
  const [isOpen, setIsOpen] = useState(true);
  const [options, setOptions] = useState<BookOptions>(() => rememberedBook(carnet));
  const freeze = useMutation({
    mutationFn: () => editionsApi.freeze(carnet, { title, remark, isOpen, ...options }),
    onSuccess: ({ number }) => {
      void client.invalidateQueries({ queryKey: keys.collection({ kind: 'carnet', id: carnet }) });
      notify(t('carnets.editions.freeze.done', { name: t('carnets.editions.name', { number }) }));
      onClose();
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    freeze.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Text size="sm" c="dimmed" mb="md">
        {t('carnets.editions.freeze.hint')}
      </Text>
      <TextInput
        data-autofocus
        label={t('carnets.editions.freeze.name')}
        placeholder={t('carnets.editions.freeze.namePlaceholder')}
        value={title}
        maxLength={maxTitleLength}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Textarea
        my="md"
        rows={2}
        label={t('carnets.editions.freeze.remark')}
        value={remark}
        maxLength={maxRemarkLength}
        onChange={(event) => setRemark(event.currentTarget.value)}
      />
      <BookChoices options={options} onChange={setOptions} />
      <Checkbox
        mt="md"
        className={styles.wide}
        label={t('carnets.editions.freeze.isOpen')}
        description={t('carnets.editions.freeze.isOpenHint')}
        checked={isOpen}
        onChange={(event) => setIsOpen(event.currentTarget.checked)}
      />
      <div className={styles.sticky}>
        <DialogActs act={t('carnets.editions.freeze.act')} isBusy={freeze.isPending} onClose={onClose} />
      </div>
    </form>
  );
}
