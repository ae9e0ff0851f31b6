import type { NodeViewRenderer } from '@tiptap/core';
import { TextSelection } from '@tiptap/pm/state';
import { editorText } from '../texts.ts';
import { make, makeChrome } from './ViewContext.ts';

/**
 * A footnote: its call, numbered by the style sheet in the order of the text, and its text in a small leaf that shows while
 * the caret is in it (`FootnoteFocus` adds the class).
 */
export function footnoteView(): NodeViewRenderer {
  return ({ editor, getPos }) => {
    const dom = make('span', 'footnote');
    const call = makeChrome('button', 'footnote-call');
    call.type = 'button';
    call.title = editorText('footnote.edit');
    call.setAttribute('aria-label', editorText('footnote.edit'));
    const contentDOM = make('span', 'footnote-leaf');
    contentDOM.dataset['placeholder'] = editorText('footnote.placeholder');
    call.addEventListener('mousedown', (event) => {
      event.preventDefault();
      const at = getPos();
      if (at === undefined) return;
      const { doc } = editor.state;
      const node = doc.nodeAt(at);
      if (!node) return;
      editor.view.focus();
      editor.view.dispatch(
        editor.state.tr.setSelection(TextSelection.create(doc, at + 1 + node.content.size)),
      );
    });
    // Without something between them, the ends of the leaf and of the footnote are one place to the browser and to
    // ProseMirror, and the caret stays in the hidden leaf when it should come out.
    const end = makeChrome('span', 'footnote-end');
    dom.append(call, contentDOM, end);
    return {
      dom,
      contentDOM,
      stopEvent: (event) => event.target instanceof Node && call.contains(event.target),
      ignoreMutation: (mutation) => mutation.type !== 'selection' && !contentDOM.contains(mutation.target),
    };
  };
}
