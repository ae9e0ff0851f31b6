/** What a printed page asked for. */
export interface PageAsset {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/**
 * Answers what a printed page asks for.
 * @param path - decoded path of the address, beginning with `/`.
 * @returns null for what there is not; the page then gets "not found".
 */
export type AssetSource = (path: string) => Promise<PageAsset | null>;

/** One document, opened for printing. */
export interface PrintSession {
  /** Prints the document as it is now: tagged, with outline, page sizes from the style sheet. */
  print(): Promise<Uint8Array>;
  /**
   * Evaluates an expression in the document, awaiting a promise.
   * @param expression - JavaScript; its value must be JSON.
   */
  evaluate(expression: string): Promise<unknown>;
  /** Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Prints HTML as PDF. The document gets what its `AssetSource` gives and nothing else: no network, no script of its own.
 * Adapters: headless Chromium on a relay, a hidden window in the desktop.
 */
export interface PdfPrinter {
  /**
   * Opens a document, in print style, with its fonts and pictures loaded.
   * @param signal - closes the session; calls under way then fail.
   * @throws AppError `export_unavailable` when the printer cannot be started.
   */
  open(html: string, assets: AssetSource, signal: AbortSignal): Promise<PrintSession>;
}
