// @vitest-environment jsdom
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Author, authorsOf, linesOf, Network, paragraph, type } from './editorRig.ts';

/** Keeps the browser's own events from everybody: on a busy computer they come after the next keys. */
function holdBack(event: Event): void {
  if (event.isTrusted) event.stopImmediatePropagation();
}

let authors: Author[] = [];
beforeEach(() => {
  // Nothing is laid out here: every place is at the corner.
  Range.prototype.getClientRects = () => Object.assign([new DOMRect()], { item: () => null });
  Range.prototype.getBoundingClientRect = () => new DOMRect();
  window.addEventListener('selectionchange', holdBack, true);
});
afterEach(() => {
  window.removeEventListener('selectionchange', holdBack, true);
  for (const { editor } of authors) editor.destroy();
  authors = [];
});

describe('a caret that the browser has moved and not yet told of', () => {
  it.each([
    ['the caret of somebody else', (other: Author) => other.editor.commands.setTextSelection(2)],
    ['what somebody else typed', (other: Author) => type(other, 'zéro ')],
  ])('stays there when others come by: %s', async (_what, act) => {
    const network = new Network();
    authors = await authorsOf(['un', 'deux trois'].map(paragraph), ['Camille', 'Noé'], network);
    const [camille, noe] = authors as [Author, Author];
    camille.editor.commands.setTextSelection(5);
    network.hold();
    noe.editor.view.focus();
    noe.editor.commands.setTextSelection(1);
    act(noe);
    const caret: unknown = noe.awareness.getLocalState()?.['cursor'];
    const { view } = camille.editor;
    view.focus();
    noe.awareness.setLocalStateField('cursor', caret);
    const words = view.dom.lastElementChild?.firstChild;
    if (!words) throw new Error('no words');
    // As the End key does.
    document.getSelection()?.collapse(words, 10);
    network.release();
    await sleep(5);
    const { $head } = view.state.selection;
    expect([$head.parent.textContent, $head.parentOffset]).toEqual(['deux trois', 10]);
    expect(document.getSelection()?.focusOffset).toBe(10);
  });

  it('is where the next letter goes, and what was selected before stays', async () => {
    authors = await authorsOf(['un', 'deux', 'trois'].map(paragraph), ['Camille']);
    const [camille] = authors as [Author];
    const { view } = camille.editor;
    view.focus();
    camille.editor.commands.setTextSelection({ from: 2, to: 12 });
    const words = view.dom.firstElementChild?.firstChild;
    if (!words) throw new Error('no words');
    // As an arrow key does.
    document.getSelection()?.collapse(words, 1);
    const letter = { key: 'x', charCode: 120, bubbles: true, cancelable: true };
    for (const event of ['keydown', 'keypress']) view.dom.dispatchEvent(new KeyboardEvent(event, letter));
    // One line's letters are the browser's own to put; over several the editor does it.
    expect(linesOf(camille)).toEqual(['un', 'deux', 'trois']);
    expect(view.state.selection.head).toBe(2);
  });
});
