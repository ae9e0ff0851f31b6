import { useSyncExternalStore } from 'react';
import { asOfHeader } from '#shared/api/homes.ts';

/** Of answers that were kept because their Calepin is out of reach: as of when they are, by the path that was asked, without its query. */
const kept = new Map<string, number>();
const listeners = new Set<() => void>();

/** Notes as of when an answer is; of one that is so now, that it is. */
export function noteAsOf(path: string, response: Response): void {
  const header = response.headers.get(asOfHeader);
  const time = header === null ? NaN : Date.parse(header);
  const before = kept.get(path);
  if (Number.isNaN(time)) kept.delete(path);
  else kept.set(path, time);
  if (kept.get(path) !== before) for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** When what a page shows was so, Unix milliseconds, where it was kept from before; null: it is so now. @param path - that was asked, as `request` was given it. */
export function useAsOf(path: string): number | null {
  return useSyncExternalStore(subscribe, () => kept.get(path) ?? null);
}
