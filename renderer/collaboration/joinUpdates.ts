import * as Y from 'yjs';
import { limits } from '#shared/protocol/messages.ts';

/** Merging is quadratic on long lists: beyond this, another begins. */
const mergeAtMost = 50;

/** A Yjs update, and the number of the last local change in it (0: none). */
export interface NumberedUpdate {
  readonly update: Uint8Array;
  readonly through: number;
  /** Unix milliseconds, this device's clock, of the last local change in it; absent where it was not kept. */
  readonly madeAt?: number;
}

/**
 * Joins neighbours, so that a burst is one row and one frame: at most 50 updates or 256 KiB together.
 * @param isAlike - whether two neighbours may be joined; default: always.
 * @param atMost - updates together, if fewer than 50.
 */
export function joinUpdates<T extends NumberedUpdate>(
  updates: readonly T[],
  isAlike: (one: T, next: T) => boolean = () => true,
  atMost = mergeAtMost,
): T[] {
  const groups: { items: T[]; bytes: number }[] = [];
  for (const item of updates) {
    const last = groups.at(-1);
    const before = last?.items.at(-1);
    const fits =
      last !== undefined &&
      last.items.length < Math.min(atMost, mergeAtMost) &&
      last.bytes + item.update.length <= limits.maxPartBytes;
    if (fits && before !== undefined && isAlike(before, item)) {
      last.items.push(item);
      last.bytes += item.update.length;
    } else groups.push({ items: [item], bytes: item.update.length });
  }
  return groups.map(({ items }) => ({
    ...(items.at(-1) as T),
    update: items.length === 1 ? (items[0] as T).update : Y.mergeUpdates(items.map(({ update }) => update)),
    through: Math.max(...items.map(({ through }) => through)),
  }));
}
