import { Extension } from '@tiptap/core';
import { Plugin, PluginKey, TextSelection } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import type { ResolvedPos } from '@tiptap/pm/model';

function footnoteDepth($pos: ResolvedPos): number | null {
  for (let depth = $pos.depth; depth > 0; depth -= 1)
    if ($pos.node(depth).type.name === 'footnote') return depth;
  return null;
}

/** Shows the leaf of the footnote that the caret is in; Enter and Escape go back to the text after its call. */
export const FootnoteFocus = Extension.create({
  name: 'footnoteFocus',
  priority: 200,
  addKeyboardShortcuts() {
    const leave = () => {
      const { $head } = this.editor.state.selection;
      const depth = footnoteDepth($head);
      if (depth === null) return false;
      const { state, view } = this.editor;
      view.dispatch(
        state.tr.setSelection(TextSelection.create(state.doc, $head.after(depth))).scrollIntoView(),
      );
      return true;
    };
    return { Enter: leave, 'Shift-Enter': leave, Escape: leave };
  },
  addProseMirrorPlugins() {
    return [
      new Plugin({
        key: new PluginKey('footnoteFocus'),
        props: {
          decorations(state) {
            const { $head } = state.selection;
            const depth = footnoteDepth($head);
            if (depth === null) return null;
            const isEmpty = $head.node(depth).content.size === 0;
            return DecorationSet.create(state.doc, [
              Decoration.node($head.before(depth), $head.after(depth), {
                class: isEmpty ? 'is-open is-blank' : 'is-open',
              }),
            ]);
          },
        },
      }),
    ];
  },
});
