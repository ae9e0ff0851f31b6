import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BackupPlan, backupRhythms, type BackupState } from '#shared/api/backups.ts';
import { backupsApi, keys, queries, useFailure } from '../../api/index.ts';
import { formatDateTime, useLanguage } from '../../i18n/index.ts';
import { Choice, notify, notifyProblem, RowSkeletons } from '../../ui/index.ts';
import { FolderField } from './FolderField.tsx';
import { RestoreDialog } from './RestoreDialog.tsx';
import { useCounts } from './useCounts.ts';
import styles from './Backups.module.css';

/** In the settings of a computer's person: copies of everything that is on it, and their putting back. */
export function BackupSection() {
  const { t } = useTranslation();
  const failure = useFailure();
  const backups = useQuery(queries.backups());
  if (backups.data === undefined)
    return backups.isError ? (
      <p role="alert">{failure(backups.error)}</p>
    ) : (
      <RowSkeletons count={3} height={40} label={t('app.loading')} />
    );
  return <Backups state={backups.data} />;
}

const kept = ['3', '7', '14', '30'] as const;
type Kept = (typeof kept)[number];
const keptOf = (keep: number): Kept => kept.find((one) => Number(one) >= keep) ?? '30';

function Backups({ state }: { readonly state: BackupState }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  // A rhythm waits for its folder.
  const [plan, setPlan] = useState(state.plan);
  const isRestoreAsked = useLocation({ select: ({ hash }) => hash === 'restore-backup' });
  const [isRestoring, setRestoring] = useState(isRestoreAsked);
  const told = {
    onSuccess: (answer: BackupState) => client.setQueryData(keys.backups, answer),
    onError: (error: unknown) => notifyProblem(failure(error)),
  };
  const choose = useMutation({ ...told, mutationFn: (next: BackupPlan) => backupsApi.choose(next) });
  const run = useMutation({
    ...told,
    mutationFn: (folder: string) => backupsApi.run(folder),
    onSuccess: (answer) => {
      client.setQueryData(keys.backups, answer);
      if (answer.last?.fault === null) notify(t('backups.done'));
    },
  });
  const undo = useMutation({ ...told, mutationFn: () => backupsApi.undo() });
  const change = (part: Partial<BackupPlan>): void => {
    const next = { ...plan, ...part };
    setPlan(next);
    if (next.folder !== null || next.rhythm === 'off') choose.mutate(next);
  };
  const isRunning = run.isPending || state.running;
  return (
    <div className={styles.part}>
      <p className={styles.hint}>{t('backups.hint')}</p>
      <FolderField folder={plan.folder} onChange={(folder) => change({ folder })} />
      <Choice
        label={t('backups.rhythm')}
        value={plan.rhythm}
        onChange={(rhythm) => change({ rhythm })}
        options={backupRhythms.map((value) => ({ value, label: t(`backups.rhythms.${value}`) }))}
      />
      {plan.rhythm !== 'off' && (
        <Choice
          label={t('backups.keep')}
          hint={t('backups.keepHint')}
          value={keptOf(plan.keep)}
          onChange={(keep) => change({ keep: Number(keep) })}
          options={kept.map((value) => ({ value, label: value }))}
        />
      )}
      <Told state={state} />
      <div className={styles.acts}>
        <Button
          disabled={plan.folder === null}
          loading={isRunning}
          onClick={() => plan.folder !== null && run.mutate(plan.folder)}
        >
          {t('backups.now')}
        </Button>
        <Button variant="default" onClick={() => setRestoring(true)}>
          {t('backups.restore.open')}
        </Button>
        {state.restored?.canUndo === true && !state.waits && (
          <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate()}>
            {t('backups.restore.undo')}
          </Button>
        )}
      </div>
      <RestoreDialog isOpen={isRestoring} folder={plan.folder} onClose={() => setRestoring(false)} />
    </div>
  );
}

/** What became of the last copy, and of what was put back. */
function Told({ state: { last, restored, waits } }: { readonly state: BackupState }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const counts = useCounts();
  const date = (at: number): string => formatDateTime(at, language);
  return (
    <div role="status">
      {last === null ? (
        <p className={styles.hint}>{t('backups.never')}</p>
      ) : last.fault === null ? (
        <>
          <p>{t('backups.last', { date: date(last.at), ...counts(last) })}</p>
          <p className={styles.hint}>{last.folder}</p>
          {last.missing > 0 && (
            <p className={styles.fault}>{t('backups.missing', { count: last.missing })}</p>
          )}
        </>
      ) : (
        <p className={styles.fault}>
          {t('backups.failed', { date: date(last.at), fault: t(`backups.faults.${last.fault}`) })}
        </p>
      )}
      {waits ? (
        <p>{t('backups.restore.waits')}</p>
      ) : (
        restored !== null && (
          <p className={restored.fault === null ? '' : (styles.fault ?? '')}>
            {restored.fault !== null
              ? t('backups.restore.failed', { fault: t(`backups.faults.${restored.fault}`) })
              : restored.canUndo
                ? t('backups.restore.done', { madeAt: date(restored.madeAt), date: date(restored.at) })
                : t('backups.restore.undone', { date: date(restored.at) })}
          </p>
        )
      )}
    </div>
  );
}
