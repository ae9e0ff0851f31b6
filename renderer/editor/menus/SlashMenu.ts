import { Extension } from '@tiptap/core';
import { PluginKey } from '@tiptap/pm/state';
import { Suggestion, type SuggestionProps } from '@tiptap/suggestion';
import { isFromDocument } from '#shared/document/localOnly.ts';
import { findInsertables, type Insertable } from '../blocks/insertables.ts';
import { editorText, shownKeys } from '../texts.ts';
import type { SuggestionStore } from './SuggestionStore.ts';

const slashKey = new PluginKey('slashMenu');

/** Opens the list of blocks when « / » is typed at the beginning of a word. */
export const SlashMenu = Extension.create<{ store: SuggestionStore | null }>({
  name: 'slashMenu',
  addOptions() {
    return { store: null };
  },
  addProseMirrorPlugins() {
    const { store } = this.options;
    if (!store) return [];
    const show = (props: SuggestionProps<Insertable, Insertable>) =>
      store.show({
        kind: 'slash',
        items: props.items.map((one) => ({
          id: one.id,
          label: editorText(one.label),
          group: editorText(`groups.${one.group}`),
          ...(one.shortcut === undefined ? {} : { hint: shownKeys(one.shortcut) }),
          choose: () => props.command(one),
        })),
        message: props.items.length === 0 && !props.loading ? editorText('slash.none') : null,
        rect: () => props.clientRect?.() ?? null,
      });
    return [
      Suggestion<Insertable, Insertable>({
        editor: this.editor,
        pluginKey: slashKey,
        char: '/',
        allowSpaces: true,
        allowedPrefixes: [' ', '\u00a0'],
        // Someone else's « / » must not open a menu here.
        shouldShow: ({ transaction, query }) => !isFromDocument(transaction) && query.length < 30,
        allow: ({ state, range, isActive }) => {
          const $from = state.doc.resolve(range.from);
          if ($from.parent.type.spec.code === true) return false;
          if (isActive === true) {
            const query = state.doc.textBetween(range.from + 1, range.to);
            return findInsertables(query, editorText).length > 0;
          }
          return true;
        },
        items: ({ query }) => findInsertables(query, editorText),
        command: ({ editor, range, props }) => {
          editor.chain().focus().deleteRange(range).run();
          props.insert(editor);
        },
        render: () => ({
          onStart: show,
          onUpdate: show,
          onExit: () => store.hide(),
          onKeyDown: ({ event }) => store.onKey(event),
        }),
      }),
    ];
  },
});
