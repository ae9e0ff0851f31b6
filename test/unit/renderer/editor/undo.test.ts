// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { titleOf } from '../../../../shared/document/fields.ts';
import { fieldOrigin, undoManagerOf } from '../../../../renderer/editor/collaboration/NoteUndoManager.ts';
import { type Author, authorsOf, linesOf, paragraph, type } from './editorRig.ts';

let authors: Author[] = [];
afterEach(() => {
  for (const { editor } of authors) editor.destroy();
  authors = [];
});

async function twoAuthors(...lines: string[]): Promise<[Author, Author]> {
  authors = await authorsOf(lines.map(paragraph), ['Camille', 'Noé']);
  return authors as [Author, Author];
}

/** Puts the caret at the end of a block. */
function caretAtEndOf({ editor }: Author, block: number): void {
  let at = 0;
  for (let index = 0; index <= block; index += 1) at += editor.state.doc.child(index).nodeSize;
  editor.commands.setTextSelection(at - 1);
}

describe('undo', () => {
  it('takes back a sentence as one step though a colleague types and moves their caret meanwhile', async () => {
    const [camille, noe] = await twoAuthors('', '');
    caretAtEndOf(camille, 0);
    caretAtEndOf(noe, 1);
    const sentence = 'Une phrase entière';
    for (const letter of sentence) {
      type(camille, letter);
      type(noe, 'x');
      // What follows a remote change in a real window: the carets of the others are drawn again.
      camille.editor.view.dispatch(camille.editor.state.tr.setMeta('carets', true));
    }
    expect(linesOf(camille)).toEqual([sentence, 'x'.repeat(sentence.length)]);
    expect(undoManagerOf(camille.doc).undoStack.length).toBe(1);
    camille.editor.commands.undo();
    expect(linesOf(camille)).toEqual(['', 'x'.repeat(sentence.length)]);
    expect(linesOf(noe)).toEqual(linesOf(camille));
  });

  it('takes back only one’s own words', async () => {
    const [camille, noe] = await twoAuthors('Début');
    caretAtEndOf(camille, 0);
    type(camille, ' de Camille');
    caretAtEndOf(noe, 0);
    type(noe, ' et de Noé');
    camille.editor.commands.undo();
    expect(linesOf(noe)).toEqual(['Début et de Noé']);
  });

  it('begins a step at each sentence', async () => {
    const [camille] = await twoAuthors('');
    caretAtEndOf(camille, 0);
    type(camille, 'Un. Deux. ');
    type(camille, 'Trois');
    camille.editor.commands.undo();
    expect(linesOf(camille)).toEqual(['Un. Deux. ']);
    camille.editor.commands.undo();
    expect(linesOf(camille)).toEqual(['Un. ']);
  });

  it('begins a step where the caret was placed elsewhere, and for each command', async () => {
    const [camille] = await twoAuthors('a', 'b');
    caretAtEndOf(camille, 0);
    type(camille, '1');
    caretAtEndOf(camille, 1);
    type(camille, '2');
    camille.editor.commands.setHeading({ level: 2 });
    camille.editor.commands.undo();
    expect(camille.editor.state.doc.child(1).type.name).toBe('paragraph');
    camille.editor.commands.undo();
    expect(linesOf(camille)).toEqual(['a1', 'b']);
  });

  it('knows the title too', async () => {
    const [camille, noe] = await twoAuthors('');
    camille.doc.transact(() => titleOf(camille.doc).insert(5, ' neuf'), fieldOrigin);
    undoManagerOf(camille.doc).undo();
    expect(titleOf(noe.doc).toJSON()).toBe('Titre');
  });
});

describe('opening and watching', () => {
  it('writes nothing on opening, nor in answer to what others do', async () => {
    const [camille, noe] = await twoAuthors('Un', '');
    expect([camille.written(), noe.written()]).toEqual([0, 0]);
    caretAtEndOf(camille, 0);
    type(camille, 'e ligne');
    camille.editor.commands.insertTable({ rows: 2, cols: 2, withHeaderRow: true });
    camille.editor.commands.undo();
    noe.editor.commands.setTextSelection(1);
    expect(noe.written()).toBe(0);
    expect(linesOf(noe)).toEqual(linesOf(camille));
  });

  it('keeps the caret among the letters where it was while others type before it', async () => {
    const [camille, noe] = await twoAuthors('premier', 'second');
    caretAtEndOf(camille, 1);
    const before = camille.editor.state.selection.from;
    noe.editor.commands.setTextSelection(1);
    type(noe, 'Tout ');
    expect(camille.editor.state.selection.from).toBe(before + 'Tout '.length);
    expect(camille.editor.state.selection.$from.parent.textContent).toBe('second');
  });
});
