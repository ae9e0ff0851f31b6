import { PDFArray, PDFDict, PDFDocument, PDFName, PDFNumber, PDFRef } from 'pdf-lib';

/** Where a link target came to stand. */
export interface Destination {
  /** Counted from 1. */
  readonly page: number;
  /** Distance from the foot of the page, in points. */
  readonly top: number;
}

/**
 * Reads where the targets of links came to stand. Chromium writes one entry for each element id that some link of the
 * document names, and for no other.
 * @param pdf - as printed by Chromium.
 * @returns the opened document, the destinations by element id, and the number of pages.
 */
export async function readDestinations(
  pdf: Uint8Array,
): Promise<{ document: PDFDocument; destinations: Map<string, Destination>; pages: number }> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  const pages = document.getPages();
  const numbers = new Map(pages.map((page, at) => [page.ref.toString(), at + 1]));
  const destinations = new Map<string, Destination>();
  const dictionary = document.catalog.lookupMaybe(PDFName.of('Dests'), PDFDict);
  for (const [name, value] of dictionary?.entries() ?? []) {
    const target = document.context.lookup(value);
    const place = target instanceof PDFDict ? target.lookupMaybe(PDFName.of('D'), PDFArray) : target;
    if (!(place instanceof PDFArray)) continue;
    const page = place.get(0);
    const top = place.get(3);
    const number = page instanceof PDFRef ? numbers.get(page.toString()) : undefined;
    if (number !== undefined) {
      destinations.set(name.decodeText(), {
        page: number,
        top: top instanceof PDFNumber ? top.asNumber() : 0,
      });
    }
  }
  return { document, destinations, pages: pages.length };
}

/** True when every target stands on the page that was written for it. */
export function samePages(
  now: ReadonlyMap<string, Destination>,
  written: Readonly<Record<string, number>>,
): boolean {
  const pages = Object.entries(written);
  return now.size === pages.length && pages.every(([name, page]) => now.get(name)?.page === page);
}
