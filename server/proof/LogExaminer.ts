import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { WorkerFault, WorkerLane } from '../WorkerLane.ts';
import { workerUrl } from '../workerUrl.ts';
import type { Examined } from './Examined.ts';

export interface ExamineRequest {
  readonly document: DocumentId;
  readonly at: number;
}
export type ExamineReply = { readonly examined: Examined | null } | { readonly failure: string };

/** Examines the logs of one database, one after the other, in a thread that is there for nothing else. */
export class LogExaminer {
  private readonly lane: WorkerLane<ExamineRequest, ExamineReply>;

  /** @param file - the database. */
  constructor(file: string) {
    this.lane = new WorkerLane(workerUrl(import.meta.url, './examineWorker'), { workerData: { file } });
  }

  /** @see ExamineLog @throws AppError `storage_failed` */
  async examine(document: DocumentId, at: number, signal?: AbortSignal): Promise<Examined | null> {
    const reply = await this.lane.ask({ document, at }, [], signal).catch((error: unknown) => {
      if (!(error instanceof WorkerFault)) throw error;
      throw new AppError('storage_failed', `the log was not examined: ${error.message}`);
    });
    if ('failure' in reply)
      throw new AppError('storage_failed', `the log was not examined: ${reply.failure}`);
    return reply.examined;
  }

  close(): Promise<void> {
    return this.lane.close();
  }
}
