import { useQueries } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Sitting, Sittings } from '#shared/api/history.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { historyQueries, type KnownSitting, sittingsPerPage } from '../historyApi.ts';
import { SittingItem } from './SittingItem.tsx';
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
  const choose = useCallback(
    (sitting: Sitting): void => {
      setChosen(sitting.number);
      onChoose(sitting);
    },
    [onChoose],
  );
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
          const number = numberAt(index);
          const one = known.get(number);
          return (
            <SittingItem
              key={key}
              index={index}
              total={total}
              start={start}
              measure={virtual.measureElement}
              sitting={one?.sitting}
              people={one?.people}
              newer={known.get(number + 1)?.sitting.toTime ?? null}
              isCurrent={number === current}
              isFocusable={index === focusable}
              onChoose={choose}
              onTakeBack={onTakeBack}
            />
          );
        })}
      </ol>
    </div>
  );
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
