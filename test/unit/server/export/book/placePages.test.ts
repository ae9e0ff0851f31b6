import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placePages, type PrintedPart } from '#server/export/book/placePages.ts';

/** A part as Chromium would print it. @param blanks - ids before which a blank page stands. */
function printed(
  sections: readonly { id: string; pages: number; recto: boolean }[],
  blanks: string[],
): PrintedPart {
  const destinations = new Map<string, { page: number; top: number }>();
  let page = 1;
  for (const { id, pages } of sections) {
    if (blanks.includes(id)) page += 1;
    destinations.set(id, { page, top: 0 });
    page += pages;
  }
  const rectos = sections.filter((section) => section.recto).map((section) => section.id);
  return { destinations, pages: page - 1, blanks, rectos };
}

test('parts follow one another, and what begins on a right page gets a blank one before it where it would not', () => {
  const parts = [
    printed(
      [
        { id: 'a', pages: 2, recto: true },
        { id: 'b', pages: 3, recto: true },
      ],
      [],
    ),
    printed(
      [
        { id: 'c', pages: 1, recto: true },
        { id: 'd', pages: 1, recto: false },
        { id: 'e', pages: 1, recto: true },
      ],
      ['e'],
    ),
  ];
  const { places, pages } = placePages(parts);
  expect(places).toEqual([
    { start: 1, blanks: [] },
    { start: 6, blanks: ['c'] },
  ]);
  expect(Object.fromEntries(pages)).toEqual({ a: 1, b: 3, c: 7, d: 8, e: 9 });
});

test('printed as it says, everything stands where it says, whatever blank pages were there before', () => {
  const section = fc.record({
    pages: fc.integer({ min: 1, max: 4 }),
    recto: fc.boolean(),
    hadBlank: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(fc.array(section, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
      (book) => {
        const parts = book.map((part, at) => part.map((one, index) => ({ ...one, id: `s${at}-${index}` })));
        const first = placePages(
          parts.map((part) =>
            printed(
              part,
              part.filter((one) => one.recto && one.hadBlank).map((one) => one.id),
            ),
          ),
        );
        const again = parts.map((part, at) => printed(part, [...(first.places[at]?.blanks ?? [])]));
        expect(placePages(again)).toEqual(first);
        let start = 1;
        for (const [at, part] of again.entries()) {
          expect(first.places[at]?.start).toBe(start);
          for (const [id, { page }] of part.destinations) expect(first.pages.get(id)).toBe(start + page - 1);
          start += part.pages;
        }
        const rectos = parts.flat().filter((one) => one.recto);
        expect(rectos.filter((one) => (first.pages.get(one.id) ?? 0) % 2 === 0)).toEqual([]);
      },
    ),
  );
});
