import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDict, type PDFDocument, PDFHexString, PDFName, PDFString } from 'pdf-lib';
import type { PageGeometry } from '#server/export/book/pageFormat.ts';

/** A word on a page, with its box in points. */
export interface Word {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A PDF in a folder of its own, read with poppler's tools. */
export class PdfFile {
  readonly #folder = mkdtempSync(join(tmpdir(), 'calepin-pdf-'));
  readonly path = join(this.#folder, 'book.pdf');

  constructor(bytes: Uint8Array) {
    writeFileSync(this.path, bytes);
  }

  #run(tool: string, ...options: string[]): string {
    return execFileSync(tool, options, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  }

  /** What `pdfinfo` says, by its own names. */
  info(): Record<string, string> {
    const lines = this.#run('pdfinfo', this.path).split('\n');
    return Object.fromEntries(
      lines.map((line) => [line.split(':')[0] ?? '', line.slice(line.indexOf(':') + 1).trim()]),
    );
  }

  /** Text of each page, as it is laid out. */
  pages(): string[] {
    return this.#run('pdftotext', '-layout', this.path, '-').split('\f').slice(0, -1);
  }

  /** Text of each page in the order in which it is read, spaces as one. */
  readPages(): string[] {
    const pages = this.#run('pdftotext', '-raw', this.path, '-').split('\f').slice(0, -1);
    return pages.map((page) => page.replaceAll(/[\s\u00a0\u202f]+/g, ' '));
  }

  /** The box of each word of each page, in points from the head and the left. */
  words(): Word[][] {
    const pages = this.#run('pdftotext', '-bbox', this.path, '-').split('<page ').slice(1);
    return pages.map((page) =>
      [...page.matchAll(/xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)</g)].map(
        ([, left, top, right, bottom, text]) => ({
          left: Number(left),
          top: Number(top),
          right: Number(right),
          bottom: Number(bottom),
          text: text ?? '',
        }),
      ),
    );
  }

  /** Whether each font is in the file, by its name. */
  fonts(): Record<string, boolean> {
    const lines = this.#run('pdffonts', this.path).trim().split('\n').slice(2);
    return Object.fromEntries(
      lines.map((line) => [
        line.split(/\s+/)[0] ?? '',
        /\s(yes|no)\s+(yes|no)\s+(yes|no)\s/.exec(line)?.[1] === 'yes',
      ]),
    );
  }

  /** How the pictures are stored, one word each. */
  pictureKinds(): string[] {
    const lines = this.#run('pdfimages', '-list', this.path).trim().split('\n').slice(2);
    return lines.filter((line) => / image /.test(line)).map((line) => line.trim().split(/\s+/)[8] ?? '');
  }

  /** A page as shades of grey, 0 to 255. @param dots - an inch. */
  picture(page: number, dots: number): { readonly width: number; readonly rows: readonly Uint8Array[] } {
    const options = ['-gray', '-r', String(dots), '-f', String(page), '-l', String(page), this.path];
    const bytes = execFileSync('pdftoppm', options, { maxBuffer: 64 * 1024 * 1024 });
    const head = /^P5\s(\d+)\s(\d+)\s255\s/.exec(bytes.subarray(0, 40).toString('latin1'));
    if (!head) throw new Error('not a grey picture');
    const width = Number(head[1]);
    const rows = Array.from({ length: Number(head[2]) }, (_, row) =>
      bytes.subarray(head[0].length + row * width, head[0].length + (row + 1) * width),
    );
    return { width, rows };
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** What a parser of its own finds wrong with a file. @returns no line for a sound one, or where `qpdf` is not installed. */
export function qpdfFaults(file: string): string[] {
  const { error, status, stdout, stderr } = spawnSync('qpdf', ['--check', file], { encoding: 'utf8' });
  if (error !== undefined || status === 0) return [];
  return `${stdout}${stderr}`.trim().split('\n');
}

/** Where each link of a document leads: a name inside it, or an address outside. */
export function readLinks(document: PDFDocument): { inside: string[]; outside: string[] } {
  const inside: string[] = [];
  const outside: string[] = [];
  for (const page of document.getPages()) {
    const annotations = page.node.Annots();
    for (let at = 0; at < (annotations?.size() ?? 0); at += 1) {
      const link = annotations?.lookup(at, PDFDict);
      if (link?.lookup(PDFName.of('Subtype'))?.toString() !== '/Link') continue;
      const named = link.lookup(PDFName.of('Dest'));
      const address = link.lookupMaybe(PDFName.of('A'), PDFDict)?.lookup(PDFName.of('URI'));
      if (named instanceof PDFName) inside.push(named.decodeText());
      else if (address instanceof PDFString) outside.push(address.asString());
      else throw new Error(`a link that leads nowhere: ${link.toString()}`);
    }
  }
  return { inside, outside };
}

export interface OutlineEntry {
  readonly title: string;
  readonly level: number;
}

/** The outline, depth first; level 1 is the first. */
export function readOutline(document: PDFDocument): OutlineEntry[] {
  const entries: OutlineEntry[] = [];
  const walk = (parent: PDFDict, level: number): void => {
    let entry = parent.lookupMaybe(PDFName.of('First'), PDFDict);
    while (entry) {
      const title = entry.lookup(PDFName.of('Title'));
      if (title instanceof PDFString || title instanceof PDFHexString)
        entries.push({ title: title.decodeText(), level });
      walk(entry, level + 1);
      entry = entry.lookupMaybe(PDFName.of('Next'), PDFDict);
    }
  };
  const root = document.catalog.lookupMaybe(PDFName.of('Outlines'), PDFDict);
  if (root) walk(root, 1);
  return entries;
}

const points = (millimetres: number): number => (millimetres / 25.4) * 72;

/** Words that stand outside the block of text and the margins of heads and numbers, but for the cover (page 1). */
export function outsideOf(pages: readonly Word[][], page: PageGeometry): string[] {
  const left = points(page.around + page.side - page.outward) - 1;
  const right = points(page.around + page.width - page.side + page.outward) + 1;
  const top = points(page.around);
  const bottom = points(page.around + page.height);
  return pages
    .slice(1)
    .flatMap((words, at) =>
      words
        .filter((word) => word.left < left || word.right > right || word.top < top || word.bottom > bottom)
        .map((word) => `page ${at + 2}: ${word.text}`),
    );
}

/** Pairs of words of which one lies upon the other by more than a third of its height and of its width. */
export function overlapsOf(pages: readonly Word[][]): string[] {
  return pages.flatMap((words, at) => {
    // Signs of formulas stand upon each other.
    const sorted = words.filter((word) => [...word.text].length > 1).sort((a, b) => a.top - b.top);
    return sorted.flatMap((one, first) => {
      const found: string[] = [];
      for (const other of sorted.slice(first + 1)) {
        if (other.top >= one.bottom) break;
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const down = Math.min(one.bottom, other.bottom) - other.top;
        const width = Math.min(one.right - one.left, other.right - other.left);
        const height = Math.min(one.bottom - one.top, other.bottom - other.top);
        if (across > width / 3 && down > height / 2)
          found.push(`page ${at + 1}: ${one.text} / ${other.text}`);
      }
      return found;
    });
  });
}
