import { Extension, InputRule } from '@tiptap/core';
import { type EditorState, NodeSelection, Plugin, PluginKey, TextSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';

/** Puts a paragraph for the caret: the person's own act, never an answer to a change. */
function ensureLastParagraph(view: EditorView): boolean {
  const { doc, schema, tr } = view.state;
  const paragraph = schema.nodes['paragraph'];
  if (!paragraph || !view.editable) return false;
  const end = doc.content.size;
  const last = doc.lastChild;
  if (last?.type === paragraph && last.content.size === 0)
    tr.setSelection(TextSelection.create(tr.doc, end - 1));
  else {
    tr.insert(end, paragraph.create());
    tr.setSelection(TextSelection.create(tr.doc, end + 1));
  }
  view.dispatch(tr.scrollIntoView());
  return true;
}

/** Three hyphens, or the dash that they became (see TypingHelp), alone in the paragraph of the caret: Enter makes them a rule. */
function isRule({ selection }: EditorState): boolean {
  const { $from, empty } = selection;
  return empty && $from.parent.type.name === 'paragraph' && /^(?:---|—)$/.test($from.parent.textContent);
}

/** Formulas by `$…$` and `$$`, rules, and a place to write in an empty note or below its last block. */
export const NoteInput = Extension.create({
  name: 'noteInput',
  addInputRules() {
    return [
      new InputRule({
        find: /(^|[\s(«])\$([^$\s](?:[^$]*[^$\s])?)\$$/u,
        handler: ({ state, range, match }) => {
          const type = state.schema.nodes['mathInline'];
          if (!type) return null;
          const start = range.from + (match[1]?.length ?? 0);
          state.tr.replaceWith(start, range.to, type.create({ latex: match[2] ?? '' }));
          return undefined;
        },
      }),
      new InputRule({
        find: /^\$\$\s$/u,
        handler: ({ state, range }) => {
          const type = state.schema.nodes['mathBlock'];
          if (!type) return null;
          const $from = state.doc.resolve(range.from);
          state.tr.replaceWith($from.before(), $from.after(), type.create());
          const at = state.tr.mapping.map($from.before(), -1);
          state.tr.setSelection(NodeSelection.create(state.tr.doc, at));
          return undefined;
        },
      }),
    ];
  },
  addKeyboardShortcuts() {
    return {
      Enter: () => {
        const { state } = this.editor;
        if (!isRule(state)) return false;
        const { $from } = state.selection;
        return this.editor
          .chain()
          .deleteRange({ from: $from.start(), to: $from.end() })
          .setHorizontalRule()
          .run();
      },
    };
  },
  addProseMirrorPlugins() {
    return [
      new Plugin({
        key: new PluginKey('noteInput'),
        props: {
          handleKeyDown: (view, event) => {
            const isWriting = event.key.length === 1 && !event.ctrlKey && !event.metaKey;
            if (view.state.doc.childCount > 0 || !(isWriting || event.key === 'Enter')) return false;
            ensureLastParagraph(view);
            return event.key === 'Enter';
          },
          handleClick: (view, _at, event) => {
            const last = view.dom.lastElementChild;
            const isBelow = last === null || event.clientY > last.getBoundingClientRect().bottom + 4;
            const lastNode = view.state.doc.lastChild;
            if (!isBelow || (lastNode?.isTextblock === true && lastNode.type.name !== 'codeBlock'))
              return false;
            return ensureLastParagraph(view);
          },
        },
      }),
    ];
  },
});
