import { Button, Modal } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BookOptions, ExportStatus } from '#shared/api/exports.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { failureCode, type FailureCode, useSession } from '../../api/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { BookChoices } from './BookChoices.tsx';
import { rememberedBook } from './bookMemory.ts';
import { exportFailure } from './exportFailure.ts';
import { ExportResult } from './ExportResult.tsx';
import { ExportRunning } from './ExportRunning.tsx';
import { type FileForm, FormChoice } from './FormChoice.tsx';
import { MissingTexts } from './MissingTexts.tsx';
import { saveFile } from './saveFile.ts';
import { useExport } from './useExport.ts';
import styles from './ExportDialog.module.css';

interface FormProps {
  /** In the order in which they are exported. */
  readonly notes: readonly NoteId[];
  readonly onClose: () => void;
}

/** Makes one file of notes that the person chose, in any form. */
export function ExportNotesDialog({ opened, ...form }: FormProps & { readonly opened: boolean }) {
  const { t } = useTranslation();
  return (
    <Modal.Stack>
      <Modal
        stackId="export-notes"
        opened={opened}
        onClose={form.onClose}
        size="lg"
        title={t('share.export.titleNotes', { count: form.notes.length })}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <ExportNotesForm {...form} />
      </Modal>
    </Modal.Stack>
  );
}

function ExportNotesForm({ notes, onClose }: FormProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const session = useSession();
  const [to, setTo] = useState<FileForm>('pdf');
  const [options, setOptions] = useState<BookOptions>(() => rememberedBook(''));
  const { state, begin, cancel } = useExport(`notes ${notes.join(' ')}`);
  const download = async (status: ExportStatus): Promise<void> => {
    if (await saveFile(status)) onClose();
  };
  if (state.kind === 'running') return <ExportRunning status={state.status} onStop={cancel} />;
  if (state.kind === 'over' && state.status.step === 'done') {
    const { status } = state;
    return <ExportResult status={status} onDownload={() => void download(status)} />;
  }
  const cannotPrint = to === 'pdf' && !session.relay.pdf;
  const refusal: FailureCode | null =
    state.kind === 'refused'
      ? failureCode(state.error)
      : state.kind === 'over'
        ? exportFailure(state.status)
        : cannotPrint
          ? 'export_unavailable'
          : null;
  const start = (): void =>
    begin(
      to === 'archive'
        ? { subject: 'archive', of: { kind: 'notes', notes: [...notes] }, language }
        : { subject: 'notes', notes: [...notes], to, ...options, language },
    );
  return (
    <div className={styles.form}>
      <FormChoice to={to} onChange={setTo} />
      <p className={styles.intro}>{t(`share.export.intros.carnet.${to}`)}</p>
      {refusal !== null && (
        <p className={styles.problem} role="alert">
          <IconAlertTriangle size={20} stroke={1.7} aria-hidden="true" />
          {t(`app.codes.${refusal}`)}
        </p>
      )}
      {to !== 'markdown' && to !== 'archive' && <MissingTexts of={{ notes }} onLeave={onClose} />}
      {to === 'pdf' && <BookChoices options={options} onChange={setOptions} />}
      <div className={styles.acts}>
        <Button data-autofocus disabled={cannotPrint} onClick={start}>
          {refusal === null || cannotPrint ? t(`share.export.start.${to}`) : t('app.retry')}
        </Button>
      </div>
    </div>
  );
}
