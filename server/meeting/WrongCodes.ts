import { AppError } from '#shared/api/errorCodes.ts';

const minuteMs = 60_000;
/** A person who mistypes has enough; 50 tries at 25 bits leave one chance in 670,000. */
export const codeLimits = { perAddress: 5, windowMs: minuteMs, perCode: 50 } as const;

/** Counts the wrong codes of one code's life, so that nobody tries for ever. */
export class WrongCodes {
  readonly #now: () => number;
  readonly #byAddress = new Map<string, number[]>();
  #count = 0;

  /** @param now - Unix milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  get count(): number {
    return this.#count;
  }

  /** Whether nobody joins any more by this code. */
  get isLocked(): boolean {
    return this.#count >= codeLimits.perCode;
  }

  /** Before a code is looked at. @throws AppError `meeting_locked`; `too_many_requests` for an address that tried too often. */
  check(address: string): void {
    if (this.isLocked) throw new AppError('meeting_locked', 'too many wrong codes');
    if (this.#recent(address).length >= codeLimits.perAddress)
      throw new AppError('too_many_requests', 'too many wrong codes from one address');
  }

  /** One was wrong. */
  add(address: string): void {
    this.#count++;
    this.#byAddress.set(address, [...this.#recent(address), this.#now()]);
  }

  #recent(address: string): number[] {
    const since = this.#now() - codeLimits.windowMs;
    return (this.#byAddress.get(address) ?? []).filter((at) => at > since);
  }
}
