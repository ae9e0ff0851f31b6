import type { NodeViewRenderer } from '@tiptap/core';
import { editorText } from '../texts.ts';
import { make, type ViewContext } from './ViewContext.ts';

/** A link to another note, showing its current title to who may see it. */
export function noteLinkView(context: ViewContext): NodeViewRenderer {
  return ({ node }) => {
    let current = node;
    const dom = make('span', 'note-link');
    const show = () => {
      const { noteId, text } = current.attrs as { noteId: string | null; text: string | null };
      const known = noteId === null ? ({ state: 'unavailable' } as const) : context.titles.get(noteId);
      dom.classList.toggle('is-unavailable', known.state === 'unavailable');
      if (noteId !== null) dom.dataset['note'] = noteId;
      dom.textContent =
        known.state === 'unavailable'
          ? (text ?? editorText('noteLink.unavailable'))
          : (text ?? (known.state === 'known' ? known.title || editorText('noteLink.untitled') : '…'));
    };
    show();
    const stop = context.titles.subscribe(show);
    return {
      dom,
      update(next) {
        if (next.type !== current.type) return false;
        current = next;
        show();
        return true;
      },
      ignoreMutation: () => true,
      destroy: stop,
    };
  };
}

/** A person named in the text. */
export function mentionView(): NodeViewRenderer {
  return ({ node }) => {
    const dom = make('span', 'mention', `@${node.attrs['name'] as string}`);
    return { dom, ignoreMutation: () => true };
  };
}
