import type { PrintAsset, PrintRequest } from './messages.ts';

type AssetSource = (path: string) => Promise<PrintAsset>;

/** Prints in a hidden window of main: the desktop's adapter of the relay's `PdfPrinter`. */
export class MainPdfPrinter {
  readonly #ask: (request: PrintRequest) => Promise<unknown>;
  readonly #assets = new Map<number, AssetSource>();
  #lastJob = 0;

  /** @param ask - carries one step to main and resolves with what it gives. */
  constructor(ask: (request: PrintRequest) => Promise<unknown>) {
    this.#ask = ask;
  }

  async open(html: string, assets: AssetSource, signal: AbortSignal) {
    signal.throwIfAborted();
    const job = ++this.#lastJob;
    this.#assets.set(job, assets);
    const close = async (): Promise<void> => {
      signal.removeEventListener('abort', abort);
      if (this.#assets.delete(job)) await this.#ask({ step: 'close', job });
    };
    const abort = (): void => void close().catch(() => undefined);
    signal.addEventListener('abort', abort, { once: true });
    try {
      await this.#ask({ step: 'open', job, html });
      signal.throwIfAborted();
    } catch (error) {
      await close().catch(() => undefined);
      throw error;
    }
    return {
      print: async () => (await this.#ask({ step: 'print', job })) as Uint8Array,
      evaluate: (expression: string) => this.#ask({ step: 'evaluate', job, expression }),
      close,
    };
  }

  /** A file of the book that `job` prints; null for what there is not, or once it is closed. */
  async asset(job: number, path: string): Promise<PrintAsset> {
    return (await this.#assets.get(job)?.(path)) ?? null;
  }
}
