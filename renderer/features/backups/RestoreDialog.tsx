import { Button, Modal, Radio } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { backupsApi, keys, useFailure } from '../../api/index.ts';
import { formatDateTime, useLanguage } from '../../i18n/index.ts';
import { DialogActs, notifyProblem } from '../../ui/index.ts';
import { FolderField } from './FolderField.tsx';
import { useCounts } from './useCounts.ts';
import styles from './Backups.module.css';

interface Props {
  readonly isOpen: boolean;
  /** Where copies are made; null: nowhere yet. */
  readonly folder: string | null;
  readonly onClose: () => void;
}

/** Finds the copies of a folder, shows what each holds, and puts one back. */
export function RestoreDialog({ isOpen, folder, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('backups.restore.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {isOpen && <RestoreForm folder={folder} onClose={onClose} />}
    </Modal>
  );
}

function RestoreForm({ folder: usual, onClose }: Omit<Props, 'isOpen'>) {
  const { t } = useTranslation();
  const language = useLanguage();
  const counts = useCounts();
  const client = useQueryClient();
  const failure = useFailure();
  const [folder, setFolder] = useState(usual);
  const [chosen, setChosen] = useState<string | null>(null);
  const onError = (error: unknown): void => notifyProblem(failure(error));
  const list = useMutation({ onError, mutationFn: (where: string) => backupsApi.list(where) });
  const restore = useMutation({
    onError,
    mutationFn: (backup: string) => backupsApi.restore(backup),
    onSuccess: (state) => {
      client.setQueryData(keys.backups, state);
      onClose();
    },
  });
  const look = (where: string | null): void => {
    setFolder(where);
    setChosen(null);
    if (where !== null) list.mutate(where);
  };
  const found = list.data?.backups;
  return (
    <form
      className={styles.part}
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== null) restore.mutate(chosen);
      }}
    >
      <FolderField folder={folder} onChange={look} />
      {found === undefined && folder !== null && (
        <div>
          <Button variant="default" loading={list.isPending} onClick={() => look(folder)}>
            {t('backups.restore.look')}
          </Button>
        </div>
      )}
      {found?.length === 0 && <p role="status">{t('backups.restore.none')}</p>}
      {found !== undefined && found.length > 0 && (
        <Radio.Group label={t('backups.restore.pick')} value={chosen} onChange={setChosen}>
          <div className={styles.part}>
            {found.map((one) => (
              <Radio
                key={one.folder}
                value={one.folder}
                label={t('backups.restore.line', {
                  date: formatDateTime(one.madeAt, language),
                  ...counts(one),
                })}
              />
            ))}
          </div>
        </Radio.Group>
      )}
      <p className={styles.hint}>{t('backups.restore.kept')}</p>
      <DialogActs
        act={t('backups.restore.act')}
        isBusy={restore.isPending}
        disabled={chosen === null}
        onClose={onClose}
      />
    </form>
  );
}
