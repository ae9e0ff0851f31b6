import type { BrowserWindow } from 'electron';
import type { PrintAsset, PrintRequest } from '../relay/messages.ts';

/** A name that resolves nowhere (RFC 6761); every request of the window is answered here in any case. */
const origin = 'https://book.invalid';

const contentSecurityPolicy =
  "default-src 'none'; script-src 'none'; style-src 'unsafe-inline'; img-src 'self' blob:; font-src 'self'; base-uri 'none'";

/** Asks the relay for a file of the book that `job` prints. */
export type AskAsset = (job: number, path: string) => Promise<PrintAsset>;

/** The hidden windows in which the relay's books are laid out, each with the files of its own book and nothing from the network. */
export class PrintWindows {
  readonly #create: (partition: string) => BrowserWindow;
  readonly #askAsset: AskAsset;
  readonly #jobs = new Map<number, BrowserWindow>();

  /** @param create - makes a hidden window in an in-memory session of that name. */
  constructor(create: (partition: string) => BrowserWindow, askAsset: AskAsset) {
    this.#create = create;
    this.#askAsset = askAsset;
  }

  /** Carries out one step. @returns what the step gives: the value of an expression, the bytes of a PDF. */
  async carryOut(request: PrintRequest): Promise<unknown> {
    if (request.step === 'open') return this.#open(request.job, request.html);
    const window = this.#jobs.get(request.job);
    switch (request.step) {
      case 'close':
        this.#jobs.delete(request.job);
        window?.destroy();
        return null;
      case 'evaluate':
        return await found(window).webContents.executeJavaScript(request.expression);
      case 'print': {
        const pdf = await found(window).webContents.printToPDF({
          preferCSSPageSize: true,
          printBackground: true,
          generateTaggedPDF: true,
          generateDocumentOutline: true,
        });
        return new Uint8Array(pdf);
      }
    }
  }

  /** Ends every print under way, as when the relay that asked for them is gone. */
  closeAll(): void {
    for (const window of this.#jobs.values()) window.destroy();
    this.#jobs.clear();
  }

  async #open(job: number, html: string): Promise<null> {
    const window = this.#create(`calepin-print-${job}`);
    this.#jobs.set(job, window);
    const { session } = window.webContents;
    session.protocol.handle('https', (request) =>
      answerPrintRequest(request.url, html, (path) => this.#askAsset(job, path)),
    );
    session.protocol.handle('http', () => new Response(null, { status: 403 }));
    session.setSpellCheckerEnabled(false);
    session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
    const { debugger: tools } = window.webContents;
    tools.attach('1.3');
    await tools.sendCommand('Emulation.setEmulatedMedia', {
      media: 'print',
      features: [{ name: 'prefers-color-scheme', value: 'light' }],
    });
    await window.loadURL(`${origin}/`);
    return null;
  }
}

/** Answers what a printed page asks for: the book, its files, and "not found" for all else. */
export async function answerPrintRequest(
  address: string,
  html: string,
  ask: (path: string) => Promise<PrintAsset>,
): Promise<Response> {
  const url = new URL(address);
  if (url.origin !== origin) return new Response(null, { status: 403 });
  if (url.pathname === '/') {
    return new Response(html, {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': contentSecurityPolicy,
      },
    });
  }
  const asset = await ask(decodeURIComponent(url.pathname));
  if (asset === null) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(asset.bytes), { headers: { 'content-type': asset.mediaType } });
}

function found(window: BrowserWindow | undefined): BrowserWindow {
  if (window === undefined || window.isDestroyed()) throw new Error('this print was closed');
  return window;
}
