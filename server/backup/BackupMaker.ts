import { WorkerLane } from '../WorkerLane.ts';
import { workerUrl } from '../workerUrl.ts';

/** A copy that was made. */
export interface MadeBackup {
  readonly folder: string;
  readonly documents: number;
  readonly attachments: number;
  readonly missing: number;
}
export interface BackupRequest {
  readonly into: string;
  readonly now: number;
}
export type BackupReply =
  | { readonly made: MadeBackup }
  | { readonly failure: string; readonly code: string | null };

/** Makes copies of a data folder in a thread of its own: nobody who writes waits for it. */
export class BackupMaker {
  readonly #lane: WorkerLane<BackupRequest, BackupReply>;

  constructor(dataFolder: string) {
    this.#lane = new WorkerLane(workerUrl(import.meta.url, './backUpWorker'), { workerData: { dataFolder } });
  }

  /** @see backUp @throws Error whose `code` is the system's, where it has one. */
  async make(into: string, now: number): Promise<MadeBackup> {
    const reply = await this.#lane.ask({ into, now });
    if ('made' in reply) return reply.made;
    throw Object.assign(new Error(reply.failure), { code: reply.code });
  }

  close(): Promise<void> {
    return this.#lane.close();
  }
}
