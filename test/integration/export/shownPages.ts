import type { Destination } from '#server/export/book/contentsNumbers.ts';

/** A list of pages that a book shows: the ids that it is of, and the one that is set in bold. */
export interface ShownList {
  readonly targets: readonly string[];
  readonly main: string | null;
}

/** The lists of pages in a book's HTML, in order. */
export function shownLists(html: string): ShownList[] {
  return [...html.matchAll(/<span class="page-list" data-targets="([^"]*)"(?: data-main="([^"]*)")?>/g)].map(
    ([, targets, main]) => ({ targets: targets?.split(' ') ?? [], main: main ?? null }),
  );
}

/** How a list of pages is written: each page once, in order, and neighbours as « 3–5 »; a page in bold stands for itself. */
export function pagesText({ targets, main }: ShownList, places: ReadonlyMap<string, Destination>): string {
  const pageOf = (id: string): number => places.get(id)?.page ?? 0;
  const bold = main === null ? 0 : pageOf(main);
  const pages = [...new Set(targets.map(pageOf))].sort((a, b) => a - b);
  const groups: number[][] = [];
  for (const page of pages) {
    const last = groups.at(-1);
    if (last && last.at(-1) === page - 1 && page !== bold && last.at(-1) !== bold) last.push(page);
    else groups.push([page]);
  }
  return groups
    .map((group) => (group.length === 1 ? `${group[0]}` : `${group[0]}–${group.at(-1)}`))
    .join(', ');
}
