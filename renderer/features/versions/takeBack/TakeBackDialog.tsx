import { Modal, NativeSelect, SegmentedControl, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TakeBackPreview } from '#shared/api/history.ts';
import type { NoteId, PersonId } from '#shared/domain/ids.ts';
import type { Person } from '#shared/domain/Person.ts';
import { failureCode, useFailure } from '../../../api/index.ts';
import { Bar, DialogActs, fieldOfTime, notifyProblem } from '../../../ui/index.ts';
import type { KnownSitting } from '../historyApi.ts';
import { rowOf, useForwardEdit } from '../useForwardEdit.ts';
import { OverlapList } from './OverlapList.tsx';
import { TakeBackPreviewView } from './TakeBackPreviewView.tsx';
import { takeBackApi, takeBackPreviewQuery, type TakenRows } from './takeBackApi.ts';
import { type TakenChoice, type TakenRange, takenRanges, takenRows } from './takenRows.ts';
import styles from './TakeBack.module.css';

interface Props {
  readonly noteId: NoteId;
  /** The sitting that one comes from; null: closed. */
  readonly from: KnownSitting | null;
  readonly language: string;
  readonly lastSeq: number;
  readonly onClose: () => void;
  /** It was done: what is shown of the note is old. */
  readonly onDone: () => void;
}

/** Takes back what a sitting changed, or what one person did in a range; shows before what the note would become, and what of later work that touches. */
export function TakeBackDialog({ from, onClose, ...more }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={from !== null}
      onClose={onClose}
      title={t('versions.takeBack.title')}
      size="xl"
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {from !== null && <TakeBackForm {...more} from={from} onClose={onClose} />}
    </Modal>
  );
}

function TakeBackForm({
  noteId,
  from: { sitting, people: inSitting },
  language,
  lastSeq,
  onClose,
  onDone,
}: Props & { readonly from: KnownSitting }) {
  const { t } = useTranslation();
  const failure = useFailure();
  const client = useQueryClient();
  const { wrote } = useForwardEdit(noteId);
  const [chosen, setChosen] = useState<Pick<Person, 'id' | 'name'> | null>(null);
  const [choice, setChoice] = useState<TakenChoice>({
    person: null,
    range: 'sitting',
    from: fieldOfTime(sitting.fromTime),
    to: fieldOfTime(sitting.toTime),
  });
  const change = (next: Partial<TakenChoice>): void => setChoice((before) => ({ ...before, ...next }));
  /** Asked anew when others wrote between the preview and the act. */
  const [turn, setTurn] = useState(0);
  /** Whoever wrote in the range: of the last one that was shown, while another is asked for. */
  const [writers, setWriters] = useState<readonly Pick<Person, 'id' | 'name'>[]>(() =>
    inSitting.filter(({ id }) => sitting.people.some(({ person }) => person === id)),
  );
  const rows = useQuery({
    queryKey: ['taken-rows', noteId, choice, sitting.fromSeq, sitting.toSeq, lastSeq],
    queryFn: () => takenRows(client, noteId, choice, sitting, lastSeq),
  });
  const preview = useQuery({
    ...takeBackPreviewQuery(noteId, rows.data ?? { person: null, fromSeq: 1, toSeq: 1 }, turn),
    enabled: rows.data != null,
  });
  const act = useMutation({
    mutationFn: ({ taken, agreed }: { taken: TakenRows; agreed: string }) =>
      takeBackApi.takeBack(noteId, taken, agreed),
    onSuccess: (restored) => {
      onClose();
      onDone();
      wrote(rowOf(restored), { done: t('versions.takeBack.done'), nothing: t('versions.takeBack.nothing') });
    },
    onError: (error) => {
      if (failureCode(error) === 'conflict') setTurn(turn + 1);
      else notifyProblem(failure(error));
    },
  });
  const shown: TakeBackPreview | undefined = preview.data;
  if (shown !== undefined && shown.writers !== writers) setWriters(shown.writers);
  // Who was chosen stays so, in a range in which they wrote nothing.
  const named =
    chosen === null || chosen.id !== choice.person || writers.some(({ id }) => id === chosen.id)
      ? writers
      : [...writers, chosen];
  const error = rows.error ?? preview.error;
  const isNothing = rows.data === null || shown?.changeCount === 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (rows.data != null && shown !== undefined && !isNothing)
          act.mutate({ taken: rows.data, agreed: shown.agreed });
      }}
    >
      <Text size="sm" c="dimmed" mb="md">
        {t('versions.takeBack.hint')}
      </Text>
      <div className={styles.choices}>
        <SegmentedControl
          aria-label={t('versions.takeBack.which')}
          value={choice.range}
          onChange={(range) => change({ range: range as TakenRange, person: null })}
          data={takenRanges.map((value) => ({ value, label: t(`versions.takeBack.range.${value}`) }))}
        />
        {choice.range === 'between' && (
          <div className={styles.dates}>
            {(['from', 'to'] as const).map((end) => (
              <TextInput
                key={end}
                type="datetime-local"
                step={1}
                label={t(`versions.takeBack.${end}`)}
                value={choice[end]}
                onChange={(event) => change({ [end]: event.currentTarget.value })}
              />
            ))}
          </div>
        )}
        <NativeSelect
          label={t('versions.takeBack.who')}
          value={choice.person ?? ''}
          onChange={(event) => {
            const person = (event.currentTarget.value || null) as PersonId | null;
            setChosen(writers.find(({ id }) => id === person) ?? chosen);
            change({ person });
          }}
          data={[
            { value: '', label: t('versions.takeBack.everybody') },
            ...named.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </div>
      {act.isError && failureCode(act.error) === 'conflict' && (
        <p role="alert" className={styles.stale}>
          {t('versions.takeBack.stale')}
        </p>
      )}
      <div className={styles.result} aria-live="polite" aria-busy={preview.isFetching}>
        {error !== null ? (
          <p role="alert">{failure(error)}</p>
        ) : isNothing ? (
          <p>{t('versions.takeBack.nothing')}</p>
        ) : shown === undefined ? (
          <div role="status" aria-label={t('versions.takeBack.preparing')} className={styles.waiting}>
            {['100%', '92%', '60%'].map((width) => (
              <Bar key={width} width={width} height={13} />
            ))}
          </div>
        ) : (
          <>
            <OverlapList overlaps={shown.overlaps} people={shown.people} />
            <TakeBackPreviewView key={`${turn} ${shown.agreed}`} preview={shown} language={language} />
          </>
        )}
      </div>
      <DialogActs
        act={t('versions.takeBack.act')}
        isBusy={act.isPending}
        disabled={shown === undefined || isNothing || error !== null || preview.isFetching}
        onClose={onClose}
      />
    </form>
  );
}
