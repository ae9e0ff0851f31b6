/** What the relay counts while it works; times in seconds. Never content, titles, ids or names. */
export interface Meter {
  /** A group of rows went to the disk, or could not. */
  committed(rows: number, seconds: number, isStored: boolean): void;
  /** A write frame was on the disk so long after it came in, and its author is told. */
  acknowledged(seconds: number): void;
  /** A write frame was refused with a close code, its socket left open. */
  refused(code: number): void;
  /** The relay closed a socket. */
  closed(code: number): void;
  /** A socket was refused before it was one, with an HTTP status. */
  upgradeRefused(status: number): void;
}

/** Counts nothing. */
export const noMeter: Meter = {
  committed: () => undefined,
  acknowledged: () => undefined,
  refused: () => undefined,
  closed: () => undefined,
  upgradeRefused: () => undefined,
};
