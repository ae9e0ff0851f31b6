import { expect, test } from 'vitest';
import * as build from '#shared/document/buildContent.ts';
import { markRanges } from '#shared/document/markRanges.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { foundRanges, type WantedWords } from '../../../../../renderer/features/versions/past/foundRanges.ts';

/** The lines of a body, with what was found in brackets, and the chosen passage in braces. */
function shown(body: BodyNode, wanted: WantedWords): string[] {
  const ranges = foundRanges(body, wanted).map(({ from, to, isChosen }) => ({
    from,
    to,
    mark: { type: 'found', attrs: { isChosen } },
  }));
  const lines: string[] = [];
  const visit = (node: BodyNode): void => {
    const texts = (node.content ?? []).filter((child) => child.text !== undefined);
    if (texts.length === 0) for (const child of node.content ?? []) visit(child);
    else
      lines.push(
        texts
          .map(({ text, marks }) => {
            const mark = marks?.find(({ type }) => type === 'found');
            return mark === undefined ? text : mark.attrs?.['isChosen'] === true ? `{${text}}` : `[${text}]`;
          })
          .join(''),
      );
  };
  visit(markRanges(body, ranges));
  return lines;
}

const list = (...items: string[]): BodyNode => ({
  type: 'bulletList',
  content: items.map((item) => ({ type: 'listItem', content: [build.paragraph(item)] })),
});

test('words are found in any block, whatever their capitals, accents and formatting', () => {
  const bold: BodyNode = { type: 'text', text: 'Éta', marks: [{ type: 'bold' }] };
  const body = build.body(
    { type: 'paragraph', content: [{ type: 'text', text: 'L’' }, bold, { type: 'text', text: 'ng gelé' }] },
    list('Rien', 'Un étang et un ETANG'),
  );
  expect(shown(body, { text: 'etang', before: null })).toEqual([
    'L’[Éta][ng] gelé',
    'Rien',
    'Un [étang] et un [ETANG]',
  ]);
});

test('the passage that was chosen is told from another that says the same', () => {
  const body = build.body(build.paragraph('Un banc vert.'), build.paragraph('Près du mur, un banc.'));
  expect(shown(body, { text: 'banc', before: 'Près du mur, un ' })).toEqual([
    'Un [banc] vert.',
    'Près du mur, un {banc}.',
  ]);
});

test('what stands in the line and is not text keeps its place', () => {
  const body = build.body({
    type: 'paragraph',
    content: [{ type: 'text', text: 'Un' }, { type: 'hardBreak' }, { type: 'text', text: 'banc' }],
  });
  expect(shown(body, { text: 'banc', before: null })).toEqual(['Un[banc]']);
});
