import type { Editor } from '@tiptap/core';

/** A little under the tools that stay at the head of the page. */
const belowTools = 24;

/**
 * Gives the focus to the text without moving the page: the caret goes to the first line that is seen, at its end, so that
 * editing begins where the person was reading.
 * @param scroller - what the page scrolls in; its head and the tools hide its first `hidden` pixels.
 */
export function placeCaret(editor: Editor, scroller: HTMLElement | null, hidden: number): void {
  const { view, state } = editor;
  const text = view.dom.getBoundingClientRect();
  const top = (scroller?.getBoundingClientRect().top ?? 0) + hidden + belowTools;
  const at =
    text.top >= top ? null : view.posAtCoords({ left: text.left + 1, top: Math.min(top, text.bottom - 1) });
  const position = at === null ? 1 : state.doc.resolve(at.pos).end();
  editor.commands.focus(Math.min(position, state.doc.content.size), { scrollIntoView: false });
}
