import process from 'node:process';

/** How often it looks, and the most that one look counts when nothing was done meanwhile, in milliseconds. */
const [lookMs, mostMs] = [5, 20];

/**
 * Measures how long something takes, as far as this process is to blame: its timers and its own work count, but not the
 * time in which a busy machine let it do nothing.
 * @returns milliseconds since; asking stops it.
 */
export function startOwnClock(): () => number {
  let passed = 0;
  let last = performance.now();
  let spent = process.threadCpuUsage();
  const look = (): void => {
    const now = performance.now();
    const { user, system } = process.threadCpuUsage(spent);
    passed += Math.max(Math.min(now - last, mostMs), (user + system) / 1000);
    last = now;
    spent = process.threadCpuUsage();
  };
  const timer = setInterval(look, lookMs);
  return () => {
    clearInterval(timer);
    look();
    return passed;
  };
}
