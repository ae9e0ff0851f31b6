import { WorkerFault, WorkerLane } from '../WorkerLane.ts';
import { workerUrl } from '../workerUrl.ts';
import { importLimits } from './importLimits.ts';
import type { PageFormat, ReadPage } from './readPage.ts';

export interface PageRequest {
  /** Bytes of a document of Word, the text of all others. */
  readonly content: string | Uint8Array;
  readonly format: PageFormat;
}
export type PageReply = { readonly page: ReadPage } | { readonly failure: string };

/** Reads files as notes in a thread of its own: what is made to keep readers busy keeps nobody waiting. */
export class PageReader {
  readonly #lane = new WorkerLane<PageRequest, PageReply>(workerUrl(import.meta.url, './importWorker'), {
    maxMs: importLimits.pageMs,
  });

  /** @returns null for what cannot be read, or not in the time that there is for it. @throws WorkerFault `called_off` */
  async read(
    content: string | Uint8Array,
    format: PageFormat,
    signal: AbortSignal,
  ): Promise<ReadPage | null> {
    try {
      const reply = await this.#lane.ask({ content, format }, [], signal);
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
