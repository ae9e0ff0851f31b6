const windowMs = 500;

/** How fast rows come, from one half second to the next. */
export class WritePace {
  private begunAt = Number.NEGATIVE_INFINITY;
  private count = 0;
  private last = 0;

  /** A row came. @param now - in ms, of any clock that only rises. */
  add(now: number): void {
    const passed = now - this.begunAt;
    if (passed >= windowMs) {
      this.last = (this.count / passed) * 1000;
      this.begunAt = now;
      this.count = 0;
    }
    this.count += 1;
  }

  /** Rows a second in the last window that is over, or already in this one. */
  get perSecond(): number {
    return Math.max(this.last, (this.count / windowMs) * 1000);
  }
}
