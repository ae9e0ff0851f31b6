import { expect, test } from 'vitest';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { quotedPassages } from '#shared/document/compare/quotedPassages.ts';

const text = (words: string, change?: 'added' | 'removed', person: string | null = 'ana'): BodyNode => ({
  type: 'text',
  text: words,
  ...(change === undefined ? {} : { marks: [{ type: change, attrs: { person, number: 1 } }] }),
});
const body = (...lines: BodyNode[][]): BodyNode => ({
  type: 'doc',
  content: lines.map((content) => ({ type: 'paragraph', content })),
});
const shown = (found: ReturnType<typeof quotedPassages>, person: string | null): string[] =>
  (found.get(person) ?? []).map((passage) =>
    passage
      .map((part) =>
        part.change === 'same' ? part.text : part.change === 'added' ? `+${part.text}+` : `-${part.text}-`,
      )
      .join(''),
  );

test('each person’s changes stand between the words beside them, without what others did', () => {
  const found = quotedPassages({
    title: [
      { text: 'Nos ', change: 'added', person: 'ana' },
      { text: 'jardins', change: 'same', person: null },
    ],
    body: body(
      [text('Rien ici.')],
      [
        text('Un deux trois quatre cinq six sept '),
        text('huit', 'removed'),
        text('neuf', 'added'),
        text(' dix onze douze treize quatorze quinze seize dix-sept dix-huit '),
        text('vingt', 'added', 'tom'),
        text(' fin'),
      ],
    ),
  });
  expect(shown(found, 'ana')).toEqual([
    '+Nos +jardins',
    '… quatre cinq six sept -huit-+neuf+ dix onze douze …',
  ]);
  expect(shown(found, 'tom')).toEqual(['… quinze seize dix-sept dix-huit +vingt+ fin']);
});

test('what is long is cut between words, and what changed no word is not told', () => {
  const long = 'mot '.repeat(200);
  const found = quotedPassages({
    title: [],
    body: body([text(long, 'added', null)], [text(' ', 'removed', 'ana')]),
  });
  const [only] = found.get(null)?.[0] ?? [];
  expect(only?.text).toMatch(/^(mot )+mot…$/);
  expect(only?.text.length).toBeLessThan(250);
  expect(found.has('ana')).toBe(false);
});
