/**
 * What became of a connection's write frames (sync step 2 and update), numbered from 1 as they came. A frame is settled when it is on the disk, repeated what is, or was
 * refused. `settled` counts without gaps, so that a client knows: everything up to here is decided.
 */
export class WriteLedger {
  private received = 0;
  private prefix = 0;
  private readonly ahead = new Set<number>();
  /** Frames that could not be taken since something before them is missing: they count with the step 2 that repeats them. */
  private held: number[] = [];

  get settled(): number {
    return this.prefix;
  }

  /** @returns the number of a frame that just came. */
  receive(): number {
    return ++this.received;
  }

  hold(index: number): void {
    this.held.push(index);
  }

  /** The frames that a step 2 repeats: settle them with it. */
  takeHeld(): number[] {
    const held = this.held;
    this.held = [];
    return held;
  }

  /** @returns true when `settled` grew. */
  settle(index: number): boolean {
    // Nearly always they are settled in the order in which they came.
    if (index === this.prefix + 1 && this.ahead.size === 0) {
      this.prefix = index;
      return true;
    }
    this.ahead.add(index);
    const before = this.prefix;
    while (this.ahead.delete(this.prefix + 1)) this.prefix++;
    return this.prefix > before;
  }
}
