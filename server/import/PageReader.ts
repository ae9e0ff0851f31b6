import { WorkerFault, WorkerLane } from '../WorkerLane.ts';
import { workerUrl } from '../workerUrl.ts';
import { importLimits } from './importLimits.ts';
import type { PageFormat, ReadPage } from './readPage.ts';

export interface PageRequest {
  readonly text: string;
  readonly format: PageFormat;
}
export type PageReply = { readonly page: ReadPage } | { readonly failure: string };

/** Reads files as notes in a thread of its own: what is made to keep readers busy keeps nobody waiting. */
export class PageReader {
  readonly #lane = new WorkerLane<PageRequest, PageReply>(workerUrl(import.meta.url, './importWorker'), {
    maxMs: importLimits.pageMs,
  });

  /** @returns null for what cannot be read, or not in the time that there is for it. @throws WorkerFault `called_off` */
  async read(text: string, format: PageFormat, signal: AbortSignal): Promise<ReadPage | null> {
    try {
      const reply = await this.#lane.ask({ text, format }, [], signal);
      return 'page' in reply ? reply.page : null;
    } catch (error) {
      if (error instanceof WorkerFault && error.kind !== 'called_off') return null;
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#lane.close();
  }
}
