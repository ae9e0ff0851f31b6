/** Since when somebody is told of changes: since they last read the note, or since work on it without its home began. */
export const newsKinds = ['visit', 'absence'] as const;
export type NewsKind = (typeof newsKinds)[number];

/** The ways to look at a history: its versions; the note through time; who wrote what of it. */
export const historyViews = ['versions', 'time', 'authors'] as const;
export type HistoryView = (typeof historyViews)[number];

/** What of a note's history is shown, as its address says it. A key that is absent asks for nothing. */
export interface HistoryFind {
  /** `versions` where it is absent. */
  readonly view?: HistoryView;
  /** The row of the log that the note is shown at; now where it is absent. */
  readonly at?: number;
  /** Words that are looked for in the past of the note, in the view `time`; empty: they are about to be typed. */
  readonly past?: string;
  /** What changed since this row of the log, instead of a version. */
  readonly since?: number;
  readonly why?: NewsKind;
}

/** Longer than anybody looks for. */
const longestPast = 200;

/** Reads an address. It may have been written by anyone: what makes no sense is left out. */
export function readHistoryFind(search: Record<string, unknown>): HistoryFind {
  const row = (key: string): number | null => {
    const value = Number(search[key] ?? Number.NaN);
    return Number.isSafeInteger(value) && value >= 0 ? value : null;
  };
  const view = historyViews.find((one) => one === search['view'] && one !== 'versions');
  const at = row('at');
  const since = row('since');
  const past = typeof search['past'] === 'string' ? search['past'].slice(0, longestPast) : null;
  const why = newsKinds.find((one) => one === search['why']);
  return {
    ...(view !== undefined && { view }),
    ...(view !== undefined && at !== null && at > 0 && { at }),
    ...(view === 'time' && past !== null && { past }),
    ...(since !== null && { since }),
    ...(since !== null && why !== undefined && { why }),
  };
}
