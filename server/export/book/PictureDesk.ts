import type { BookAsset, BookContent } from '../BookContent.ts';
import type { PdfPrinter, PrintSession } from '../PdfPrinter.ts';
import { bookAttachments } from './buildBook.ts';
import type { PageGeometry } from './pageFormat.ts';
import { picturePixels, shrinkPicture } from './pageScripts.ts';

/** Before the id of a picture, in its address. */
export const attachmentPath = '/attachments/';

const emptyPage = '<!doctype html><body></body>';
/** Chromium keeps much of the pictures that a document ever showed: after this many bytes of files it gets a new one. */
const mostBytes = 32 * 1024 * 1024;

/** Where pictures are made as small as they are printed, one after the other: what cameras give never stands in memory together. */
export class PictureDesk {
  readonly #printer: PdfPrinter;
  readonly #signal: AbortSignal;
  #session: PrintSession | null = null;
  #shown: BookAsset | null = null;
  #bytes = 0;

  constructor(printer: PdfPrinter, signal: AbortSignal) {
    this.#printer = printer;
    this.#signal = signal;
  }

  /** Opens a new document, before the one that was there is closed: what prints may be one process for all that is open. */
  async open(): Promise<void> {
    const old = this.#session;
    this.#session = await this.#printer.open(emptyPage, () => Promise.resolve(this.#shown), this.#signal);
    this.#bytes = 0;
    await old?.close();
  }

  /**
   * Reads the pictures of a book.
   * @returns by path; without what is no picture, or cannot be opened.
   */
  async gather(
    content: BookContent,
    page: PageGeometry,
    signal: AbortSignal,
    onProgress: (done: number) => void,
  ): Promise<Map<string, BookAsset>> {
    const pictures = new Map<string, BookAsset>();
    const widest = picturePixels(page);
    const ids = bookAttachments(content);
    for (const [at, id] of ids.entries()) {
      signal.throwIfAborted();
      onProgress(at / ids.length);
      const asset = await content.loadAttachment(id, signal);
      if (!asset || !/^image\/(jpeg|png|gif|webp|avif)$/.test(asset.mediaType)) continue;
      this.#shown = asset;
      const path = `${attachmentPath}${id}`;
      const width = id === content.cover.image ? widest.cover : widest.text;
      const jpeg = await this.#session?.evaluate(shrinkPicture(path, asset.bytes.length, width));
      if (typeof jpeg !== 'string') continue;
      this.#bytes += asset.bytes.length;
      if (this.#bytes > mostBytes) await this.open();
      const bytes = jpeg === '' ? asset.bytes : Buffer.from(jpeg, 'base64');
      pictures.set(path, { ...asset, bytes, mediaType: jpeg === '' ? asset.mediaType : 'image/jpeg' });
    }
    this.#shown = null;
    if (this.#bytes > 0) await this.open();
    return pictures;
  }

  async close(): Promise<void> {
    await this.#session?.close();
  }
}
