import { Button, Modal } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ExportStatus } from '#shared/api/exports.ts';
import type { BaseId } from '#shared/domain/ids.ts';
import { failureCode } from '../../api/index.ts';
import { exportFailure } from './exportFailure.ts';
import { ExportResult } from './ExportResult.tsx';
import { ExportRunning } from './ExportRunning.tsx';
import { saveFile } from './saveFile.ts';
import { useExport } from './useExport.ts';
import styles from './ExportDialog.module.css';

interface FormProps {
  /** A base; null for all that the person is an author of. */
  readonly base: BaseId | null;
  readonly language: string;
  readonly onClose: () => void;
}

/** Makes an archive of what becomes no book: a base, or all of a person's notes. */
export function ArchiveDialog({ opened, ...form }: FormProps & { readonly opened: boolean }) {
  const { t } = useTranslation();
  return (
    <Modal.Stack>
      <Modal
        stackId="archive"
        opened={opened}
        onClose={form.onClose}
        size="lg"
        title={t(form.base === null ? 'share.export.titleAll' : 'share.export.titleBase')}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <ArchiveForm {...form} />
      </Modal>
    </Modal.Stack>
  );
}

function ArchiveForm({ base, language, onClose }: FormProps) {
  const { t } = useTranslation();
  const { state, begin, cancel } = useExport(`archive ${base ?? 'all'}`);
  const download = async (status: ExportStatus): Promise<void> => {
    if (await saveFile(status)) onClose();
  };
  if (state.kind === 'running') return <ExportRunning status={state.status} onStop={cancel} />;
  if (state.kind === 'over' && state.status.step === 'done') {
    const { status } = state;
    return <ExportResult status={status} onDownload={() => void download(status)} />;
  }
  const refusal =
    state.kind === 'refused'
      ? failureCode(state.error)
      : state.kind === 'over'
        ? exportFailure(state.status)
        : null;
  const start = (): void =>
    begin({
      subject: 'archive',
      of: base === null ? { kind: 'notes', notes: null } : { kind: 'base', id: base },
      language: language.startsWith('en') ? 'en' : 'fr',
    });
  return (
    <div className={styles.form}>
      <p className={styles.intro}>{t(`share.export.intros.${base === null ? 'all' : 'base'}.archive`)}</p>
      {refusal !== null && (
        <p className={styles.problem} role="alert">
          <IconAlertTriangle size={20} stroke={1.7} aria-hidden="true" />
          {t(`app.codes.${refusal}`)}
        </p>
      )}
      <div className={styles.acts}>
        <Button data-autofocus onClick={start}>
          {refusal === null ? t('share.export.start.archive') : t('app.retry')}
        </Button>
      </div>
    </div>
  );
}
