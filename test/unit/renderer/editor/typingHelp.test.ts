// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { helpTyping } from '../../../../renderer/editor/extensions/TypingHelp.ts';
import { type Author, authorsOf, linesOf, paragraph, type } from './editorRig.ts';

let authors: Author[] = [];
afterEach(() => {
  for (const { editor } of authors) editor.destroy();
  authors = [];
});

describe('helpTyping', () => {
  it('writes French quotation marks with their no-break spaces', () => {
    expect(helpTyping('Il dit "', 'fr')).toBe('Il dit «\u00a0');
    expect(helpTyping('«\u00a0oui"', 'fr-CA')).toBe('«\u00a0oui\u00a0»');
    expect(helpTyping('"', 'fr')).toBe('«\u00a0');
    expect(helpTyping('He says "', 'en')).toBe('He says “');
    expect(helpTyping('“yes"', 'en')).toBe('“yes”');
  });

  it('keeps a typed space before double marks from breaking the line, and adds none', () => {
    expect(helpTyping('Pourquoi ?', 'fr')).toBe('Pourquoi\u202f?');
    expect(helpTyping('Ceci :', 'fr')).toBe('Ceci\u00a0:');
    expect(helpTyping('Pourquoi?', 'fr')).toBeNull();
    expect(helpTyping('Why ?', 'en')).toBeNull();
    expect(helpTyping('https:', 'fr')).toBeNull();
  });

  it('writes apostrophes, ellipses and dashes', () => {
    expect(helpTyping("l'", 'fr')).toBe('l’');
    expect(helpTyping('fin...', 'fr')).toBe('fin…');
    expect(helpTyping('a --', 'fr')).toBe('a –');
  });

  it('leaves code and the words of others alone', async () => {
    authors = await authorsOf(
      [{ type: 'codeBlock', attrs: { language: null } }, paragraph('')],
      ['Camille', 'Noé'],
    );
    const [camille, noe] = authors as [Author, Author];
    camille.editor.commands.setTextSelection(1);
    type(camille, `x = "l'a"`);
    camille.editor.commands.setTextSelection(camille.editor.state.doc.content.size - 1);
    type(camille, `"l'a"`);
    expect(linesOf(noe)).toEqual([`x = "l'a"`, '«\u00a0l’a\u00a0»']);
    expect(noe.written()).toBe(0);
  });
});
