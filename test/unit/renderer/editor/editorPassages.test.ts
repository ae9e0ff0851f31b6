// @vitest-environment jsdom
import { afterEach, expect, it } from 'vitest';
import { bodyOf } from '../../../../shared/document/fields.ts';
import { linesOf, wordsOfPassage } from '../../../../shared/document/passages.ts';
import type { BodyNode } from '../../../../shared/document/noteContent.ts';
import { editorPassage, editorRangeOf } from '../../../../renderer/editor/editorPassages.ts';
import { type Author, authorsOf, paragraph } from './editorRig.ts';

let authors: Author[] = [];
afterEach(() => {
  for (const { editor } of authors) editor.destroy();
  authors = [];
});

const text = (words: string): BodyNode => ({ type: 'text', text: words });
const footnote: BodyNode = { type: 'footnote', content: [text('au fond, dans une note')] };

it('what is chosen in the editor is the same passage in the document, behind notes and breaks too', async () => {
  authors = await authorsOf(
    [
      paragraph(''),
      {
        type: 'paragraph',
        content: [text('Avec'), footnote, text(' des mots'), { type: 'hardBreak' }, text('fin')],
      },
      paragraph('Dernière ligne'),
    ],
    ['Camille'],
  );
  const [{ editor, doc }] = authors as [Author];
  const wanted = ['des mots', 'mots fin', 'fin Dernière', 'Avec'];
  for (const words of wanted) {
    const [first, last] = [words.split(' ')[0]!, words.split(' ').at(-1)!];
    let from = -1;
    let to = -1;
    editor.state.doc.descendants((node, position) => {
      const begins = node.isText ? node.text!.indexOf(first) : -1;
      const ends = node.isText ? node.text!.indexOf(last) : -1;
      if (begins >= 0 && from < 0) from = position + begins;
      if (ends >= 0 && to < 0) to = position + ends + last.length;
    });
    editor.commands.setTextSelection({ from, to });
    const passage = editorPassage(editor)!;
    expect(wordsOfPassage(linesOf(bodyOf(doc)), passage)).toBe(words);
    const range = editorRangeOf(editor, passage)!;
    expect(range.toString()).toBe(words.replaceAll(' ', words === 'des mots' ? ' ' : ''));
  }
  editor.commands.setTextSelection(1);
  expect(editorPassage(editor)).toBeNull();
  expect(editorRangeOf(editor, { start: { line: 9, offset: 0 }, end: { line: 9, offset: 1 } })).toBeNull();
});
