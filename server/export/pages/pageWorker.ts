import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { type PDFiumDocument, PDFiumLibrary } from '@hyzyla/pdfium';
import { encodePng } from './encodePng.ts';
import type { PageQuestion, PageReply } from './pageMessages.ts';

/** Draws pages with the engine that Chromium shows PDFs with. It holds one PDF: who looks at pages looks at many of one. */
const port = parentPort;
if (port === null) throw new Error('pageWorker runs in a worker thread');

const ready = (async () => {
  const wasm = await readFile(fileURLToPath(import.meta.resolve('@hyzyla/pdfium/pdfium.wasm')));
  return PDFiumLibrary.init({ wasmBinary: new Uint8Array(wasm).buffer });
})();
let held: { readonly key: string; readonly document: PDFiumDocument } | null = null;

async function draw({ key, pdf, page, width }: PageQuestion): Promise<PageReply> {
  if (held?.key !== key) {
    if (pdf === undefined) return { kind: 'unread' };
    const library = await ready;
    held?.document.destroy();
    held = null;
    held = { key, document: await library.loadDocument(pdf) };
  }
  if (page > held.document.getPageCount()) return { kind: 'absent' };
  const sheet = held.document.getPage(page - 1);
  const { originalWidth, originalHeight } = sheet.getOriginalSize();
  const height = Math.round((width * originalHeight) / originalWidth);
  const { data } = await sheet.render({ render: 'bitmap', width, height });
  return { kind: 'drawn', png: encodePng(width, height, data) };
}

async function answer(question: PageQuestion): Promise<void> {
  const reply = await draw(question).catch((error: unknown): PageReply => ({
    kind: 'failed',
    reason: error instanceof Error ? error.message : String(error),
  }));
  port?.postMessage(reply);
}

port.on('message', (question: PageQuestion) => {
  void answer(question);
});
