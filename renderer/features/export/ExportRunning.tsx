import { Button, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ExportStatus } from '#shared/api/exports.ts';
import styles from './ExportDialog.module.css';

interface Props {
  /** Null until the relay says how far it is. */
  readonly status: ExportStatus | null;
  readonly onStop: () => void;
}

/** A file that is being made: how far it is, in words and as a bar, and the way to stop it. */
export function ExportRunning({ status, onStop }: Props) {
  const { t } = useTranslation();
  const percent = Math.round((status?.progress ?? 0) * 100);
  return (
    <div className={styles.form}>
      <p className={styles.step} role="status">
        {t(`share.export.steps.${status?.step ?? 'queued'}`)}…
        <span className={styles.hint}>{percent}&nbsp;%</span>
      </p>
      <Progress value={Math.max(percent, 3)} size="md" aria-label={t('share.export.progress')} />
      <p className={styles.hint}>{t('share.export.leave')}</p>
      <div className={styles.acts}>
        <Button variant="default" onClick={onStop}>
          {t('share.export.stop')}
        </Button>
      </div>
    </div>
  );
}
