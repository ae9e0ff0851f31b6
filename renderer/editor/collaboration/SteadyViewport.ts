import { Extension } from '@tiptap/core';
import type { Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { ySyncPluginKey } from '@tiptap/y-tiptap';

/** True for what others did; false for one's own undo, which shows where it happens. */
function isOfOthers(transaction: Transaction): boolean {
  const meta = transaction.getMeta(ySyncPluginKey) as
    | { isChangeOrigin?: boolean; isUndoRedoOperation?: boolean }
    | undefined;
  return meta?.isChangeOrigin === true && meta.isUndoRedoOperation !== true;
}

function scrollerOf(element: HTMLElement): Element {
  for (let at = element.parentElement; at; at = at.parentElement) {
    if (/(auto|scroll)/.test(getComputedStyle(at).overflowY) && at.scrollHeight > at.clientHeight) return at;
  }
  return document.documentElement;
}

/** Height of the caret in the window, where it is to be seen; null otherwise. */
function caretTop(view: EditorView, top: number, bottom: number): number | null {
  if (!view.hasFocus()) return null;
  const place = view.coordsAtPos(view.state.selection.head);
  return place.bottom > top && place.top < bottom ? place.top : null;
}

/**
 * Remembers what is looked at: the line of the caret, or else the first block in sight.
 * @returns the way to put it back where it was, after the change.
 */
export function holdViewport(view: EditorView): () => void {
  const scroller = scrollerOf(view.dom);
  const isPage = scroller === document.documentElement;
  const frame = scroller.getBoundingClientRect();
  const top = isPage ? 0 : frame.top;
  const bottom = isPage ? window.innerHeight : frame.bottom;
  const caret = caretTop(view, top, bottom);
  const block = [...view.dom.children].find((child) => child.getBoundingClientRect().bottom > top + 1);
  const blockTop = block?.getBoundingClientRect().top ?? 0;
  return () => {
    if (view.isDestroyed) return;
    let moved = 0;
    if (caret !== null) moved = view.coordsAtPos(view.state.selection.head).top - caret;
    else if (block?.isConnected === true) moved = block.getBoundingClientRect().top - blockTop;
    // Browsers that anchor the scroll have put it back already, or find nothing left to do.
    if (Math.abs(moved) >= 1) scroller.scrollTop += moved;
  };
}

/**
 * What others type moves nothing here: the lines that are read, and those that are written, stay where they are on the
 * screen.
 */
export const SteadyViewport = Extension.create({
  name: 'steadyViewport',
  priority: 2100,
  dispatchTransaction({ transaction, next }) {
    if (!transaction.docChanged || !isOfOthers(transaction)) {
      next(transaction);
      return;
    }
    const putBack = holdViewport(this.editor.view);
    next(transaction);
    putBack();
  },
});
