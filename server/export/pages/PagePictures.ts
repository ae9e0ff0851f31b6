import { AppError } from '#shared/api/errorCodes.ts';
import { WorkerFault, WorkerLane } from '../../WorkerLane.ts';
import { workerUrl } from '../../workerUrl.ts';
import type { PageQuestion, PageReply } from './pageMessages.ts';

/** Longest that one page may take to draw, in ms of work. The slowest page of the tests' books takes 120. */
const maxMs = 10_000;

/** Pictures of the pages of PDFs that were made here, drawn one after the other in a thread of their own. */
export class PagePictures {
  private readonly lane = new WorkerLane<PageQuestion, PageReply>(
    workerUrl(import.meta.url, './pageWorker'),
    { maxMs },
  );
  private last: Promise<unknown> = Promise.resolve();

  /**
   * @param key - what the PDF is known by; two PDFs never have the same.
   * @param page - from 1.
   * @param width - of the picture, in pixels.
   * @param signal - aborted when nobody waits any more: a page that is not begun is left out.
   * @returns a PNG; null where the PDF has no such page.
   * @throws AppError `export_failed`
   */
  draw(
    key: string,
    pdf: Uint8Array,
    page: number,
    width: number,
    signal: AbortSignal,
  ): Promise<Uint8Array<ArrayBuffer> | null> {
    const drawn = this.last.then(async () => {
      // Who scrolls asks for many pages, and looks at few.
      signal.throwIfAborted();
      const question = { key, page, width };
      const reply = await this.ask(question);
      return this.read(reply.kind === 'unread' ? await this.ask({ ...question, pdf }) : reply);
    });
    this.last = drawn.catch(() => null);
    return drawn;
  }

  async close(): Promise<void> {
    await this.lane.close();
  }

  private async ask(question: PageQuestion): Promise<PageReply> {
    return this.lane.ask(question).catch((error: unknown) => {
      if (!(error instanceof WorkerFault)) throw error;
      return { kind: 'failed', reason: error.message };
    });
  }

  private read(reply: PageReply): Uint8Array<ArrayBuffer> | null {
    if (reply.kind === 'drawn') return reply.png;
    if (reply.kind === 'absent') return null;
    throw new AppError(
      'export_failed',
      `a page was not drawn: ${reply.kind === 'failed' ? reply.reason : reply.kind}`,
    );
  }
}
