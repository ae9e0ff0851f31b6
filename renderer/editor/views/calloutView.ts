import type { NodeViewRenderer } from '@tiptap/core';
import { type CalloutKind, calloutKinds } from '#shared/document/vocabulary.ts';
import { editorText } from '../texts.ts';
import { drawIcon } from './icons.ts';
import { make, makeChrome, showBlockAttributes } from './ViewContext.ts';

/** A callout: its kind as icon and word, which opens a list of the kinds, and its blocks. */
export function calloutView(): NodeViewRenderer {
  return ({ node, editor, getPos }) => {
    let current = node;
    const dom = make('aside', 'callout');
    const head = makeChrome('div', 'callout-head');
    const icon = make('span', 'callout-icon');
    const choice = make('select', 'callout-kind');
    choice.setAttribute('aria-label', editorText('callouts.label'));
    for (const kind of calloutKinds) {
      const option = document.createElement('option');
      option.value = kind;
      option.textContent = editorText(`callouts.${kind}`);
      choice.append(option);
    }
    choice.addEventListener('change', () => {
      const at = getPos();
      if (at === undefined || !editor.isEditable) return;
      editor
        .chain()
        .command(({ tr }) => {
          tr.setNodeAttribute(at, 'kind', choice.value);
          return true;
        })
        .focus()
        .run();
    });
    head.append(icon, choice);
    const contentDOM = make('div', 'callout-body');
    dom.append(head, contentDOM);
    const show = () => {
      const kind = current.attrs['kind'] as CalloutKind;
      dom.dataset['kind'] = kind;
      icon.replaceChildren(drawIcon(kind));
      choice.value = kind;
      showBlockAttributes(dom, current);
    };
    show();
    return {
      dom,
      contentDOM,
      update(next) {
        if (next.type !== current.type) return false;
        current = next;
        show();
        return true;
      },
      stopEvent: (event) => event.target instanceof Node && head.contains(event.target),
      ignoreMutation: (mutation) => mutation.type !== 'selection' && head.contains(mutation.target),
    };
  };
}
