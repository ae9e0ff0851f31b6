/** Milliseconds from one turn to the next: all that lies between is other people's at the home. */
const turnMs = 200;
/** Rows of a turn: a few commits at the home that go together. More: a day offline is there sooner, and a turn lasts longer for who writes there meanwhile. */
const turnRows = 100;

/**
 * How fast the rows of all copies may leave for one home: together in short turns, never a few at a time. Each batch costs the
 * home a commit, which whoever writes there at that moment waits for: many small ones would be met by everybody.
 */
export class SendPace {
  private left = 0;
  private begun = Number.NEGATIVE_INFINITY;
  private readonly now: () => number;

  /** @param now - milliseconds that only grow. */
  constructor(now: () => number = () => performance.now()) {
    this.now = now;
  }

  /** Milliseconds until the next turn; 0 when it may begin. */
  get restMs(): number {
    return Math.max(0, this.begun + turnMs - this.now());
  }

  /** @returns how many of so many rows may leave now. */
  take(wanted: number): number {
    if (this.restMs === 0) {
      this.begun = this.now();
      this.left = turnRows;
    }
    const granted = Math.min(wanted, this.left);
    this.left -= granted;
    return granted;
  }
}
