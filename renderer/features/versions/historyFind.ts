/** Since when somebody is told of changes: since they last read the note, or since work on it without its home began. */
export const newsKinds = ['visit', 'absence'] as const;
export type NewsKind = (typeof newsKinds)[number];

/** What of a note's history is shown, as its address says it. A key that is absent asks for nothing. */
export interface HistoryFind {
  /** What changed since this row of the log, instead of a version. */
  readonly since?: number;
  readonly why?: NewsKind;
}

/** Reads an address. It may have been written by anyone: what makes no sense is left out. */
export function readHistoryFind(search: Record<string, unknown>): HistoryFind {
  const row = (key: string): number | null => {
    const value = Number(search[key] ?? Number.NaN);
    return Number.isSafeInteger(value) && value >= 0 ? value : null;
  };
  const since = row('since');
  const why = newsKinds.find((one) => one === search['why']);
  return { ...(since !== null && { since }), ...(since !== null && why !== undefined && { why }) };
}
