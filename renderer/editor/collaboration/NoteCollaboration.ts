import { Plugin, type Transaction } from '@tiptap/pm/state';
import { Collaboration } from '@tiptap/extension-collaboration';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import type * as Y from 'yjs';
import { NoteBinding } from './NoteBinding.ts';

/** What plugins read of the binding, in the shape that y-tiptap's helpers, its undo and TipTap expect. */
interface SyncState {
  readonly type: Y.XmlFragment;
  readonly doc: Y.Doc;
  readonly binding: NoteBinding;
  readonly snapshot: null;
  readonly isChangeOrigin: boolean;
  readonly isUndoRedoOperation: boolean;
  /** False after a change that the person is not to take back. */
  readonly addToHistory: boolean;
}

function nextState(transaction: Transaction, state: SyncState): SyncState {
  const meta = transaction.getMeta(ySyncPluginKey) as Partial<SyncState> | undefined;
  const isChangeOrigin = meta?.isChangeOrigin === true;
  return {
    ...state,
    isChangeOrigin,
    isUndoRedoOperation: isChangeOrigin && meta?.isUndoRedoOperation === true,
    addToHistory: transaction.docChanged ? transaction.getMeta('addToHistory') !== false : state.addToHistory,
  };
}

function bindingPlugin(body: Y.XmlFragment): Plugin<SyncState> {
  const binding = new NoteBinding(body);
  const plugin: Plugin<SyncState> = new Plugin<SyncState>({
    key: ySyncPluginKey,
    state: {
      init: () => ({
        type: binding.type,
        doc: binding.doc,
        binding,
        snapshot: null,
        isChangeOrigin: false,
        isUndoRedoOperation: false,
        addToHistory: true,
      }),
      apply: nextState,
    },
    view(view) {
      binding.attach(view);
      return {
        update: () => binding.write(view.state, plugin.getState(view.state)?.addToHistory !== false),
        destroy: () => binding.detach(),
      };
    },
  });
  return plugin;
}

/** TipTap's own extension (undo, redo, their keys and positions), with our binding in place of y-tiptap's. */
export const NoteCollaboration = Collaboration.extend({
  addProseMirrorPlugins() {
    const { fragment } = this.options;
    const plugins = this.parent?.() ?? [];
    if (!fragment) return plugins;
    return plugins.map((plugin) => (plugin.spec.key === ySyncPluginKey ? bindingPlugin(fragment) : plugin));
  },
});
