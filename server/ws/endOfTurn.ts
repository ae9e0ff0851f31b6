let waiting: (() => void)[] = [];

/** Runs `work` once this turn of the event loop has read what there was to read: what it brought then leaves together. */
export function endOfTurn(work: () => void): void {
  waiting.push(work);
  if (waiting.length > 1) return;
  setImmediate(() => {
    const now = waiting;
    waiting = [];
    for (const one of now) one();
  });
}
