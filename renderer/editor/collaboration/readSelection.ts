import type { EditorView } from '@tiptap/pm/view';

/**
 * Has an editor read where the browser's caret is. To be called before anything that others did is shown: a key or a click
 * moves the caret at once, and the browser tells of it in a later task. What is drawn between the two would put the caret
 * back, and the words typed next would stand in the wrong place.
 */
export function readSelection(view: EditorView): void {
  // What an input method composes is its own; it tells of each step itself.
  if (!view.composing) view.dom.ownerDocument.dispatchEvent(new Event('selectionchange'));
}
