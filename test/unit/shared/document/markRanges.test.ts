import { expect, test } from 'vitest';
import { markRanges, positionsOf } from '#shared/document/markRanges.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { bodyToProseMirror } from '#shared/document/writeContent.ts';

const text = (value: string, ...marks: string[]): BodyNode =>
  marks.length === 0
    ? { type: 'text', text: value }
    : { type: 'text', text: value, marks: marks.map((type) => ({ type })) };
const p = (...content: BodyNode[]): BodyNode => ({ type: 'paragraph', content });
const doc = (...content: BodyNode[]): BodyNode => ({ type: 'doc', content });
const by = (person: string) => ({ type: 'authored', attrs: { person } });

const rich = doc(
  { type: 'heading', attrs: { level: 2 }, content: [text('Été')] },
  p(text('un '), text('deux', 'bold'), { type: 'hardBreak' }, text('trois')),
  { type: 'horizontalRule' },
  {
    type: 'bulletList',
    content: [{ type: 'listItem', content: [p(text('quatre')), p()] }],
  },
  p(text('cinq'), { type: 'footnote', content: [text('six')] }, text('sept')),
);

test('counts positions as ProseMirror does', () => {
  const body = bodyToProseMirror(rich);
  expect((rich.content ?? []).map(positionsOf)).toEqual(body.children.map((node) => node.nodeSize));
});

test('marks the same letters that ProseMirror finds at these positions', () => {
  const body = bodyToProseMirror(rich);
  body.descendants((node, at) => {
    if (!node.isText) return true;
    const marked = markRanges(rich, [{ from: at + 1, to: at + node.nodeSize, mark: by('a') }]);
    const found: string[] = [];
    const visit = (one: BodyNode): void => {
      if (one.marks?.some(({ type }) => type === 'authored') === true) found.push(one.text ?? '');
      for (const child of one.content ?? []) visit(child);
    };
    visit(marked);
    expect(found.join('')).toBe(body.textBetween(at + 1, at + node.nodeSize));
    return false;
  });
});

test('cuts a text where a stretch begins and ends, over several texts and blocks, and leaves the rest as it is', () => {
  const body = doc(p(text('abc'), text('def', 'bold')), p(text('ghi')), p(text('jkl')));
  const marked = markRanges(body, [
    { from: 2, to: 6, mark: by('a') },
    { from: 6, to: 11, mark: by('b') },
  ]);
  expect(marked).toEqual(
    doc(
      p(
        text('a'),
        { ...text('bc'), marks: [by('a')] },
        { ...text('de'), marks: [{ type: 'bold' }, by('a')] },
        { ...text('f'), marks: [{ type: 'bold' }, by('b')] },
      ),
      p({ ...text('gh'), marks: [by('b')] }, text('i')),
      p(text('jkl')),
    ),
  );
  expect(marked.content?.[2]).toBe(body.content?.[2]);
  expect(markRanges(body, [])).toBe(body);
});
