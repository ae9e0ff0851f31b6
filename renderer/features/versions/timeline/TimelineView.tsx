import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import { canRestoreNote } from '#shared/permissions/permissions.ts';
import { useFailure } from '../../../api/index.ts';
import { useLanguage } from '../../../i18n/index.ts';
import { Bar, DetailsColumn, StatePage } from '../../../ui/index.ts';
import { formatMoment } from '../formatMoment.ts';
import { type AskedMoment, historyQueries, type KnownSitting, sittingAt, sittingOf } from '../historyApi.ts';
import type { HistoryFind } from '../historyFind.ts';
import comparison from '../Comparison.module.css';
import pageStyles from '../HistoryPage.module.css';
import { PastPassages } from '../past/PastPassages.tsx';
import { PastSearchBox } from '../past/PastSearchBox.tsx';
import { usePastSearch } from '../past/usePastSearch.ts';
import { TakeBackDialog } from '../takeBack/TakeBackDialog.tsx';
import { MomentActs } from './MomentActs.tsx';
import { MomentNote } from './MomentNote.tsx';
import { PlayerControls } from './PlayerControls.tsx';
import { SittingList } from './SittingList.tsx';
import { type StripStep, TimelineStrip } from './TimelineStrip.tsx';
import { type PlaybackSpeed, usePlayback } from './usePlayback.ts';
import styles from './Timeline.module.css';

interface Props {
  readonly page: NotePage;
  readonly find: HistoryFind;
  readonly onFind: (find: HistoryFind) => void;
  /** What stands above the list of sittings. */
  readonly listHead: React.ReactNode;
}

/** How long one stays at a moment before the address names it. */
const settledMs = 400;

