import * as Y from 'yjs';
import { bodyOf, titleOf } from '#shared/document/fields.ts';
import { addressOf, contactOf, definitionOf, formsOf, termForms } from '#shared/document/sheet.ts';

/** Origin of the transactions that the fields around the text write: the title, the sheet. */
export const fieldOrigin = Symbol('field');

/**
 * Longest pause inside one undo step, in milliseconds. Larger: a step spans thoughts; smaller: whoever searches for a word
 * gets several steps for one sentence.
 */
const longestPauseMs = 4000;

/**
 * y-tiptap's rule: undoing the typing of a paragraph leaves the paragraph, in which somebody else may have written, where
 * it is not empty.
 */
function isUndoneWhenEmpty(item: Y.Item): boolean {
  if (!(item.content instanceof Y.ContentType)) return true;
  const { type } = item.content;
  const isKept = type instanceof Y.Text || (type instanceof Y.XmlElement && type.nodeName === 'paragraph');
  return !isKept || type._length === 0;
}

/**
 * Undo and redo of this person's own changes, to the body, the title and the sheet together.
 *
 * y-tiptap calls `stopCapturing` on each caret update that follows a remote change, so that a sentence typed while a
 * colleague types fell into as many steps as it has letters (findings, section 3). Here that call does nothing; steps begin
 * where `beginStep` is called, which `UndoGrouping` and the fields do.
 */
export class NoteUndoManager extends Y.UndoManager {
  /**
   * @param doc - a note's document, or a carnet's.
   * @param body - what is written in it by an editor.
   */
  constructor(doc: Y.Doc, body: Y.XmlFragment) {
    const sheet = [
      definitionOf(doc),
      addressOf(doc),
      contactOf(doc),
      ...termForms.map((form) => formsOf(doc, form)),
    ];
    super([body, titleOf(doc), ...(sheet as Y.AbstractType<unknown>[])], {
      captureTimeout: longestPauseMs,
      // The editor adds its binding's origin: reading, and so the title, loads no ProseMirror.
      trackedOrigins: new Set<unknown>([fieldOrigin]),
      deleteFilter: isUndoneWhenEmpty,
      captureTransaction: (transaction) => transaction.meta.get('addToHistory') !== false,
    });
  }

  /** What the editor's binding calls after remote changes: deliberately nothing. */
  override stopCapturing(): void {}

  /** The next change begins a new undo step. */
  beginStep(): void {
    super.stopCapturing();
  }
}

const managers = new WeakMap<Y.Doc, NoteUndoManager>();

/**
 * The one undo manager of a document: the text and the fields share it, and it outlives a change to reading and back.
 * @param body - default: the body of a note.
 */
export function undoManagerOf(doc: Y.Doc, body: Y.XmlFragment = bodyOf(doc)): NoteUndoManager {
  let manager = managers.get(doc);
  if (!manager) {
    manager = new NoteUndoManager(doc, body);
    managers.set(doc, manager);
  }
  return manager;
}
