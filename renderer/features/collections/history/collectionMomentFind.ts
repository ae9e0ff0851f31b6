/** Which moment of a carnet is shown, as its address says it: after a row of its log, or at an instant (Unix ms); neither: now. */
export interface CollectionMomentFind {
  readonly seq?: number;
  readonly at?: number;
}

/** Reads an address. It may have been written by anyone: what makes no sense is left out. */
export function readMomentFind(search: Record<string, unknown>): CollectionMomentFind {
  const read = (key: string): number | null => {
    const value = Number(search[key] ?? Number.NaN);
    return Number.isSafeInteger(value) && value > 0 ? value : null;
  };
  const [seq, at] = [read('seq'), read('at')];
  if (seq !== null) return { seq };
  return at === null ? {} : { at };
}
