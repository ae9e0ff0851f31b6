/** Rows a second that leave for a home, and how many at once. More: a day offline is there sooner; less: other people there, who write meanwhile, wait less for one another. */
const rowsPerSecond = 800;
const rowsAtOnce = 32;

/** How fast the rows of all copies may leave for one home. */
export class SendPace {
  private left = rowsAtOnce;
  private at: number;
  private readonly now: () => number;

  /** @param now - milliseconds that only grow. */
  constructor(now: () => number = () => performance.now()) {
    this.now = now;
    this.at = now();
  }

  /** @returns how many of so many rows may leave now. */
  take(wanted: number): number {
    const now = this.now();
    this.left = Math.min(rowsAtOnce, this.left + ((now - this.at) * rowsPerSecond) / 1_000);
    this.at = now;
    const granted = Math.min(wanted, Math.floor(this.left));
    this.left -= granted;
    return granted;
  }
}
