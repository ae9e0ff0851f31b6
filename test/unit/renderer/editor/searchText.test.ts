// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { findStateOf } from '../../../../renderer/editor/find/FindInNote.ts';
import { findInText } from '../../../../renderer/editor/find/searchText.ts';
import { type Author, authorsOf, linesOf, paragraph } from './editorRig.ts';

const loose = { matchCase: false, ignoreAccents: true };
let authors: Author[] = [];
afterEach(() => {
  for (const { editor } of authors) editor.destroy();
  authors = [];
});

describe('findInText', () => {
  it('ignores accents, ligatures, case, kinds of spaces and of apostrophes', () => {
    expect(findInText('Élève, élevé', 'eleve', loose)).toEqual([
      { from: 0, to: 5 },
      { from: 7, to: 12 },
    ]);
    expect(findInText('Une œuvre', 'oeuvre', loose)).toEqual([{ from: 4, to: 9 }]);
    expect(findInText('l’été 12\u202f000', "l'ete 12 000", loose)).toEqual([{ from: 0, to: 12 }]);
  });

  it('takes the whole of a character of which only a part matches', () => {
    expect(findInText('cœur', 'o', loose)).toEqual([{ from: 1, to: 2 }]);
  });

  it('respects accents and case when asked', () => {
    const exact = { matchCase: true, ignoreAccents: false };
    expect(findInText('Été été ete', 'été', exact)).toEqual([{ from: 4, to: 7 }]);
    expect(findInText('aaa', 'aa', exact)).toEqual([{ from: 0, to: 2 }]);
    expect(findInText('rien', '', exact)).toEqual([]);
  });
});

describe('find and replace', () => {
  it('counts, goes round, replaces all as one undo step', async () => {
    authors = await authorsOf([paragraph('Un café, deux cafés'), paragraph('CAFÉ')], ['Camille']);
    const [camille] = authors as [Author];
    const { editor } = camille;
    editor.commands.setFind('cafe', loose);
    expect(findStateOf(editor.state).found.length).toBe(3);
    expect(findStateOf(editor.state).current).toBe(0);
    editor.commands.goToFound(-1);
    expect(findStateOf(editor.state).current).toBe(2);
    editor.commands.replaceAllFound('thé');
    expect(linesOf(camille)).toEqual(['Un thé, deux thés', 'thé']);
    editor.commands.undo();
    expect(linesOf(camille)).toEqual(['Un café, deux cafés', 'CAFÉ']);
  });

  it('replaces one and goes to the next, marks kept', async () => {
    authors = await authorsOf(
      [
        {
          type: 'paragraph',
          content: [
            { type: 'text', text: 'chat', marks: [{ type: 'bold' }] },
            { type: 'text', text: ' et chat' },
          ],
        },
      ],
      ['Camille'],
    );
    const [camille] = authors as [Author];
    camille.editor.commands.setFind('chat', loose);
    camille.editor.commands.replaceFound('chien');
    expect(camille.editor.state.doc.firstChild?.firstChild?.marks.map((mark) => mark.type.name)).toEqual([
      'bold',
    ]);
    camille.editor.commands.replaceFound('loup');
    expect(linesOf(camille)).toEqual(['chien et loup']);
  });
});
