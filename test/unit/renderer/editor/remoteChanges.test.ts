// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { bodyOf } from '../../../../shared/document/fields.ts';
import type { BodyNode } from '../../../../shared/document/noteContent.ts';
import { fullBody } from '../../shared/document/sampleBody.ts';
import { type Author, authorsOf, linesOf, paragraph, type } from './editorRig.ts';

let authors: Author[] = [];
afterEach(() => {
  for (const { editor } of authors) editor.destroy();
  authors = [];
});

describe('a remote change', () => {
  it('leaves the elements of the other blocks where they are', async () => {
    authors = await authorsOf(['un', 'deux', 'trois'].map(paragraph), ['Camille', 'Noé']);
    const [camille, noe] = authors as [Author, Author];
    const elements = [...camille.editor.view.dom.children];
    noe.editor.commands.setTextSelection(1);
    type(noe, 'zéro');
    noe.editor.commands.splitBlock();
    expect(linesOf(camille)).toEqual(['zéro', 'un', 'deux', 'trois']);
    // What is below has kept its elements: the browser anchors the scroll on them.
    expect([...camille.editor.view.dom.children].slice(2)).toEqual(elements.slice(1));
  });

  it('keeps formatting chosen for what will be typed next', async () => {
    authors = await authorsOf(['un', 'deux'].map(paragraph), ['Camille', 'Noé']);
    const [camille, noe] = authors as [Author, Author];
    camille.editor.commands.setTextSelection(8);
    camille.editor.commands.toggleBold();
    noe.editor.commands.setTextSelection(1);
    type(noe, 'x');
    expect(camille.editor.state.storedMarks?.map((mark) => mark.type.name)).toEqual(['bold']);
  });

  it('is answered by no write, whatever others take out of a note, and neither is opening what is left', async () => {
    authors = await authorsOf(fullBody.content ?? [], ['Camille', 'Noé']);
    const [camille, noe] = authors as [Author, Author];
    const elements: Y.XmlElement[] = [];
    const waiting: unknown[] = [...bodyOf(camille.doc).toArray()];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (!(at instanceof Y.XmlElement)) continue;
      elements.push(at);
      waiting.push(...at.toArray());
    }
    // First one child of each: a row then lacks a cell, a figure its picture. Then all.
    for (const howMany of ['one', 'all'])
      for (const element of elements.toReversed()) {
        if (element.length === 0) continue;
        element.delete(0, howMany === 'one' ? 1 : element.length);
        expect([element.nodeName, howMany, noe.written()]).toEqual([element.nodeName, howMany, 0]);
      }
    expect(noe.editor.state.doc.toJSON()).toEqual(camille.editor.state.doc.toJSON());
    const other = await authorsOf(noe.editor.state.doc.toJSON().content as BodyNode[], ['Zoé']);
    authors.push(...other);
    expect(other[0]?.written()).toBe(0);
  });

  it('leaves both documents equal after many changes by turns', async () => {
    authors = await authorsOf(['un', 'deux', 'trois'].map(paragraph), ['Camille', 'Noé']);
    const [camille, noe] = authors as [Author, Author];
    let seed = 20_261_122;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    for (let turn = 0; turn < 120; turn += 1) {
      const author = turn % 2 === 0 ? camille : noe;
      const { editor } = author;
      editor.commands.setTextSelection(1 + random(editor.state.doc.content.size - 1));
      const act = random(6);
      if (act === 0) editor.commands.splitBlock();
      else if (act === 1)
        editor.commands.deleteRange({
          from: Math.max(1, editor.state.selection.from - 2),
          to: editor.state.selection.from,
        });
      else if (act === 2) editor.commands.toggleHeading({ level: 2 });
      else if (act === 3) editor.commands.toggleBulletList();
      else type(author, 'mot ');
      expect(noe.editor.state.doc.toJSON(), `turn ${turn}`).toEqual(camille.editor.state.doc.toJSON());
    }
    expect(noe.editor.state.doc.check()).toBeUndefined();
  });
});