/** A note through time: any moment of it by the strip, by its sittings, or played as it was written. */
export function TimelineView({ page, find, onFind, listHead }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const failure = useFailure();
  const client = useQueryClient();
  const noteId = page.note.id;
  const [asked, setAsked] = useState<AskedMoment>(find.at === undefined ? null : { seq: find.at });
  const [speed, setSpeed] = useState<PlaybackSpeed>(5);
  const [said, setSaid] = useState('');
  const past = usePastSearch(find.past ?? '');
  const passages = useRef<HTMLUListElement>(null);
  const [takenBack, setTakenBack] = useState<KnownSitting | null>(null);
  const canChange = page.note.trashedAt === null && canRestoreNote(page.role);
  const content = useQuery(historyQueries.content(noteId, asked));
  const newest = useQuery(historyQueries.newest(noteId));
  const moment = content.data;
  const total = newest.data?.total ?? 0;
  const seq = moment?.seq ?? 1;
  const lastSeq = moment?.lastSeq ?? 1;
  const { data: sitting } = useQuery({
    queryKey: ['sitting-at', noteId, seq, total],
    queryFn: () => sittingAt(client, noteId, seq, total),
    enabled: moment !== undefined && total > 0,
    placeholderData: keepPreviousData,
  });
  const number = sitting?.sitting.number ?? null;
  const { isPlaying, play, stop } = usePlayback(noteId, seq, lastSeq, speed, (next) =>
    setAsked({ seq: next }),
  );
  const sentence =
    moment === undefined
      ? ''
      : t(`versions.timeline.at.${moment.person === null ? 'alone' : 'by'}`, {
          date: formatMoment(moment.time, language),
          name: moment.person?.name ?? '',
        });

  const goTo = (next: AskedMoment): void => {
    stop();
    setAsked(next);
  };
  const step = async (kind: StripStep): Promise<void> => {
    if (moment === undefined) return;
    if (kind === 'begin') goTo({ seq: 1 });
    else if (kind === 'end') goTo({ seq: lastSeq });
    else if (kind === 'back') goTo({ seq: Math.max(1, seq - 1) });
    else if (kind === 'forward') goTo({ seq: Math.min(lastSeq, seq + 1) });
    else {
      const here = await sittingAt(client, noteId, seq, total);
      if (here === null) return;
      const { fromSeq, toSeq, number: at } = here.sitting;
      if (kind === 'sittingBack' && seq > fromSeq) goTo({ seq: fromSeq });
      else if (kind === 'sittingForward' && seq < toSeq) goTo({ seq: toSeq });
      else {
        const next = await sittingOf(client, noteId, kind === 'sittingBack' ? at - 1 : at + 1, total);
        if (next !== null) goTo({ seq: kind === 'sittingBack' ? next.sitting.fromSeq : next.sitting.toSeq });
      }
    }
  };
  const toggle = (): void => {
    if (isPlaying) {
      stop();
      setSaid(sentence);
      return;
    }
    // At the end there is nothing left to play: it begins again.
    if (seq >= lastSeq) setAsked({ seq: 1 });
    play();
  };
  const onSpace = useEffectEvent((event: KeyboardEvent): void => {
    if (event.key !== ' ' || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const isOnAct =
      event.target instanceof HTMLElement &&
      event.target.closest('button, a, input, textarea, select, summary, [role="dialog"]') !== null;
    if (isOnAct) return;
    event.preventDefault();
    toggle();
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => onSpace(event);
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  const tellAddress = useEffectEvent((at: number): void => {
    if (find.at !== at || (find.past ?? '') !== past.text)
      onFind({ view: 'time', at, ...(past.text !== '' && { past: past.text }) });
  });
  useEffect(() => {
    if (moment === undefined || asked === null || isPlaying) return undefined;
    const timer = setTimeout(() => tellAddress(moment.seq), settledMs);
    return () => clearTimeout(timer);
  }, [asked, isPlaying, moment]);

  if (content.isError && moment === undefined)
    return (
      <StatePage
        icon={<IconHistory size={36} stroke={1.3} />}
        title={t('versions.failed.title')}
        acts={<Button onClick={() => void content.refetch()}>{t('app.retry')}</Button>}
      >
        {failure(content.error)}
      </StatePage>
    );
  return (
    <>
      <article className={pageStyles.page} aria-label={t('versions.timeline.title')}>
        <div className={styles.player}>
          <PlayerControls
            isPlaying={isPlaying}
            speed={speed}
            sentence={sentence}
            onToggle={toggle}
            onSpeed={setSpeed}
            onStep={(kind) => void step(kind)}
          >
            {moment !== undefined && (
              <MomentActs
                page={page}
                moment={moment}
                isNow={seq >= lastSeq}
                onCompare={() => onFind({ since: seq })}
                onRestored={() => goTo(null)}
              />
            )}
          </PlayerControls>
          <TimelineStrip
            noteId={noteId}
            seq={seq}
            lastSeq={lastSeq}
            time={moment?.time ?? null}
            sentence={sentence}
            onTime={(time) => goTo({ at: time })}
            onStep={(kind) => void step(kind)}
          />
          <p className="visually-hidden" role="status">
            {said}
          </p>
        </div>
        {moment === undefined ? (
          <div className={comparison.skeleton} role="status" aria-label={t('app.loading')}>
            <Bar width="70%" height={40} />
            {['100%', '96%', '98%', '60%'].map((width) => (
              <Bar key={width} width={width} height={13} />
            ))}
          </div>
        ) : (
          <MomentNote
            noteId={noteId}
            moment={moment}
            wanted={past.wanted}
            canPutBack={canChange && seq < lastSeq}
            sittingFrom={sitting?.sitting.fromSeq ?? null}
            isPlaying={isPlaying}
          />
        )}
      </article>
      <DetailsColumn>
        <div className={styles.column}>
          {listHead}
          <PastSearchBox search={past} isWanted={find.past !== undefined} list={passages} />
          {past.text.trim() !== '' ? (
            <PastPassages
              noteId={noteId}
              search={past}
              list={passages}
              onMoment={(at) => goTo({ seq: at })}
            />
          ) : total > 0 ? (
            <SittingList
              noteId={noteId}
              total={total}
              current={number}
              onChoose={({ toSeq }) => goTo({ seq: toSeq })}
              onTakeBack={canChange ? setTakenBack : null}
            />
          ) : null}
        </div>
      </DetailsColumn>
      <TakeBackDialog
        noteId={noteId}
        from={takenBack}
        language={page.note.language}
        lastSeq={lastSeq}
        onClose={() => setTakenBack(null)}
        onDone={() => goTo(null)}
      />
    </>
  );
}
