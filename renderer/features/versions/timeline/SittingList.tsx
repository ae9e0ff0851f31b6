import { Button } from '@mantine/core';
import { IconScissors } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Sitting, Sittings } from '#shared/api/history.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { formatDate, useLanguage } from '../../../i18n/index.ts';
import { Bar } from '../../../ui/index.ts';
import { historyQueries, type KnownSitting, sittingsPerPage } from '../historyApi.ts';
import { SittingLine } from './SittingLine.tsx';
import styles from './SittingList.module.css';

interface Props {
  readonly noteId: NoteId;
  readonly total: number;
  /** The number of the sitting that is shown; null before it is known. */
  readonly current: number | null;
  readonly onChoose: (sitting: Sitting) => void;
  /** Takes back what was done in the one that is shown; null for who may not. */
  readonly onTakeBack: ((known: KnownSitting) => void) | null;
}

const lineHeight = 66;
/** Further away than one sees. */
const overscan = 6;

/** All sittings of a note, newest first, each a sentence; only those near the window are asked for and drawn. */
export function SittingList({ noteId, total, current, onChoose, onTakeBack }: Props) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan,
  });
  const drawn = virtual.getVirtualItems();
  const numberAt = (index: number): number => total - 1 - index;
  const known = useKnownSittings(
    noteId,
    total,
    drawn.map(({ index }) => numberAt(index)),
  );
  // What the strip or playing went to is brought into sight; what was chosen here is in sight.
  useEffect(() => {
    if (current !== null && current !== chosen) virtual.scrollToIndex(total - 1 - current, { align: 'auto' });
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [current]);
  const focusOn = (index: number): void => {
    const next = Math.min(total - 1, Math.max(0, index));
    virtual.scrollToIndex(next, { align: 'auto' });
    requestAnimationFrame(() =>
      scroller.current
        ?.querySelector<HTMLElement>(`[data-index="${next}"] button`)
        ?.focus({ preventScroll: true }),
    );
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const index = Number(
      (event.target as HTMLElement).closest<HTMLElement>('[data-index]')?.dataset['index'],
    );
    const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: total - 1 }[event.key];
    if (to === undefined || Number.isNaN(index)) return;
    event.preventDefault();
    focusOn(to);
  };
  const focusable = current === null ? 0 : total - 1 - current;
  return (
    <div ref={scroller} className={styles.scroller}>
      <ol
        role="list"
        aria-label={t('versions.timeline.list')}
        className={styles.list}
        style={{ height: virtual.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {drawn.map(({ index, key, start }) => {
          const one = known.get(numberAt(index));
          const newer = known.get(numberAt(index) + 1);
          return (
            <li
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              aria-setsize={total}
              aria-posinset={index + 1}
              className={styles.place}
              style={{ transform: `translateY(${start}px)` }}
            >
              {one === undefined ? (
                <div className={styles.waiting}>
                  <Bar width="70%" height={12} />
                </div>
              ) : (
                <>
                  <DayTitle
                    time={one.sitting.toTime}
                    newer={index === 0 ? null : (newer?.sitting.toTime ?? one.sitting.toTime)}
                  />
                  <SittingLine
                    known={one}
                    isCurrent={one.sitting.number === current}
                    isFocusable={index === focusable || (current === null && index === 0)}
                    onChoose={() => {
                      setChosen(one.sitting.number);
                      onChoose(one.sitting);
                    }}
                  />
                  {one.sitting.number === current &&
                    one.sitting.kind !== 'creation' &&
                    onTakeBack !== null && (
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        className={styles.act ?? ''}
                        leftSection={<IconScissors size={15} stroke={1.7} />}
                        onClick={() => onTakeBack(one)}
                      >
                        {t('versions.takeBack.sitting')}
                      </Button>
                    )}
                </>
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** The day over the newest sitting of it. @param newer - when the sitting above was; null for none. */
function DayTitle({ time, newer }: { readonly time: number; readonly newer: number | null }) {
  const language = useLanguage();
  const day = formatDate(time, language);
  if (newer !== null && formatDate(newer, language) === day) return null;
  return <h3 className={styles.day}>{day}</h3>;
}

/** The sittings of these numbers, as far as they are known; the pages that lack are asked for. */
function useKnownSittings(
  noteId: NoteId,
  total: number,
  numbers: readonly number[],
): ReadonlyMap<number, KnownSitting> {
  const pages = [...new Set(numbers.map((number) => Math.floor(number / sittingsPerPage)))];
  return useQueries({
    queries: pages.map((page) => historyQueries.sittings(noteId, page, total)),
    combine: (results) => {
      const known = new Map<number, KnownSitting>();
      for (const { data } of results as readonly { readonly data: Sittings | undefined }[])
        for (const sitting of data?.sittings ?? [])
          known.set(sitting.number, { sitting, people: data?.people ?? [] });
      return known;
    },
  });
}
