/** One write frame (sync step 2 or update) sent on the present connection. */
interface SentFrame {
  /** Number of the last local change that this frame, with those before it, brings to the relay. */
  readonly through: number;
  readonly sentAt: number;
}

/**
 * The write frames of one connection, counted as the relay counts them, so that its `stored n` can be read as "every local
 * change up to m is durable". A new connection begins a new ledger.
 */
export class FrameLedger {
  readonly #frames: SentFrame[] = [];
  #settled = 0;
  #settledUpstream = 0;
  #firstRefused = Infinity;

  /** A frame was handed to the socket. */
  sent(through: number, now: number): void {
    this.#frames.push({ through, sentAt: now });
  }

  /** The relay refused the frame of this index (from 1). */
  refuse(index: number): void {
    this.#firstRefused = Math.min(this.#firstRefused, index);
  }

  /**
   * The relay settled the first `count` frames.
   * @returns the number of the last local change that is durable, or null when `count` says nothing new or nothing possible.
   */
  settle(count: number): number | null {
    if (count > this.#frames.length || count <= this.#settled) return null;
    this.#settled = count;
    return this.#throughOf(count);
  }

  /**
   * The document's home settled the first `count` frames, through the relay that keeps a copy of it.
   * @returns the number of the last local change that is durable there, 0 where only what was in the document before is; null when nothing is said to be, or `count` is impossible.
   */
  settleUpstream(count: number): number | null {
    if (count > this.#frames.length || count < this.#settledUpstream) return null;
    this.#settledUpstream = count;
    return this.#throughOf(count);
  }

  /** What follows a refused frame may rest on it: only the frames before it count as saved. */
  #throughOf(count: number): number | null {
    const last = Math.min(count, this.#firstRefused - 1);
    return last > 0 ? (this.#frames[last - 1]?.through ?? null) : null;
  }

  /** When the oldest frame that is not settled was sent; null when all are. */
  get waitingSince(): number | null {
    return this.#frames[this.#settled]?.sentAt ?? null;
  }
}
