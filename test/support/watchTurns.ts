import process from 'node:process';

/** How long the event loop was kept from others, by the processor time of this thread: on a busy machine the clock would count the neighbours. */
export interface TurnWatch {
  /** Milliseconds of the longest turn since the beginning, or since it was asked last. */
  longestMs: () => number;
  stop: () => void;
}

const spentMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

/** Measures every turn of this thread's event loop until it is stopped. */
export function watchTurns(): TurnWatch {
  let longest = 0;
  let last = spentMs();
  let next: NodeJS.Immediate;
  const look = (): void => {
    const now = spentMs();
    longest = Math.max(longest, now - last);
    last = now;
    next = setImmediate(look);
  };
  next = setImmediate(look);
  return {
    longestMs: () => {
      const was = longest;
      longest = 0;
      return was;
    },
    stop: () => clearImmediate(next),
  };
}
