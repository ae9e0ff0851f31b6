// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { bodyOf } from '../../../../shared/document/fields.ts';
import { lineNumbers } from '../../../../shared/document/lineNumbers.ts';
import { fragmentToBody, yDocToNoteContent } from '../../../../shared/document/noteContent.ts';
import { anchorOf, findPassage, linesOf, wordsOfPassage } from '../../../../shared/document/passages.ts';
import { replaceNoteContent } from '../../../../shared/document/writeContent.ts';
import type { ThreadAnchor } from '../../../../shared/domain/Thread.ts';
import { newRandom } from '../../../support/random.ts';
import { type Author, authorsOf, paragraph, type } from './editorRig.ts';

let authors: Author[] = [];
afterEach(() => {
  for (const { editor } of authors) editor.destroy();
  authors = [];
});
const two = async (...lines: string[]): Promise<[Author, Author]> => {
  authors = await authorsOf(lines.map(paragraph), ['Camille', 'Noé']);
  return authors as [Author, Author];
};

/** Takes hold of words of the text, as a reader does: nothing is written. */
function hold(author: Author, words: string): ThreadAnchor {
  const before = author.written();
  const lines = linesOf(bodyOf(author.doc));
  const line = lines.findIndex(({ text }) => text.includes(words));
  const offset = lines[line]!.text.indexOf(words);
  const anchor = anchorOf(lines, {
    start: { line, offset },
    end: { line, offset: offset + words.length },
  })!;
  expect([anchor.quote, author.written()]).toEqual([words.trim(), before]);
  return anchor;
}
const found = (doc: Y.Doc, anchor: ThreadAnchor): string | null => {
  const lines = linesOf(bodyOf(doc));
  const passage = findPassage(doc, lines, anchor);
  return passage === null ? null : wordsOfPassage(lines, passage);
};
/** What both find, which must be the same. */
const both = (anchor: ThreadAnchor): string | null => {
  const [camille, noe] = authors.map(({ doc }) => found(doc, anchor));
  expect(noe).toBe(camille);
  return camille ?? null;
};

/** Where words begin in the editor. */
function placeOf({ editor }: Author, words: string): number {
  let at = -1;
  editor.state.doc.descendants((node, position) => {
    const index = node.isTextblock ? node.textContent.indexOf(words) : -1;
    if (index >= 0) at = position + 1 + index;
    return at < 0;
  });
  if (at < 0) throw new Error(`« ${words} » is not there`);
  return at;
}
const caret = (author: Author, at: number) => author.editor.commands.setTextSelection(at);
const select = (author: Author, from: number, to: number) =>
  author.editor.commands.setTextSelection({ from, to });

/** Cuts the block that stands around a place, and pastes it before the first. */
function moveToTop({ editor }: Author, at: number): void {
  const $at = editor.state.doc.resolve(at);
  const [from, to] = [$at.before(1), $at.after(1)];
  const block = editor.state.doc.slice(from, to);
  editor.view.dispatch(editor.state.tr.delete(from, to));
  editor.view.dispatch(editor.state.tr.insert(0, block.content));
}

const text = ['Le jardin des voisins ouvre en mai.', 'On y vient à pied, avec ses outils.', 'Merci à tous.'];
const words = 'vient à pied';

