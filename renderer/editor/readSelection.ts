import type { EditorView } from '@tiptap/pm/view';

/**
 * Has an editor read where the browser's caret is. To be called before anything else is done to the text: a key or a click
 * moves the caret at once, and the browser tells of it in a later task, on a busy computer after further keys. What is done
 * between the two would be done at the old place: others' changes drawn there put the caret back, and a letter typed over
 * several blocks that are no longer selected would take their place.
 */
export function readSelection(view: EditorView): void {
  // What an input method composes is its own; it tells of each step itself.
  if (!view.composing) view.dom.ownerDocument.dispatchEvent(new Event('selectionchange'));
}
