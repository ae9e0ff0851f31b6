import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { type EditorState, Selection, type Transaction } from '@tiptap/pm/state';
import { type ProsemirrorBinding, ySyncPluginKey } from '@tiptap/y-tiptap';
import { isFromDocument } from '#shared/document/localOnly.ts';
import { changedRange, reuseChildren, type ReusedNodes } from './reuseNodes.ts';

/** The binding remembers the nodes that it made: they must be the ones that the editor shows. */
function followReuse(state: EditorState, used: ReusedNodes): void {
  const sync = ySyncPluginKey.getState(state) as { binding?: ProsemirrorBinding | null } | undefined;
  const mapping = sync?.binding?.mapping as Map<unknown, Node | Node[]> | undefined;
  if (!mapping) return;
  for (const [type, node] of mapping) {
    if (Array.isArray(node))
      mapping.set(
        type,
        node.map((one) => used.get(one) ?? one),
      );
    else mapping.set(type, used.get(node) ?? node);
  }
}

/**
 * The same remote change as the smallest replacement of blocks, with the nodes that did not change kept as they are.
 * @returns the transaction itself where it cannot be said smaller.
 */
export function smallerChange(state: EditorState, transaction: Transaction): Transaction {
  if (!transaction.docChanged || transaction.before !== state.doc) return transaction;
  const used: ReusedNodes = new Map();
  const kept = reuseChildren(state.doc, transaction.doc, used);
  const range = changedRange(state.doc, kept);
  const smaller = state.tr;
  if (range) smaller.replaceWith(range.from, range.toBefore, range.middle);
  // Two ways to the same document, or the change stays as the binding made it.
  if (!smaller.doc.eq(transaction.doc)) return transaction;
  if (transaction.selectionSet)
    smaller.setSelection(Selection.fromJSON(smaller.doc, transaction.selection.toJSON()));
  if (state.storedMarks) smaller.setStoredMarks(state.storedMarks);
  const { meta } = transaction as unknown as { meta: Record<string, unknown> };
  for (const [key, value] of Object.entries(meta)) smaller.setMeta(key, value);
  if (transaction.scrolledIntoView) smaller.scrollIntoView();
  followReuse(state, used);
  return smaller;
}

/**
 * The binding replaces the whole document by new nodes for each remote change. ProseMirror then writes every paragraph's text
 * into its neighbour's element, so that the browser cannot keep the lines where they are (scroll anchoring follows
 * elements), composition breaks and positions are lost. Here the change becomes what it is: a few blocks.
 */
export const SmallRemoteChanges = Extension.create({
  name: 'smallRemoteChanges',
  priority: 2000,
  dispatchTransaction({ transaction, next }) {
    next(isFromDocument(transaction) ? smallerChange(this.editor.state, transaction) : transaction);
  },
});
