import { Button, Modal, Progress } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { errorCodes } from '#shared/api/errorCodes.ts';
import type { ImportStatus } from '#shared/api/imports.ts';
import type { CarnetId, ImportId } from '#shared/domain/ids.ts';
import { api, failureCode, type FailureCode, keys, useFailure } from '../../api/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { notify, notifyProblem } from '../../ui/index.ts';
import { ArchivePreview } from './ArchivePreview.tsx';
import { ChooseFiles } from './ChooseFiles.tsx';
import { ImportPreview } from './ImportPreview.tsx';
import { type ImportState, useImport } from './useImport.ts';
import styles from './ImportDialog.module.css';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Where the notes are put; default: the person chooses. */
  readonly carnet?: { readonly id: CarnetId; readonly title: string };
  /** What was dropped on the page, sent at once; none: the person chooses. */
  readonly dropped?: readonly File[];
  /** What was sent already; default: the person chooses. */
  readonly sent?: ImportId | null;
}

/** Makes notes of files: they are chosen, read and shown before anything is made; then all of them are, or none. */
export function ImportDialog({ opened, onClose, carnet, dropped = [], sent = null }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="xl"
      title={carnet === undefined ? t('imports.title') : t('imports.titleInto', { title: carnet.title })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <ImportForm
        onClose={onClose}
        dropped={dropped}
        sent={sent}
        {...(carnet === undefined ? {} : { carnet })}
      />
    </Modal>
  );
}

/** Why it did not go on; null while it does. */
function refusalOf(state: ImportState): FailureCode | null {
  if (state.kind === 'refused') return failureCode(state.error);
  if (state.kind !== 'there' || state.status.step !== 'failed') return null;
  return errorCodes.find((code) => code === state.status.errorCode) ?? 'internal';
}

function ImportForm({
  onClose,
  carnet,
  dropped,
  sent = null,
}: Omit<Props, 'opened' | 'dropped'> & { readonly dropped: readonly File[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { state, send, resume, make, reset } = useImport(useTellMade(onClose));
  const sendDropped = useEffectEvent(() => {
    if (dropped.length > 0) send(dropped, language);
  });
  useEffect(() => sendDropped(), []);
  useEffect(() => {
    if (sent !== null) resume(sent);
  }, [sent, resume]);
  const status = state.kind === 'there' ? state.status : null;
  if (status?.step === 'ready' && status.preview?.archive != null)
    return (
      <ArchivePreview
        preview={status.preview}
        archive={status.preview.archive}
        onCancel={reset}
        // Where its notes go is in it.
        onMake={(asBefore) => make({ into: { kind: 'nowhere' }, makeTerms: false, asBefore })}
      />
    );
  if (status?.step === 'ready' && status.preview !== null)
    return (
      <ImportPreview
        preview={status.preview}
        onCancel={reset}
        onMake={make}
        {...(carnet === undefined ? {} : { carnet })}
      />
    );
  const step = state.kind === 'sending' ? 'sending' : (status?.step ?? null);
  if (step === 'sending' || step === 'reading' || step === 'making') {
    const share = state.kind === 'sending' ? state.share : (status?.progress ?? 0);
    const percent = Math.round(share * 100);
    return (
      <div className={styles.form}>
        <p className={styles.step} role="status">
          {t(`imports.steps.${step}`)}…<span className={styles.hint}>{percent} %</span>
        </p>
        <Progress value={Math.max(percent, 3)} size="md" aria-label={t('imports.progress')} />
        <p className={styles.hint}>{t(step === 'making' ? 'imports.stopMaking' : 'imports.nothingYet')}</p>
        <div className={styles.acts}>
          <Button variant="default" onClick={reset} autoFocus>
            {t('imports.stop')}
          </Button>
        </div>
      </div>
    );
  }
  return <ChooseFiles onChoose={(files) => send(files, language)} refusal={refusalOf(state)} />;
}

/** What is done once the notes are there: to go and see them, with a way back. */
function useTellMade(onClose: () => void): (status: ImportStatus) => void {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const failure = useFailure();
  return ({ id, made }) => {
    if (made === null) return;
    const refresh = (): void => void client.invalidateQueries();
    refresh();
    const [only, another] = made.notes;
    if (made.carnet !== null) void navigate({ to: '/carnets/$carnetId', params: { carnetId: made.carnet } });
    else if (only !== undefined && another === undefined)
      void navigate({ to: '/notes/$noteId', params: { noteId: only } });
    else void navigate({ to: '/' });
    onClose();
    const undo = (): void => {
      api.undoImport(id).then(
        () => {
          refresh();
          if (made.carnet === null || another === undefined) void navigate({ to: '/' });
          notify(t('imports.undone', { count: made.notes.length }));
        },
        (error: unknown) => notifyProblem(failure(error)),
      );
    };
    const unfiled = made.unfiled === 0 ? '' : ` ${t('imports.unfiled', { count: made.unfiled })}`;
    notify(t('imports.done', { count: made.notes.length }) + unfiled, {
      label: t('imports.undo'),
      act: undo,
    });
    void client.invalidateQueries({ queryKey: keys.notes });
  };
}
