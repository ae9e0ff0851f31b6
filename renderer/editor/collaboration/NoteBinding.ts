import type { Node } from '@tiptap/pm/model';
import { type EditorState, Selection, TextSelection, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { linkChildren, type NoteMapping } from '#shared/document/binding/NoteMapping.ts';
import { readFragment } from '#shared/document/binding/readElement.ts';
import { writeChildren } from '#shared/document/binding/writeElement.ts';
import { readSelection } from '../readSelection.ts';
import { type BoundDocument, findPlace, type HeldPlace, holdPlace } from './heldPlace.ts';
import { replaceDifference } from './replaceDifference.ts';

interface HeldSelection {
  readonly anchor: HeldPlace;
  readonly head: HeldPlace;
}

/**
 * Keeps an editor and the body of a shared document saying the same. A change here is written as the smallest edit, a change
 * there is shown as the smallest replacement, and nothing is ever written in answer to what others wrote.
 *
 * In place of y-tiptap's own binding, whose helpers read `type`, `doc` and `mapping` here. That one keeps a single text in a
 * line: when two people began the same empty line, each copied the other's letters into their own text and removed the
 * other's, so that letters typed meanwhile were lost or doubled. It also deletes for everyone what a schema cannot hold, and
 * replaces the whole document by new nodes at each remote change.
 */
export class NoteBinding implements BoundDocument {
  readonly type: Y.XmlFragment;
  readonly doc: Y.Doc;
  readonly mapping: NoteMapping = new Map();
  #view: EditorView | null = null;
  /** What both sides say. */
  #agreed: Node | null = null;
  /** A change is on its way from one side to the other: it is not to come back. */
  #isCrossing = false;
  #held: HeldSelection | null = null;

  /** @param body - a fragment that belongs to a document. @throws Error when it does not. */
  constructor(body: Y.XmlFragment) {
    if (!body.doc) throw new Error('the fragment belongs to no document');
    this.type = body;
    this.doc = body.doc;
  }

  /** Shows the document in an editor, and keeps them together from then on. */
  attach(view: EditorView): void {
    this.#view = view;
    this.doc.on('beforeAllTransactions', this.#hold);
    this.type.observeDeep(this.#onChange);
    this.#show('opening');
  }

  /** Lets go of the editor. */
  detach(): void {
    this.#view = null;
    this.#agreed = null;
    this.type.unobserveDeep(this.#onChange);
    this.doc.off('beforeAllTransactions', this.#hold);
    this.mapping.clear();
  }

  /**
   * Writes what the editor says and the document does not, in one transaction under `ySyncPluginKey`.
   * @param isUndoable - false for what the person is not to take back.
   */
  write(state: EditorState, isUndoable: boolean): void {
    if (this.#isCrossing || !this.#view || state.doc === this.#agreed) return;
    this.#cross(() => {
      this.doc.transact((transaction) => {
        transaction.meta.set('addToHistory', isUndoable);
        writeChildren(this.type, state.doc, 0, { mapping: this.mapping, caret: state.selection.head });
      }, ySyncPluginKey);
    });
    this.#agreed = state.doc;
  }

  #cross(act: () => void): void {
    this.#isCrossing = true;
    try {
      act();
    } finally {
      this.#isCrossing = false;
    }
  }

  readonly #hold = (): void => {
    if (this.#isCrossing || !this.#view) return;
    readSelection(this.#view);
    const { selection, doc } = this.#view.state;
    this.#held =
      selection instanceof TextSelection
        ? { anchor: holdPlace(this, doc, selection.anchor), head: holdPlace(this, doc, selection.head) }
        : null;
  };

  readonly #onChange = (_events: readonly unknown[], transaction: Y.Transaction): void => {
    if (this.#isCrossing || !this.#view) return;
    for (const type of transaction.changedParentTypes.keys())
      this.mapping.delete(type as Y.AbstractType<unknown>);
    Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
      if (struct instanceof Y.Item && struct.content instanceof Y.ContentType)
        this.mapping.delete(struct.content.type as Y.AbstractType<unknown>);
    });
    this.#show(transaction.origin instanceof Y.UndoManager ? 'undo' : 'others');
  };

  #show(why: 'opening' | 'others' | 'undo'): void {
    const view = this.#view;
    if (!view) return;
    const transaction = view.state.tr
      .setMeta('addToHistory', false)
      .setMeta(ySyncPluginKey, { isChangeOrigin: true, isUndoRedoOperation: why === 'undo' });
    const next = readFragment(this.type, view.state.schema, this.mapping);
    replaceDifference(transaction, view.state.doc, next, 0);
    // Two ways to the same document, or all of it anew.
    if (!transaction.doc.eq(next)) transaction.replaceWith(0, transaction.doc.content.size, next.content);
    // An editor opens empty, with no line for a caret.
    if (why === 'opening') transaction.setSelection(Selection.atStart(transaction.doc));
    else this.#keepSelection(transaction, view.state);
    if (view.state.storedMarks) transaction.setStoredMarks(view.state.storedMarks);
    if (why === 'undo') transaction.scrollIntoView();
    this.#cross(() => view.dispatch(transaction));
    linkChildren(this.type, transaction.doc, this.mapping);
    this.#agreed = transaction.doc;
    // Whatever the person did in the meantime.
    if (this.#view) this.write(this.#view.state, true);
  }

  #keepSelection(transaction: Transaction, before: EditorState): void {
    const held = this.#held;
    this.#held = null;
    if (!held || !(before.selection instanceof TextSelection)) return;
    const [anchor, head] = [held.anchor, held.head].map((place) =>
      transaction.doc.resolve(findPlace(place, this, transaction)),
    );
    if (anchor && head) transaction.setSelection(TextSelection.between(anchor, head));
  }
}

/** The binding of an editor, for what must point into the shared document; undefined in an editor that has none. */
export function bindingOf(state: EditorState): NoteBinding | undefined {
  return (ySyncPluginKey.getState(state) as { binding?: NoteBinding } | undefined)?.binding;
}
