import { Extension } from '@tiptap/core';
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { editorText } from '../texts.ts';

/** What an empty block invites to; the words for a paragraph only where the line is long enough for them. */
function invitation(name: string, depth: number): string | null {
  switch (name) {
    case 'paragraph':
      return depth === 1 ? editorText('bodyPlaceholder') : null;
    case 'heading':
      return editorText('headingPlaceholder');
    case 'detailsSummary':
      return editorText('summaryPlaceholder');
    case 'figureCaption':
      return editorText('captionPlaceholder');
    default:
      return null;
  }
}

function draw(state: EditorState): DecorationSet | null {
  const { $anchor, empty } = state.selection;
  const { parent, depth } = $anchor;
  if (!empty || depth === 0 || !parent.isTextblock || parent.content.size > 0) return null;
  const words = invitation(parent.type.name, depth);
  if (words === null) return null;
  return DecorationSet.create(state.doc, [
    Decoration.node($anchor.before(), $anchor.after(), { class: 'is-empty', 'data-placeholder': words }),
  ]);
}

/** Words in the empty block of the caret, which are no part of the note. */
export const BlockPlaceholder = Extension.create({
  name: 'blockPlaceholder',
  addProseMirrorPlugins() {
    const { editor } = this;
    return [
      new Plugin({
        key: new PluginKey('blockPlaceholder'),
        props: { decorations: (state) => (editor.isEditable ? draw(state) : null) },
      }),
    ];
  },
});
