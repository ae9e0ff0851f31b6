import { AppError } from '#shared/api/errorCodes.ts';
import type { NoteComparison } from '#shared/document/compare/compareNotes.ts';
import { WorkerFault, WorkerLane } from '../WorkerLane.ts';
import { workerUrl } from '../workerUrl.ts';
import type { ComparisonJob } from './compareMoments.ts';

export type ComparisonReply = { readonly comparison: NoteComparison } | { readonly error: string };

/** Far above what a long note takes (a second); below a person's patience. */
const maxMs = 15_000;

/** Compares in a worker thread. One comparison at a time. */
export class Comparer {
  private readonly lane = new WorkerLane<ComparisonJob, ComparisonReply>(
    workerUrl(import.meta.url, './comparisonWorker'),
    { maxMs },
  );
  private readonly closing = new AbortController();

  /**
   * @param signal - aborted when nobody waits for the answer any more: a comparison under way is stopped.
   * @throws AppError `too_large` when it took too long, `internal` when it failed or was stopped.
   */
  async compare(job: ComparisonJob, signal?: AbortSignal): Promise<NoteComparison> {
    const ends = [this.closing.signal, ...(signal === undefined ? [] : [signal])];
    try {
      const reply = await this.lane.ask(job, [], AbortSignal.any(ends));
      if ('error' in reply) throw new AppError('internal', `not compared: ${reply.error}`);
      return reply.comparison;
    } catch (error) {
      if (error instanceof WorkerFault && error.kind === 'too_long')
        throw new AppError('too_large', error.message);
      throw error;
    }
  }

  /** Stops a comparison under way. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.lane.close();
  }
}
