import { EditorState, Plugin, PluginKey } from '@tiptap/pm/state';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import { expect, it } from 'vitest';
import { localOnly } from '#shared/document/localOnly.ts';
import { noteSchema } from '#shared/document/schema.ts';

it('lets a plugin answer the person at this editor, and nobody else', () => {
  const eager = new Plugin({
    key: new PluginKey('eager'),
    appendTransaction: (transactions, _old, state) =>
      transactions.some((one) => one.getMeta('eager') !== true && one.docChanged)
        ? state.tr.insert(0, noteSchema.node('horizontalRule')).setMeta('eager', true)
        : null,
  });
  const add = (state: EditorState, remote: boolean): EditorState => {
    const transaction = state.tr.insert(0, noteSchema.node('paragraph'));
    if (remote) transaction.setMeta(ySyncPluginKey, { isChangeOrigin: true });
    return state.apply(transaction);
  };
  const start = EditorState.create({ schema: noteSchema, plugins: [localOnly(eager)] });
  const local = add(start, false);
  const remote = add(start, true);
  expect([local.doc.childCount, remote.doc.childCount]).toEqual([2, 1]);
});
