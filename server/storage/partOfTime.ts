import type { CutTime } from './ports/SittingStore.ts';

/** In which part of a cut time an instant lies; null outside of it. In the order in which SQL says the same. */
export function partOfTime(instant: number, { from, to, parts }: CutTime): number | null {
  if (instant < from || instant > to) return null;
  return Math.min(parts - 1, Math.floor(((instant - from) * parts) / Math.max(1, to - from)));
}
