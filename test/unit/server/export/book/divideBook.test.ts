import { describe, expect, it } from 'vitest';
import * as build from '#shared/document/buildContent.ts';
import { type BuiltBook, buildBook } from '#server/export/book/buildBook.ts';
import { divideBook, linkTargets, partDocument } from '#server/export/book/divideBook.ts';
import { pageGeometry } from '#server/export/book/pageFormat.ts';
import { bookContent, bookOptions } from '../../../../support/bookContent.ts';
import { bookNote } from '../../../../support/bookNote.ts';

const page = pageGeometry('a5', 'screen');

/** A carnet of notes of so many signs, each with a link to the first and to the last. */
function bookOf(...signs: number[]): BuiltBook {
  const ids = signs.map((_, at) => `note-${at}`);
  const notes = signs.map((count, at) =>
    bookNote({
      id: ids[at] ?? '',
      title: `Note ${at + 1}`,
      body: build.body(
        build.paragraph('mot '.repeat(count / 4)),
        build.paragraph(build.noteLink(ids[0] ?? ''), build.noteLink(ids.at(-1) ?? '')),
      ),
    }),
  );
  const content = bookContent({ subject: 'carnet', title: 'Carnet', notes });
  return buildBook(content, { ...bookOptions(), fontRules: '', attachmentUrl: () => null });
}

describe('a book in parts', () => {
  it('[R244] has one for each sixty pages or so, about as long as each other, and all that it has in one of them', () => {
    const built = bookOf(...Array.from({ length: 60 }, () => 10_000));
    const parts = divideBook(built, page);
    expect(parts.length).toBe(6);
    expect(parts.map((part) => part.html).join('')).toBe(built.sections.join(''));
    const lengths = parts.map((part) => part.html.length);
    expect(Math.max(...lengths)).toBeLessThan(1.3 * Math.min(...lengths));
    expect(divideBook(bookOf(10_000, 10_000), page)).toHaveLength(1);
  });

  it('does not divide a note', () => {
    const parts = divideBook(bookOf(4, 600_000, 4), page);
    expect(parts.filter((part) => part.ids.has('n2'))).toHaveLength(1);
  });

  it('keeps links inside a part, marks those out of it, and tells the pages that any part asks for', () => {
    const built = bookOf(...Array.from({ length: 60 }, () => 10_000));
    const parts = divideBook(built, page);
    const last = partDocument(built.head, parts.at(-1) ?? parts[0]!, linkTargets(built), 1);
    expect(last).toContain('<a href="#n60"></a>');
    expect(last).not.toContain(' href="#n1"');
    expect(last).toMatch(/ href="https:\/\/elsewhere\.invalid\/#n1"/);
  });

  it('counts its pages from where it begins, left and right as they come to stand', () => {
    const built = bookOf(4);
    const [part] = divideBook(built, page);
    if (!part) throw new Error('no part');
    const first = partDocument(built.head, part, [], 1);
    expect(first.startsWith(built.head)).toBe(true);
    expect(partDocument(built.head, part, [], 121)).toContain('@page:first{counter-set:page 121}</style>');
    const even = partDocument(built.head, part, [], 12);
    const sides = (html: string): string[] => html.match(/:(left|right)\{/g) ?? [];
    expect(sides(even).map((side) => (side === ':left{' ? ':right{' : ':left{'))).toEqual(sides(first));
    expect(sides(first).length).toBeGreaterThan(4);
  });
});