describe('a passage that somebody speaks of', () => {
  it('follows its letters while others write before it, in it and after it', async () => {
    const [camille, noe] = await two(...text);
    const anchor = hold(noe, words);
    caret(camille, 1);
    type(camille, 'Bientôt : ');
    caret(camille, placeOf(camille, 'On y'));
    type(camille, 'Alors ');
    expect(both(anchor)).toBe(words);
    caret(camille, placeOf(camille, 'pied'));
    type(camille, 'beau ');
    caret(camille, placeOf(camille, ', avec'));
    type(camille, ' (ou à vélo)');
    expect(both(anchor)).toBe('vient à beau pied');
    select(camille, placeOf(camille, 'vient'), placeOf(camille, 'à beau'));
    camille.editor.commands.deleteSelection();
    expect(both(anchor)).toBe('à beau pied');
  });

  it.each([
    [
      'its block is split before it',
      (a: Author) => caret(a, placeOf(a, 'vient')) && a.editor.commands.splitBlock(),
    ],
    [
      'its block is split in it',
      (a: Author) => caret(a, placeOf(a, 'à pied')) && a.editor.commands.splitBlock(),
    ],
    [
      'its block becomes a heading',
      (a: Author) => caret(a, placeOf(a, 'vient')) && a.editor.commands.setNode('heading', { level: 2 }),
    ],
    [
      'its block becomes an item of a list',
      (a: Author) => caret(a, placeOf(a, 'vient')) && a.editor.commands.toggleBulletList(),
    ],
    ['its block is cut and pasted elsewhere', (a: Author) => moveToTop(a, placeOf(a, 'vient'))],
    [
      'it is deleted, and that is undone',
      (a: Author) => {
        select(a, placeOf(a, 'vient'), placeOf(a, ', avec'));
        a.editor.commands.deleteSelection();
        a.editor.commands.undo();
      },
    ],
  ])('is found when %s', async (_name, act) => {
    const [camille, noe] = await two(...text);
    const anchor = hold(noe, words);
    act(camille);
    expect(both(anchor)).toBe(words);
  });

  it('is found when an earlier version is restored', async () => {
    const [camille, noe] = await two(...text);
    const version = yDocToNoteContent(camille.doc);
    const anchor = hold(noe, words);
    camille.editor.commands.setContent({
      type: 'doc',
      content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Autre chose.' }] }],
    });
    expect(both(anchor)).toBeNull();
    replaceNoteContent(camille.doc, version);
    expect(both(anchor)).toBe(words);
  });

  it('of equal words it is the nearest; where nothing tells which, it is not guessed', async () => {
    const same = 'La clé du cabanon, oui.';
    const [camille, noe] = await two(same, 'Un.', same, 'Deux.', 'Oui.', 'Oui.');
    const lines = linesOf(bodyOf(noe.doc));
    const whole = (line: number) =>
      anchorOf(lines, { start: { line, offset: 0 }, end: { line, offset: lines[line]!.text.length } })!;
    const [third, fifth] = [whole(2), whole(4)];
    const startOf = (block: number): number => {
      let at = 1;
      for (let one = 0; one < block; one += 1) at += camille.editor.state.doc.child(one).nodeSize;
      return at;
    };
    const place = (anchor: ThreadAnchor) =>
      authors.map(({ doc }) => findPassage(doc, linesOf(bodyOf(doc)), anchor)?.start);
    for (const [block, length] of [
      [2, same.length],
      [4, 4],
    ] as const) {
      select(camille, startOf(block), startOf(block) + length);
      camille.editor.commands.deleteSelection();
      camille.editor.commands.undo();
    }
    const there = { line: 2, offset: 0 };
    expect(place(third)).toEqual([there, there]);
    expect(place(fifth)).toEqual([undefined, undefined]);
    caret(camille, startOf(2));
    camille.editor.commands.setNode('heading', { level: 2 });
    expect(place(third)).toEqual([undefined, undefined]);
  });

  it('is gone with its words, and what is no position of this note harms nobody', async () => {
    const [camille, noe] = await two(...text);
    const anchor = hold(noe, words);
    select(camille, placeOf(camille, 'vient'), placeOf(camille, ', avec'));
    camille.editor.commands.deleteSelection();
    expect(both(anchor)).toBeNull();
    for (const start of ['AAAA', '____', 'AP__________', 'A'.repeat(120)])
      expect(both({ start, end: start, quote: 'jamais écrit' })).toBeNull();
  });

  it('numbers the lines of a body in the same order as the document', async () => {
    const [camille] = await two(...text, '');
    const numbers = lineNumbers(fragmentToBody(bodyOf(camille.doc)));
    expect([...numbers].map(([node]) => node.content?.map((one) => one.text).join(''))).toEqual(
      linesOf(bodyOf(camille.doc)).map((line) => line.text),
    );
  });

  it('is found by both, whatever two people do around it', async () => {
    const seeds = Array.from({ length: 12 }, (_, at) => at + 1);
    for (const seed of seeds) {
      const random = newRandom(seed);
      const [camille, noe] = await two(...text);
      const anchor = hold(noe, words);
      const version = yDocToNoteContent(camille.doc);
      const history: string[] = [];
      const acts: Record<string, (author: Author) => void> = {
        before: (a) => {
          caret(a, placeOf(a, 'vient'));
          type(a, random.pick(['alors ', 'donc ', 'x']));
        },
        after: (a) => {
          const first = a.editor.state.doc.firstChild!;
          caret(a, 1 + random.int(first.content.size > 0 && !first.textContent.includes('vient') ? 2 : 1));
          type(a, 'é');
        },
        split: (a) => {
          caret(a, placeOf(a, 'vient'));
          a.editor.commands.splitBlock();
        },
        heading: (a) => {
          caret(a, placeOf(a, 'vient'));
          a.editor.commands.toggleHeading({ level: random.pick([1, 2, 3]) });
        },
        move: (a) => moveToTop(a, placeOf(a, 'vient')),
        remove: (a) => {
          select(a, placeOf(a, 'vient'), placeOf(a, 'vient') + words.length);
          a.editor.commands.deleteSelection();
          a.editor.commands.undo();
        },
        restore: (a) => replaceNoteContent(a.doc, version),
      };
      for (let step = 0; step < 15; step += 1) {
        const name = random.pick(Object.keys(acts));
        history.push(name);
        acts[name]!(random.pick([camille, noe]));
        expect(both(anchor), `seed ${seed}: ${history.join(', ')}`).toContain(words);
      }
      for (const { editor } of authors) editor.destroy();
    }
  });
});
