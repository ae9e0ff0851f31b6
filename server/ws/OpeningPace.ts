import type { PersonId } from '#shared/domain/ids.ts';
import { TokenBucket } from './TokenBucket.ts';

/** What `OpeningPace` holds people to. @see RelayLimits */
export interface OpeningLimits {
  readonly openingsPerSecond: number;
  readonly openingBurst: number;
  readonly openingWaitMs: number;
}

/**
 * How fast each person opens sockets: one who is closed again and again, and comes back at once each time, would take the relay's time from everybody else. What a person has opened
 * is forgotten once it makes no difference any more.
 */
export class OpeningPace {
  private readonly limits: OpeningLimits;
  /** In the order of their last openings. */
  private readonly people = new Map<PersonId, { readonly bucket: TokenBucket; readonly lastAt: number }>();

  constructor(limits: OpeningLimits) {
    this.limits = limits;
  }

  /** Those of whom it still knows something. */
  get size(): number {
    return this.people.size;
  }

  /**
   * A person's socket was opened.
   * @param now - in ms, of any clock that only rises.
   * @returns in how many milliseconds its turn comes; 0: at once. Null when that is too far off: it is to be closed, and counts for nothing.
   */
  take(person: PersonId, now: number): number | null {
    const { openingsPerSecond, openingBurst, openingWaitMs } = this.limits;
    this.forget(now);
    const known = this.people.get(person);
    const bucket = known?.bucket ?? new TokenBucket(openingsPerSecond, openingBurst, now);
    this.people.delete(person);
    this.people.set(person, { bucket, lastAt: now });
    const waitMs = bucket.take(now);
    if (waitMs <= openingWaitMs) return waitMs;
    // Given back: who comes in vain all the time must not wait longer and longer.
    bucket.take(now, -1);
    return null;
  }

  /** After so long a bucket is full again, whatever was taken from it. */
  private forget(now: number): void {
    const { openingsPerSecond, openingBurst, openingWaitMs } = this.limits;
    const fullAfterMs = ((openingBurst + 1) / openingsPerSecond) * 1000 + openingWaitMs;
    for (const [person, { lastAt }] of this.people) {
      if (now - lastAt < fullAfterMs) break;
      this.people.delete(person);
    }
  }
}
