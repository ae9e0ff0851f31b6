import type { NewRow, Statement, UpdateLog } from '../storage/ports/UpdateLog.ts';

interface Pending {
  readonly row: NewRow;
  readonly stored: (seq: number) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Gathers the rows of all rooms into few commits: one is in progress at a time, and what arrives meanwhile leaves together in the next. What one turn of the event
 * loop brings goes in one commit. So a row waits for at most one commit before its own, whatever the load.
 */
export class GroupCommit {
  private readonly log: UpdateLog;
  private pending: Pending[] = [];
  private running = false;
  private scheduled = false;
  private idle: PromiseWithResolvers<void> | null = null;

  constructor(log: UpdateLog) {
    this.log = log;
  }

  /**
   * Queues a row. Exactly one of the two is called: `stored` when it is on the disk, `failed` when nothing of its commit was written. Rows
   * of one document are settled in the order given.
   */
  add(row: NewRow, stored: (seq: number) => void, failed: (error: unknown) => void): void {
    this.pending.push({ row, stored, failed });
    if (this.running || this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      void this.run();
    });
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

  private async run(): Promise<void> {
    this.running = true;
    while (this.pending.length > 0) {
      const group = this.pending;
      this.pending = [];
      let seqs: readonly number[] | null = null;
      let reason: unknown = null;
      try {
        seqs = await this.log.append(group.map((one) => one.row));
      } catch (error) {
        reason = error;
      }
      for (const [index, one] of group.entries()) {
        if (seqs === null) one.failed(reason);
        else one.stored(seqs[index] as number);
      }
    }
    this.running = false;
    this.idle?.resolve();
    this.idle = null;
  }
}
