import { Button, Progress } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ExportStatus } from '#shared/api/exports.ts';
import { api, keys, queries, useFailure } from '../../api/index.ts';
import { formatBytes, formatDateTime, useLanguage } from '../../i18n/index.ts';
import { platform } from '../../platform/index.ts';
import { notify, notifyProblem } from '../../ui/index.ts';
import styles from './DataSection.module.css';

const pollMs = 700;
const isGoing = ({ step }: ExportStatus): boolean => !['done', 'failed', 'cancelled'].includes(step);

/** In the settings: all that is kept of the person, as one file that is made whether or not they stay on the page. */
export function DataSection() {
  const { t } = useTranslation();
  const language = useLanguage();
  const failure = useFailure();
  const client = useQueryClient();
  const own = useQuery({
    ...queries.ownExport(),
    refetchInterval: ({ state }) =>
      state.data?.export != null && isGoing(state.data.export) ? pollMs : false,
  });
  const onError = (error: unknown): void => notifyProblem(failure(error));
  const start = useMutation({
    mutationFn: () => api.startExport({ subject: 'person', language }),
    onSuccess: (status) => client.setQueryData(keys.ownExport, { export: status }),
    onError,
  });
  const stop = useMutation({
    mutationFn: (status: ExportStatus) => api.cancelExport(status.id),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.ownExport }),
    onError,
  });
  const download = async (status: ExportStatus): Promise<void> => {
    const name = await platform.saveExport(status.id, status.fileName);
    if (name !== null) notify(t('account.data.kept', { name }));
  };
  const status = own.data?.export ?? null;
  if (status !== null && isGoing(status)) {
    const percent = Math.round(status.progress * 100);
    return (
      <div className={styles.part}>
        <p className={styles.step}>
          <span role="status">
            {t(status.step === 'queued' ? 'account.data.queued' : 'account.data.working')}…
          </span>
          <span className={styles.hint}>{percent}&nbsp;%</span>
        </p>
        <Progress
          className={styles.bar ?? ''}
          value={Math.max(percent, 3)}
          size="md"
          aria-label={t('account.data.progress')}
        />
        <p className={styles.hint}>{t('account.data.leave')}</p>
        <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate(status)}>
          {t('account.data.stop')}
        </Button>
      </div>
    );
  }
  const isReady = status?.step === 'done' && status.bytes !== null && status.expiresAt !== null;
  return (
    <div className={styles.part}>
      <p className={styles.intro}>{t('account.data.intro')}</p>
      {status?.step === 'failed' && <p role="alert">{t('account.data.failed')}</p>}
      {own.isError && <p role="alert">{failure(own.error)}</p>}
      {isReady && (
        <div role="status">
          <p className={styles.file}>{status.fileName}</p>
          <p className={styles.hint}>
            {t('account.data.ready', {
              size: formatBytes(status.bytes ?? 0, language),
              until: formatDateTime(status.expiresAt ?? 0, language),
            })}
          </p>
        </div>
      )}
      <div className={styles.acts}>
        {isReady && (
          <Button leftSection={<IconDownload size={17} />} onClick={() => void download(status)}>
            {t('account.data.download')}
          </Button>
        )}
        <Button variant="default" loading={start.isPending || own.isPending} onClick={() => start.mutate()}>
          {t(isReady ? 'account.data.again' : 'account.data.start')}
        </Button>
      </div>
    </div>
  );
}
