import type { StorageHealth } from './RoomContext.ts';

const firstMs = 500;
/** A try is one commit, whoever waits: short enough that everyone writes again within 5 s of the disk having space. */
const longestMs = 2_000;

/** After a failed commit, writes are refused for a while, longer each time; then one is tried. */
export class StorageBackoff implements StorageHealth {
  /** The last commit failed: nothing says yet that the next one will not. */
  hasFailed = false;
  private until = 0;
  private delayMs = firstMs;
  private readonly now: () => number;

  constructor(now: () => number = Date.now) {
    this.now = now;
  }

  isFailing(): boolean {
    return this.now() < this.until;
  }

  failed(): void {
    this.hasFailed = true;
    if (this.isFailing()) return;
    this.until = this.now() + this.delayMs;
    this.delayMs = Math.min(longestMs, this.delayMs * 2);
  }

  succeeded(): void {
    this.hasFailed = false;
    this.until = 0;
    this.delayMs = firstMs;
  }
}
