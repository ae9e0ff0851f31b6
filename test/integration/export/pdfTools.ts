import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFArray, PDFDict, type PDFDocument, PDFHexString, PDFName, PDFString } from 'pdf-lib';

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

  /** How the pictures are stored, one word each. */
  pictureKinds(): string[] {
    const lines = this.#run('pdfimages', '-list', this.path).trim().split('\n').slice(2);
    return lines.filter((line) => / image /.test(line)).map((line) => line.trim().split(/\s+/)[8] ?? '');
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
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

/** Number of marked pieces directly under the structure's root: more than none means that the tags are there. */
export function structureSize(document: PDFDocument): number {
  const kids = document.catalog.lookupMaybe(PDFName.of('StructTreeRoot'), PDFDict)?.lookup(PDFName.of('K'));
  return kids instanceof PDFArray ? kids.size() : kids ? 1 : 0;
}
