import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again until the answer is true.
 * @throws Error naming `what` after `limitMs`.
 */
export async function retryUntil(
  what: string,
  ask: () => boolean | Promise<boolean>,
  limitMs = 30_000,
): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await ask())) {
    if (performance.now() > end) throw new Error(`waited ${limitMs} ms for: ${what}`);
    await sleep(5);
  }
}
