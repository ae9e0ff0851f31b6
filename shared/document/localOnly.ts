import { Plugin, type Transaction } from '@tiptap/pm/state';
import { ySyncPluginKey } from '@tiptap/y-tiptap';

/**
 * True when a transaction brings what the shared document says (a remote change, the first drawing, an undo) and not
 * an act of the person at this editor.
 */
export function isFromDocument(transaction: Transaction): boolean {
  const meta = transaction.getMeta(ySyncPluginKey) as { isChangeOrigin?: boolean } | undefined;
  return meta?.isChangeOrigin === true;
}

/**
 * The same plugin, which no longer writes in answer to a remote transaction or on opening (threat model, A13): two
 * clients that "repair" the same remote change would each write, and fight.
 * @param plugin - a plugin whose `appendTransaction` may change the document.
 */
export function localOnly(plugin: Plugin): Plugin {
  const append = plugin.spec.appendTransaction;
  if (!append) return plugin;
  return new Plugin({
    ...plugin.spec,
    appendTransaction(transactions, oldState, newState) {
      if (transactions.some(isFromDocument)) return null;
      return append.call(this, transactions, oldState, newState);
    },
  });
}
