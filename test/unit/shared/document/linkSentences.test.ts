import { expect, test } from 'vitest';
import { extractLinkSentences } from '#shared/document/linkSentences.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';

const words = (text: string): BodyNode => ({ type: 'text', text });
const link = (noteId: string, text: string | null = null): BodyNode => ({
  type: 'noteLink',
  attrs: { noteId, text },
});
const body = (...paragraphs: BodyNode[][]): BodyNode => ({
  type: 'doc',
  content: paragraphs.map((content) => ({ type: 'paragraph', content })),
});
const read = (one: BodyNode): Record<string, string> =>
  Object.fromEntries(
    [...extractLinkSentences(one, 'fr')].map(([id, around]) => [
      id,
      around.replace('\u0001', '[').replace('\u0002', ']'),
    ]),
  );

test('gives the sentence of each link, the first of a note, with the link’s own words marked', () => {
  expect(
    read(
      body(
        [
          words('Le puits est creusé. On relira '),
          link('eau', 'la note sur l’eau'),
          words(' avant mai. Merci.'),
        ],
        [words('Encore '), link('eau'), words('.')],
        [link('sol')],
      ),
    ),
  ).toEqual({ eau: 'On relira [la note sur l’eau] avant mai.', sol: '[]' });
});

test('of a link without words nothing is said in its place, and other links keep their own words alone', () => {
  expect(read(body([words('Voir '), link('eau'), words(' et '), link('sol', 'le sol'), words('.')]))).toEqual(
    {
      eau: 'Voir [] et le sol.',
      sol: 'Voir … et [le sol].',
    },
  );
});

test('a link at the end of its text has the sentence before it', () => {
  expect(read(body([words('Un. Deux mène à '), link('eau')]))).toEqual({ eau: 'Deux mène à []' });
});

test('a sentence without end is cut between words, on both sides of its link', () => {
  const long = 'beaucoup de mots '.repeat(40);
  const around = read(body([words(long), link('eau', 'ici'), words(` ${long}`)]))['eau']!;
  expect(around).toMatch(/^…(mots|de|beaucoup) .*\[ici\] beaucoup .*(mots|de|beaucoup)…$/);
  expect(around.length).toBeLessThan(260);
});
