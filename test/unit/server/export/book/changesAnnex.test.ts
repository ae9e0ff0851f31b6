import { expect, test } from 'vitest';
import type { NoteId } from '#shared/domain/ids.ts';
import { bookWords } from '#server/export/book/bookWords.ts';
import { changesAnnex } from '#server/export/book/changesAnnex.ts';

test('[R232] passages stand with what was removed and added apart, and those that are not quoted are counted', () => {
  const html = changesAnnex(
    {
      from: { number: 1, title: '', at: 0 },
      authors: [],
      isPartial: false,
      notes: [
        {
          id: 'a' as NoteId,
          title: 'Un',
          place: 'stayed',
          moved: null,
          text: 'changed',
          titleBefore: null,
          authors: [
            {
              name: 'Ana <3',
              added: 2,
              removed: 1,
              morePassages: 1,
              passages: [
                [
                  { text: 'La ', change: 'same' },
                  { text: 'table', change: 'removed' },
                  { text: 'grande <table> ', change: 'added' },
                ],
              ],
            },
          ],
        },
      ],
    },
    { edition: null, language: 'fr' },
    () => null,
    bookWords('fr'),
  );
  expect(html).toContain(
    '<li>«\u00a0La <del>table</del> <ins>grande &lt;table&gt;</ins>\u00a0»</li><li>et un autre passage</li>',
  );
  expect(html).toContain('<ins>en gras</ins>');
  expect(html).toContain('Ana &lt;3');
});
