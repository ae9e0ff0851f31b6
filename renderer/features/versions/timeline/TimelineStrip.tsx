import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Density } from '#shared/api/history.ts';
import type { VersionSummary } from '#shared/api/versions.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { formatDate, formatDateTime, useLanguage } from '../../../i18n/index.ts';
import { historyQueries } from '../historyApi.ts';
import { useVersionName } from '../useVersionName.ts';
import { versionQueries } from '../versionsApi.ts';
import styles from './Timeline.module.css';

const buckets = 200;
/** Where the strip goes by: one change, or one sitting, or to an end. */
export type StripStep = 'back' | 'forward' | 'sittingBack' | 'sittingForward' | 'begin' | 'end';

const steps: Readonly<Record<string, StripStep>> = {
  ArrowLeft: 'back',
  ArrowDown: 'back',
  ArrowRight: 'forward',
  ArrowUp: 'forward',
  PageDown: 'sittingBack',
  PageUp: 'sittingForward',
  Home: 'begin',
  End: 'end',
};

interface Props {
  readonly noteId: NoteId;
  readonly seq: number;
  readonly lastSeq: number;
  /** When the row that is shown was written, Unix milliseconds; null before it is known. */
  readonly time: number | null;
  /** Says where one is. */
  readonly sentence: string;
  readonly onTime: (time: number) => void;
  readonly onStep: (step: StripStep) => void;
}

/** The life of a note from left to right, high where much was written: a slider that goes to any moment of it. */
export function TimelineStrip({ noteId, seq, lastSeq, time, sentence, onTime, onStep }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const strip = useRef<HTMLDivElement>(null);
  const { data } = useQuery(historyQueries.density(noteId, buckets));
  const marked = useQuery(versionQueries.marked(noteId));
  const [from, to] = [data?.from ?? 0, Math.max(data?.to ?? 0, time ?? 0)];
  const placeOf = (at: number): number =>
    to > from ? Math.min(1, Math.max(0, (at - from) / (to - from))) : 1;

  const go = (event: PointerEvent): void => {
    const box = strip.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return;
    const place = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    onTime(Math.round(from + place * (to - from)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onStep(step);
  };
  return (
    <div className={styles.stripBox}>
      <div
        ref={strip}
        className={styles.strip}
        role="slider"
        tabIndex={0}
        aria-label={t('versions.timeline.slider')}
        aria-valuemin={1}
        aria-valuemax={lastSeq}
        aria-valuenow={seq}
        aria-valuetext={sentence}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          strip.current?.setPointerCapture(event.pointerId);
          go(event);
        }}
        onPointerMove={(event) => {
          if (strip.current?.hasPointerCapture(event.pointerId) === true) go(event);
        }}
      >
        {data !== undefined && <Bars density={data} />}
        <Marks versions={marked.data?.versions ?? []} placeOf={placeOf} />
        {time !== null && (
          <span
            className={styles.thumb}
            style={{ insetInlineStart: `${placeOf(time) * 100}%` }}
            aria-hidden="true"
          />
        )}
      </div>
      {data !== undefined && (
        <p className={styles.ends} aria-hidden="true">
          <span>{formatDate(from, language)}</span>
          <span>{formatDate(to, language)}</span>
        </p>
      )}
    </div>
  );
}

/** The versions that somebody named or put back, where they were. */
function Marks({
  versions,
  placeOf,
}: {
  readonly versions: readonly VersionSummary[];
  readonly placeOf: (at: number) => number;
}) {
  const language = useLanguage();
  const nameOf = useVersionName();
  return versions.map((version) => (
    <span
      key={version.id}
      className={styles.mark}
      data-kind={version.kind}
      style={{ insetInlineStart: `${placeOf(version.createdAt) * 100}%` }}
      title={`${nameOf(version)}, ${formatDateTime(version.createdAt, language)}`}
      aria-hidden="true"
    />
  ));
}

/** How much was written and removed in each part of the time. A square root: what is little is seen beside what is much. */
function Bars({ density }: { readonly density: Density }) {
  const heights = useMemo(() => {
    const sums = density.written.map((written, at) => Math.sqrt(written + (density.removed[at] ?? 0)));
    const most = Math.max(1, ...sums);
    return sums.map((sum, at) => ((density.sittings[at] ?? 0) > 0 ? Math.max(0.08, sum / most) : 0));
  }, [density]);
  return (
    <svg
      className={styles.bars}
      viewBox={`0 0 ${heights.length} 1`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {heights.map((height, at) =>
        height === 0 ? null : <rect key={at} x={at + 0.1} width={0.8} y={1 - height} height={height} />,
      )}
    </svg>
  );
}
