import type { AttemptStore } from '../ports/AttemptStore.ts';

/** Counts of tries in memory. */
export class MemoryAttemptStore implements AttemptStore {
  readonly #attempts = new Map<string, { count: number; until: number }>();

  async add(key: string, now: number, windowMs: number): Promise<number> {
    for (const [known, { until }] of this.#attempts) if (until <= now) this.#attempts.delete(known);
    const attempt = this.#attempts.get(key) ?? { count: 0, until: now + windowMs };
    attempt.count++;
    this.#attempts.set(key, attempt);
    return attempt.count;
  }

  async forget(key: string): Promise<void> {
    this.#attempts.delete(key);
  }
}
