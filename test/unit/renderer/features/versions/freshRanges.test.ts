import { expect, test } from 'vitest';
import { markRanges } from '#shared/document/markRanges.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { freshRanges } from '../../../../../renderer/features/versions/freshRanges.ts';

const p = (value: string): BodyNode =>
  value === '' ? { type: 'paragraph' } : { type: 'paragraph', content: [{ type: 'text', text: value }] };
const list = (...items: string[]): BodyNode => ({
  type: 'bulletList',
  content: items.map((item) => ({ type: 'listItem', content: [p(item)] })),
});
const doc = (...content: BodyNode[]): BodyNode => ({ type: 'doc', content });

/** What is fresh, in brackets. */
function shown(before: BodyNode, after: BodyNode): string[] {
  const ranges = freshRanges(before, after).map((range) => ({ ...range, mark: { type: 'authored' } }));
  const lines: string[] = [];
  const visit = (node: BodyNode): void => {
    const texts = (node.content ?? []).filter((child) => child.text !== undefined);
    if (texts.length > 0)
      lines.push(texts.map(({ text, marks }) => (marks === undefined ? text : `[${text}]`)).join(''));
    else for (const child of node.content ?? []) visit(child);
  };
  visit(markRanges(after, ranges));
  return lines;
}

test('letters that were typed are fresh, in a paragraph or in a list', () => {
  expect(shown(doc(p('Le comité')), doc(p('Le grand comité')))).toEqual(['Le [grand ]comité']);
  expect(shown(doc(list('Seau', 'Cor')), doc(list('Seau', 'Corde')))).toEqual(['Seau', 'Cor[de]']);
  expect(shown(doc(p('')), doc(p('A')))).toEqual(['[A]']);
});

test('a new paragraph is fresh, its neighbours are not', () => {
  expect(shown(doc(p('un'), p('trois')), doc(p('un'), p('deux'), p('trois')))).toEqual([
    'un',
    '[deux]',
    'trois',
  ]);
});

test('what was removed leaves nothing fresh, nor does what stayed', () => {
  expect(shown(doc(p('Le grand comité')), doc(p('Le comité')))).toEqual(['Le comité']);
  expect(shown(doc(p('un'), p('deux')), doc(p('deux')))).toEqual(['deux']);
  expect(freshRanges(doc(p('un')), doc(p('un')))).toEqual([]);
});

test('two hands in two paragraphs are two stretches', () => {
  expect(shown(doc(p('un'), p('milieu'), p('deux')), doc(p('un!'), p('milieu'), p('deux?')))).toEqual([
    'un[!]',
    'milieu',
    'deux[?]',
  ]);
});
