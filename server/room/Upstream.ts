import type { Connection } from '../ws/Connection.ts';

interface Frame {
  readonly connection: Connection;
  readonly index: number;
  /** How many rows there were when it was settled here: it, or what it repeats, is among them. */
  readonly at: number;
}

/** Which rows of a copy its home does not have yet, and so up to which of their write frames people are told that it has them. Rows are counted as they came here. */
export class Upstream {
  private count = 0;
  /** The counts of the rows behind the home's, in the order of the log. */
  private waiting: number[];
  private readonly frames: Frame[] = [];

  /** @param waiting - how many rows are behind the home's. */
  constructor(waiting: number) {
    this.waiting = Array.from({ length: waiting }, () => ++this.count);
  }

  /** A row came behind the home's. */
  stored(): void {
    this.waiting.push(++this.count);
  }

  /** A write frame is settled here. */
  frame(connection: Connection, index: number): void {
    this.frames.push({ connection, index, at: this.count });
    this.tell();
  }

  /** The home has rows. @param places - of these behind the home's rows, from 1. */
  settled(places: readonly number[]): void {
    const gone = new Set(places);
    this.waiting = this.waiting.filter((_, at) => !gone.has(at + 1));
    this.tell();
  }

  private tell(): void {
    const first = this.waiting[0] ?? this.count + 1;
    for (let next = this.frames[0]; next !== undefined && next.at < first; next = this.frames[0]) {
      this.frames.shift();
      next.connection.settleUpstream(next.index);
    }
  }
}
