import type { Authorship, OriginRun } from '#shared/api/history.ts';

/** What one person wrote of a text. */
export interface Share {
  /** Null: not known. */
  readonly person: string | null;
  /** Letters of theirs that stand in it. */
  readonly letters: number;
  /** When they wrote the first and the last of them, Unix milliseconds. */
  readonly fromTime: number;
  readonly toTime: number;
  /** The row of the last. */
  readonly toSeq: number;
  /** Who moved, copied or put back some of it, when that was another act: the last time. */
  readonly carried: NonNullable<OriginRun['carried']> | null;
}

/** What each person wrote, who wrote most first. */
export function sharesOf({ title, runs }: Pick<Authorship, 'title' | 'runs'>): Share[] {
  const shares = new Map<string | null, Share>();
  for (const run of [...title, ...runs]) {
    const known = shares.get(run.person);
    const letters = run.to - run.from;
    const isLater = known === undefined || run.toSeq > known.toSeq;
    const carried =
      run.carried !== null && (known?.carried ?? null) !== null
        ? run.carried.seq > (known?.carried?.seq ?? 0)
          ? run.carried
          : (known?.carried ?? null)
        : (run.carried ?? known?.carried ?? null);
    shares.set(run.person, {
      person: run.person,
      letters: (known?.letters ?? 0) + letters,
      fromTime: Math.min(known?.fromTime ?? run.fromTime, run.fromTime),
      toTime: isLater ? run.toTime : known.toTime,
      toSeq: isLater ? run.toSeq : known.toSeq,
      carried,
    });
  }
  return [...shares.values()].toSorted((a, b) => b.letters - a.letters);
}
