import type { Destination } from './contentsNumbers.ts';

/** A part of a book as it was last printed. */
export interface PrintedPart {
  /** Where things stand, counted from the first page of the part. */
  readonly destinations: ReadonlyMap<string, Destination>;
  readonly pages: number;
  /** Ids of what it had blank pages before. */
  readonly blanks: readonly string[];
  /** Ids of what begins on a right page, in order. */
  readonly rectos: readonly string[];
}

/** Which pages a part gets. */
export interface PartPlace {
  /** Number of its first page. */
  readonly start: number;
  /** Ids of what blank pages stand before. */
  readonly blanks: readonly string[];
}

/** Tells on which page everything comes to stand once the parts follow one another and what begins on a right page does so. */
export function placePages(parts: readonly PrintedPart[]): {
  readonly places: readonly PartPlace[];
  /** Number of the page by id. */
  readonly pages: ReadonlyMap<string, number>;
} {
  const pages = new Map<string, number>();
  const places: PartPlace[] = [];
  let start = 1;
  for (const part of parts) {
    const blankPages = part.blanks.flatMap((id) => part.destinations.get(id)?.page ?? []);
    /** Pages before something, without blank ones. */
    const before = (page: number): number => page - 1 - blankPages.filter((blank) => blank <= page).length;
    const blanks: string[] = [];
    const added: number[] = [];
    for (const id of part.rectos) {
      const at = part.destinations.get(id)?.page;
      if (at === undefined || (start + before(at) + blanks.length) % 2 === 1) continue;
      blanks.push(id);
      added.push(before(at));
    }
    for (const [id, { page }] of part.destinations)
      pages.set(id, start + before(page) + added.filter((blank) => blank <= before(page)).length);
    places.push({ start, blanks });
    start += part.pages - part.blanks.length + blanks.length;
  }
  return { places, pages };
}
