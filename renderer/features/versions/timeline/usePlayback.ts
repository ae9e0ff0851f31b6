import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import type { NoteId } from '#shared/domain/ids.ts';
import { historyQueries, rowsPerAnswer } from '../historyApi.ts';

/** How many times faster than it was written. */
export const playbackSpeeds = [1, 2, 5, 15, 30, 60] as const;
export type PlaybackSpeed = (typeof playbackSpeeds)[number];

/** Where nobody wrote for longer, the time is skipped, but for a breath. */
const pauseMs = 1_500;
const breathMs = 600;
/** A moment is looked at for at least so long: more in a second nobody can follow, nor the relay need answer. */
const frameMs = 70;

/** How long to wait between two rows, in milliseconds of the time in which it was written. */
export function waitBetween(before: number, after: number): number {
  const gap = Math.max(0, after - before);
  return gap > pauseMs ? breathMs : gap;
}

/**
 * The row to be shown after some time of playing.
 * @param times - of the rows from `first` on.
 * @param budget - how much of the time in which it was written is to go by, in milliseconds.
 * @returns the row, and what is left of the time; `wait`: how long until the next one, null where `times` ends.
 */
export function advance(
  times: readonly number[],
  first: number,
  seq: number,
  budget: number,
): { readonly seq: number; readonly left: number; readonly wait: number | null } {
  let [at, left] = [seq, budget];
  for (;;) {
    const [now, next] = [times[at - first], times[at - first + 1]];
    if (now === undefined || next === undefined) return { seq: at, left, wait: null };
    const wait = waitBetween(now, next);
    if (wait > left) return { seq: at, left, wait: wait - left };
    left -= wait;
    at += 1;
  }
}

const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/**
 * Plays a note as it was written: row after row, at a chosen speed, without its pauses.
 * @param seq - the row shown now; playing goes on from it.
 * @param onSeq - told the row to show; its content is there by then.
 */
export function usePlayback(
  noteId: NoteId,
  seq: number,
  lastSeq: number,
  speed: PlaybackSpeed,
  onSeq: (seq: number) => void,
): { readonly isPlaying: boolean; readonly play: () => void; readonly stop: () => void } {
  const client = useQueryClient();
  const [isPlaying, setPlaying] = useState(false);
  const show = useEffectEvent(onSeq);
  const now = useEffectEvent(() => ({ seq, lastSeq, speed }));
  useEffect(() => {
    if (!isPlaying) return undefined;
    const ending = new AbortController();
    const { signal } = ending;
    const run = async (): Promise<void> => {
      let at = now().seq;
      let budget = 0;
      let then = performance.now();
      while (!signal.aborted && at < now().lastSeq) {
        const to = Math.min(now().lastSeq, at + rowsPerAnswer);
        const { times, from } = await client.fetchQuery(historyQueries.rows(noteId, at, to));
        while (!signal.aborted && at < to) {
          const time = performance.now();
          budget += (time - then) * now().speed;
          then = time;
          const next = advance(times, from, at, budget);
          budget = next.left;
          if (next.seq > at) {
            at = next.seq;
            // What is shown next is fetched first: the time that takes is time that goes by.
            await client.fetchQuery(historyQueries.content(noteId, { seq: at }));
            if (signal.aborted) return;
            show(at);
          }
          if (next.wait === null) break;
          await sleep(Math.max(frameMs, next.wait / now().speed), signal);
        }
      }
    };
    run()
      .catch(() => {
        // The page says that the moment could not be read.
      })
      .finally(() => {
        if (!signal.aborted) setPlaying(false);
      });
    return () => ending.abort();
  }, [isPlaying, noteId, client]);
  return { isPlaying, play: () => setPlaying(true), stop: () => setPlaying(false) };
}
