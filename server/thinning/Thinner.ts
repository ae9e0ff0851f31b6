import type { KeyObject } from 'node:crypto';
import { AppError, type ErrorCode } from '#shared/api/errorCodes.ts';
import { WorkerFault, WorkerLane } from '../WorkerLane.ts';
import { workerUrl } from '../workerUrl.ts';
import type { ThinPlan, ThinWanted } from './Thinned.ts';

export interface ThinWorkerData {
  /** The database. */
  readonly file: string;
  readonly key: KeyObject;
}
export type ThinReply =
  | { readonly plan: ThinPlan | null }
  | { readonly failure: { readonly code: ErrorCode; readonly message: string } };

/**
 * Megabytes that may be held at one document, what is outside of V8's heap apart. A document of a million rows takes some hundreds. Smaller: very long notes are not thinned; larger: more is taken from the machine.
 */
const maxHeapMb = 1_024;
/** Documents after which its memory is given back. */
const maxAnswers = 50;

/** Works out how documents of one database are thinned, one after the other, in a thread that is there for nothing else and never writes. */
export class Thinner {
  private readonly lane: WorkerLane<ThinWanted, ThinReply>;

  constructor(workerData: ThinWorkerData) {
    const options = { workerData, maxAnswers, maxHeapMb, idleMs: 5_000 };
    this.lane = new WorkerLane(workerUrl(import.meta.url, './thinWorker'), options);
  }

  /** @see PlanThinning */
  async plan(wanted: ThinWanted, signal?: AbortSignal): Promise<ThinPlan | null> {
    const reply = await this.lane.ask(wanted, [], signal).catch((error: unknown) => {
      if (!(error instanceof WorkerFault)) throw error;
      throw new AppError('storage_failed', `how a document is thinned was not worked out: ${error.message}`);
    });
    if ('failure' in reply) throw new AppError(reply.failure.code, reply.failure.message);
    return reply.plan;
  }

  close(): Promise<void> {
    return this.lane.close();
  }
}
