/** The clock, so that tests can move it. */
export interface Timers {
  /** Unix milliseconds. */
  now(): number;
  /** Calls back once, later. @returns the way to call it off. */
  after(delayMs: number, callback: () => void): () => void;
}

/** The real clock. A waiting timer does not keep the process alive. */
export const systemTimers: Timers = {
  now: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
};
