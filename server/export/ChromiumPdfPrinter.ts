import type { Browser, BrowserContext, Page, Route } from 'playwright-core';
import { AppError } from '#shared/api/errorCodes.ts';
import type { AssetSource, PdfPrinter, PrintSession } from './PdfPrinter.ts';

/** A name that resolves nowhere (RFC 6761): a request that escaped could reach nothing. */
const origin = 'https://book.invalid';

const contentSecurityPolicy =
  "default-src 'none'; script-src 'none'; style-src 'unsafe-inline'; img-src 'self' blob:; font-src 'self'; base-uri 'none'";

const launchArguments = [
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-extensions',
  '--disable-sync',
  '--no-first-run',
  '--mute-audio',
];

export interface ChromiumPdfPrinterOptions {
  /** Path of the Chromium to start. */
  readonly executablePath: string;
  /** Longest time for one step (loading, one print), in ms; 120,000 by default. Less fails on very long carnets. */
  readonly stepTimeoutMs?: number;
}

/** Prints with a headless Chromium, started for the first document that is open and ended with the last. */
export class ChromiumPdfPrinter implements PdfPrinter {
  readonly #options: ChromiumPdfPrinterOptions;
  #browser: Promise<Browser> | null = null;
  #open = 0;

  constructor(options: ChromiumPdfPrinterOptions) {
    this.#options = options;
  }

  async open(html: string, assets: AssetSource, signal: AbortSignal): Promise<PrintSession> {
    signal.throwIfAborted();
    this.#open += 1;
    let context: BrowserContext | null = null;
    let closing: Promise<void> | null = null;
    const close = (): Promise<void> => {
      signal.removeEventListener('abort', abort);
      closing ??= this.#leave(context);
      return closing;
    };
    const abort = (): void => void close();
    signal.addEventListener('abort', abort, { once: true });
    try {
      context = await this.#newContext();
      signal.throwIfAborted();
      return new ChromiumPrintSession(await this.#load(context, html, assets), close);
    } catch (error) {
      await close();
      await context?.close().catch(() => undefined);
      signal.throwIfAborted();
      throw error;
    }
  }

  async #newContext(): Promise<BrowserContext> {
    this.#browser ??= this.#launch();
    const browser = await this.#browser;
    return await browser.newContext({ offline: false, serviceWorkers: 'block', acceptDownloads: false });
  }

  /** Ends a document, and Chromium when it was the last. */
  async #leave(context: BrowserContext | null): Promise<void> {
    this.#open -= 1;
    if (this.#open > 0) return await context?.close().catch(() => undefined);
    const browser = this.#browser;
    this.#browser = null;
    await browser?.then((one) => one.close()).catch(() => undefined);
  }

  async #launch(): Promise<Browser> {
    try {
      const { chromium } = await import('playwright-core');
      // The system's sandbox cannot be used by root, as which containers often run.
      const root = process.getuid?.() === 0;
      return await chromium.launch({
        executablePath: this.#options.executablePath,
        headless: true,
        chromiumSandbox: !root,
        args: launchArguments,
        handleSIGINT: false,
        handleSIGTERM: false,
        handleSIGHUP: false,
        timeout: 30_000,
      });
    } catch (cause) {
      throw new AppError('export_unavailable', 'Chromium could not be started', { cause });
    }
  }

  async #load(context: BrowserContext, html: string, assets: AssetSource): Promise<Page> {
    context.setDefaultTimeout(this.#options.stepTimeoutMs ?? 120_000);
    const page = await context.newPage();
    await context.route('**/*', (route) => answer(route, html, assets));
    await page.emulateMedia({ media: 'print', colorScheme: 'light' });
    await page.goto(`${origin}/`, { waitUntil: 'load' });
    return page;
  }
}

async function answer(route: Route, html: string, assets: AssetSource): Promise<void> {
  try {
    const url = new URL(route.request().url());
    if (url.origin !== origin) return await route.abort('blockedbyclient');
    if (url.pathname === '/') {
      const headers = { 'content-security-policy': contentSecurityPolicy };
      return await route.fulfill({
        status: 200,
        contentType: 'text/html; charset=utf-8',
        headers,
        body: html,
      });
    }
    const asset = await assets(decodeURIComponent(url.pathname));
    if (asset === null) return await route.fulfill({ status: 404, body: '' });
    return await route.fulfill({ status: 200, contentType: asset.mediaType, body: Buffer.from(asset.bytes) });
  } catch {
    // An asset that cannot be read shows as missing; a page that is closed needs no answer.
    await route.abort('failed').catch(() => undefined);
  }
}

class ChromiumPrintSession implements PrintSession {
  readonly #page: Page;
  readonly #close: () => Promise<void>;

  constructor(page: Page, close: () => Promise<void>) {
    this.#page = page;
    this.#close = close;
  }

  async print(): Promise<Uint8Array> {
    return await this.#page.pdf({
      preferCSSPageSize: true,
      printBackground: true,
      tagged: true,
      outline: true,
    });
  }

  async evaluate(expression: string): Promise<unknown> {
    return await this.#page.evaluate(expression);
  }

  async close(): Promise<void> {
    await this.#close();
  }
}
