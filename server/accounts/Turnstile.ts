import { AppError } from '#shared/api/errorCodes.ts';

/** Lets few in at a time: what each does costs so much that a crowd would keep everybody else waiting. */
export class Turnstile {
  readonly #atOnce: number;
  readonly #maxWaiting: number;
  #inside = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(atOnce: number, maxWaiting: number) {
    this.#atOnce = atOnce;
    this.#maxWaiting = maxWaiting;
  }

  /** Does the work when its turn comes. @throws AppError `too_many_requests` when too many wait; and what the work throws. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inside >= this.#atOnce) {
      if (this.#waiting.length >= this.#maxWaiting)
        throw new AppError('too_many_requests', 'too many are waiting');
      // Whoever leaves gives its place to the first who waits.
      await new Promise<void>((enter) => this.#waiting.push(enter));
    } else this.#inside++;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#inside--;
      else next();
    }
  }
}
