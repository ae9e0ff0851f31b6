import { Button, Modal, Progress } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  keptMonths,
  type KeptHistory,
  type KeptMonths,
  thinningGraceMs,
  type ThinningPreview,
} from '#shared/api/thinning.ts';
import { api, queries, useFailure } from '../../api/index.ts';
import { formatBytes, formatDateTime, useLanguage } from '../../i18n/index.ts';
import { Choice, notify, notifyProblem, RowSkeletons } from '../../ui/index.ts';
import styles from './AdministrationPage.module.css';

type Chosen = 'always' | `${KeptMonths}`;
const choices: readonly Chosen[] = ['always', '6', '12', '24'];
const monthsOf = (chosen: Chosen): KeptMonths | null =>
  keptMonths.find((months) => String(months) === chosen) ?? null;
const choiceOf = (months: KeptMonths | null): Chosen => (months === null ? 'always' : `${months}`);

/** For who keeps a Calepin: how long each keystroke is kept, with what a choice would free worked out before it is made. */
export function HistorySection() {
  const { t } = useTranslation();
  const failure = useFailure();
  const kept = useQuery(queries.keptHistory());
  if (kept.data === undefined)
    return kept.isError ? (
      <p role="alert">{failure(kept.error)}</p>
    ) : (
      <RowSkeletons count={2} height={40} label={t('app.loading')} />
    );
  return <KeptKeystrokes kept={kept.data} />;
}

function KeptKeystrokes({ kept }: { readonly kept: KeptHistory }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  const [chosen, setChosen] = useState(choiceOf(kept.months));
  const [isConfirming, setConfirming] = useState(false);
  const state = useRef<HTMLDivElement>(null);
  const { queryKey } = queries.keptHistory();
  const told = {
    onSuccess: (answer: KeptHistory) => client.setQueryData(queryKey, answer),
    onError: (error: unknown) => notifyProblem(failure(error)),
  };
  const change = useMutation({
    ...told,
    mutationFn: (months: KeptMonths | null) => api.keepHistory(months),
    onSuccess: (answer) => {
      client.setQueryData(queryKey, answer);
      notify(t('administration.history.changed'));
      // The button that was pressed is gone.
      state.current?.focus();
    },
  });
  const begin = useMutation({ ...told, mutationFn: (months: KeptMonths) => api.previewThinning(months) });
  const stop = useMutation({
    mutationFn: () => api.stopThinningPreview(),
    onSuccess: () => client.invalidateQueries({ queryKey }),
    onError: told.onError,
  });
  const months = monthsOf(chosen);
  const preview = kept.preview?.months === months ? kept.preview : null;
  const isBusy = change.isPending || begin.isPending || stop.isPending;
  const act = (): void => {
    if (isBusy) return;
    if (months === null) change.mutate(null);
    else if (preview === null) begin.mutate(months);
    else if (preview.isOver) setConfirming(true);
    else stop.mutate();
  };
  const [acts, label] = [t('administration.history.acts', { returnObjects: true }), actOf(months, preview)];
  return (
    <>
      <p className={styles.hint}>{t('administration.history.hint')}</p>
      <Choice
        label={t('administration.history.choose')}
        value={chosen}
        onChange={setChosen}
        options={choices.map((value) => ({ value, label: t(`administration.history.choices.${value}`) }))}
      />
      <div role="status" tabIndex={-1} ref={state}>
        <State kept={kept} />
      </div>
      {months !== kept.months && (
        <>
          {preview !== null && <Preview preview={preview} />}
          <div>
            {/* One button through all steps, never disabled: who works with the keyboard stays on it. */}
            <Button variant="default" aria-busy={isBusy} onClick={act}>
              {acts[label]}
            </Button>
          </div>
        </>
      )}
      {months !== null && preview !== null && (
        <Confirmation
          isOpen={isConfirming}
          choice={t(`administration.history.choices.${chosen}`)}
          preview={preview}
          onClose={() => setConfirming(false)}
          onConfirm={() => {
            setConfirming(false);
            change.mutate(months);
          }}
        />
      )}
    </>
  );
}

const actOf = (
  months: KeptMonths | null,
  preview: ThinningPreview | null,
): 'always' | 'preview' | 'stop' | 'keep' =>
  months === null ? 'always' : preview === null ? 'preview' : preview.isOver ? 'keep' : 'stop';

/** Since when, what is being done, and what was done last. */
function State({ kept: { beginsAt, run, last } }: { readonly kept: KeptHistory }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const saving = useSaving();
  const [now] = useState(() => Date.now());
  return (
    <>
      {beginsAt !== null && beginsAt > now && (
        <p>{t('administration.history.begins', { date: formatDateTime(beginsAt, language) })}</p>
      )}
      {run !== null && (
        <p>{t('administration.history.run', { done: run.done, total: run.total, count: run.total })}</p>
      )}
      {last !== null && (
        <p className={styles.hint}>
          {t('administration.history.last', {
            date: formatDateTime(last.at, language),
            saving: saving(last, 'done'),
          })}
        </p>
      )}
    </>
  );
}

function Preview({ preview }: { readonly preview: ThinningPreview }) {
  const { t } = useTranslation();
  const saving = useSaving();
  const { done, total, isOver, failed } = preview;
  if (!isOver)
    return (
      <div className={styles.recovery}>
        <p>{t('administration.history.working', { done, total, count: total })}</p>
        <Progress
          value={total === 0 ? 0 : (100 * done) / total}
          size="md"
          aria-label={t('administration.history.acts.preview')}
        />
      </div>
    );
  return (
    <div role="status">
      <p>{saving(preview, 'would')}</p>
      {failed > 0 && <p>{t('administration.history.failed', { count: failed })}</p>}
    </div>
  );
}

/** How many notes, and how much room, in words. */
function useSaving(): (saved: { notes: number; bytes: number }, tense: 'would' | 'done') => string {
  const { t } = useTranslation();
  const language = useLanguage();
  return ({ notes, bytes }, tense) => {
    if (notes === 0) return t('administration.history.nothing');
    const kind = bytes >= 0 ? 'less' : 'more';
    return t(`administration.history.saving.${tense}.${kind}`, {
      count: notes,
      size: formatBytes(Math.abs(bytes), language),
    });
  };
}

interface ConfirmationProps {
  readonly isOpen: boolean;
  /** For how long, in words. */
  readonly choice: string;
  readonly preview: ThinningPreview;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}

function Confirmation({ isOpen, choice, preview, onClose, onConfirm }: ConfirmationProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const saving = useSaving();
  const [now] = useState(() => Date.now());
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('administration.history.confirm.title', { choice })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <div className={styles.recovery}>
        <p>{saving(preview, 'would')}</p>
        <p>{t('administration.history.confirm.kept')}</p>
        <p>
          {t('administration.history.confirm.final', {
            date: formatDateTime(now + thinningGraceMs, language),
          })}
        </p>
        <div className={`${styles.acts} ${styles.quota}`}>
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button color="red" variant="outline" onClick={onConfirm}>
            {t('administration.history.confirm.act')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
