import type { Editor } from '@tiptap/core';
import { NodeSelection } from '@tiptap/pm/state';

/** The box around the selection, or around the selected node, in the window's coordinates. Null when it is not to be seen. */
export function selectionRect(editor: Editor): DOMRect | null {
  if (editor.isDestroyed) return null;
  const { view, state } = editor;
  const { selection } = state;
  try {
    if (selection instanceof NodeSelection) {
      const dom = view.nodeDOM(selection.from);
      if (dom instanceof Element) return dom.getBoundingClientRect();
    }
    return rangeRect(editor, selection.from, selection.to);
  } catch {
    // The view is behind the state for a moment; the next drawing has both.
    return null;
  }
}

/** The box around a range. */
export function rangeRect(editor: Editor, from: number, to: number): DOMRect | null {
  const { view } = editor;
  const start = view.coordsAtPos(from);
  const end = view.coordsAtPos(to, -1);
  const text = view.dom.getBoundingClientRect();
  const isOneLine = Math.abs(start.top - end.top) < 4;
  const left = isOneLine ? Math.min(start.left, end.left) : text.left;
  const right = isOneLine ? Math.max(start.right, end.right) : text.right;
  const top = Math.min(start.top, end.top);
  return new DOMRect(left, top, right - left, Math.max(start.bottom, end.bottom) - top);
}
