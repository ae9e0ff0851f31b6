import type { DocumentId } from '#shared/domain/ids.ts';
import { type Meter, noMeter } from '../metrics/Meter.ts';
import type { NewRow, Statement, UpdateLog } from '../storage/ports/UpdateLog.ts';

interface PendingRow {
  readonly row: NewRow;
  readonly stored: (seq: number) => void;
  readonly failed: (error: unknown) => void;
}

/** What is written by itself, between the rows before it and those after. */
interface PendingWork {
  readonly work: () => Promise<void>;
  readonly failed: (error: unknown) => void;
}

type Pending = PendingRow | PendingWork;

/** When a commit begins: the first after a pause at once, the next when one of the two is reached. */
export interface CommitPace {
  /** Milliseconds since the last one began; 0: at once. */
  readonly commitSpacingMs: number;
  /** Rows that wait. */
  readonly commitRows: number;
}

/**
 * Gathers the rows of all rooms into few commits: one is in progress at a time, and what arrives meanwhile leaves together in the next. What one turn of the event
 * loop brings goes in one commit.
 */
export class GroupCommit {
  private readonly log: UpdateLog;
  private readonly pace: CommitPace;
  private readonly meter: Meter;
  private begunAt = Number.NEGATIVE_INFINITY;
  private pending: Pending[] = [];
  private running = false;
  /** Until it is time for the next commit. */
  private timer: NodeJS.Timeout | null = null;
  /** The next commit begins at the end of this turn. */
  private beginning = false;
  private idle: PromiseWithResolvers<void> | null = null;
  /** How many commits began; and who waits for the end of which. */
  private begun = 0;
  private waiting: { readonly until: number; readonly resolve: () => void }[] = [];

  constructor(log: UpdateLog, pace: CommitPace, meter = noMeter) {
    this.log = log;
    this.pace = pace;
    this.meter = meter;
  }

  /**
   * Queues a row. Exactly one of the two is called: `stored` when it is on the disk, `failed` when nothing of its commit was written, or of one before it. Rows
   * of one document are settled in the order given.
   */
  add(row: NewRow, stored: (seq: number) => void, failed: (error: unknown) => void): void {
    this.pending.push({ row, stored, failed });
    if (!this.running) this.schedule();
  }

  /** Writes something by itself when the rows before it are settled, and before those after it. @throws what `work` does; and what a commit before it failed with: it is not done then. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.pending.push({
      work: async () => {
        resolve(await work());
      },
      failed: reject,
    });
    if (!this.running) this.schedule();
    return promise;
  }

  /** Gives up the rows of a document that wait: what they build on is another log now. */
  giveUp(document: DocumentId, reason: unknown): void {
    const given = this.pending.filter((one) => 'row' in one && one.row.document === document);
    this.pending = this.pending.filter((one) => !given.includes(one));
    for (const one of given) one.failed(reason);
  }

  /** A row with catalogue statements: a commit of its own, behind those that wait. */
  async addAlongside(row: NewRow, alongside: readonly Statement[]): Promise<number> {
    const [seq] = await this.log.append([row], alongside);
    return seq as number;
  }

  /** Resolves when nothing is waiting any more. */
  async drained(): Promise<void> {
    if (this.pending.length === 0 && !this.running) return;
    this.idle ??= Promise.withResolvers<void>();
    await this.idle.promise;
  }

  /** Resolves when what is queued now is on the disk, or was given up; others may queue more meanwhile. */
  async settled(): Promise<void> {
    if (this.pending.length === 0 && !this.running) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.waiting.push({ until: this.begun + this.stepsToDo(), resolve });
    await promise;
  }

  /** How many commits what waits takes. */
  private stepsToDo(): number {
    let steps = 0;
    let inRows = false;
    for (const one of this.pending) {
      const isRow = 'row' in one;
      if (!isRow || !inRows) steps++;
      inRows = isRow;
    }
    return steps;
  }

  /** Begins the next commit at the end of this turn, or when it is time. */
  private schedule(): void {
    if (this.beginning) return;
    const { commitRows, commitSpacingMs } = this.pace;
    const wait = this.begunAt + commitSpacingMs - performance.now();
    if (wait > 0 && this.pending.length < commitRows) {
      this.timer ??= setTimeout(() => void this.commit(), wait);
      return;
    }
    this.beginning = true;
    setImmediate(() => void this.commit());
  }

  private async commit(): Promise<void> {
    this.running = true;
    this.begun++;
    this.beginning = false;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.begunAt = performance.now();
    const [first] = this.pending;
    if (first !== undefined && 'work' in first) {
      this.pending.shift();
      await first.work().catch(first.failed);
      this.ended(false);
      return;
    }
    const group = this.takeRows();
    let seqs: readonly number[] | null = null;
    let reason: unknown = null;
    try {
      seqs = await this.log.append(group.map((one) => one.row));
    } catch (error) {
      reason = error;
    }
    this.meter.committed(group.length, (performance.now() - this.begunAt) / 1000, seqs !== null);
    if (seqs === null) {
      // What came since may build on what failed: stored alone, it would leave a hole in the log for good.
      const since = this.pending;
      this.pending = [];
      for (const one of [...group, ...since]) one.failed(reason);
    } else for (let index = 0; index < group.length; index++) group[index]?.stored(seqs[index] as number);
    this.ended(seqs === null);
  }

  /** The rows that wait, up to what is written by itself. */
  private takeRows(): PendingRow[] {
    const rows: PendingRow[] = [];
    for (const one of this.pending) {
      if ('work' in one) break;
      rows.push(one);
    }
    this.pending.splice(0, rows.length);
    return rows;
  }

  private ended(hasFailed: boolean): void {
    this.running = false;
    // What failed took along what was queued behind it.
    const over = this.waiting.filter(({ until }) => hasFailed || until <= this.begun);
    this.waiting = this.waiting.filter((one) => !over.includes(one));
    for (const { resolve } of over) resolve();
    if (this.pending.length > 0) {
      this.schedule();
      return;
    }
    this.idle?.resolve();
    this.idle = null;
  }
}
