import type { NodeViewRenderer } from '@tiptap/core';
import { editorText } from '../texts.ts';
import { drawIcon } from './icons.ts';
import { make, makeChrome, showBlockAttributes } from './ViewContext.ts';

/**
 * A passage that readers open. In the editor it is open at first, since what is hidden is not proofread; open or closed is
 * each person's own affair and is not stored.
 */
export function detailsView(): NodeViewRenderer {
  return ({ node }) => {
    let current = node;
    const dom = make('div', 'details is-open');
    const toggle = makeChrome('button', 'details-toggle');
    toggle.type = 'button';
    toggle.append(drawIcon('chevron', 18));
    const contentDOM = make('div', 'details-body');
    const show = () => {
      const isOpen = dom.classList.contains('is-open');
      toggle.setAttribute('aria-expanded', String(isOpen));
      toggle.setAttribute('aria-label', editorText(isOpen ? 'details.close' : 'details.open'));
      showBlockAttributes(dom, current);
    };
    toggle.addEventListener('click', () => {
      dom.classList.toggle('is-open');
      show();
    });
    dom.append(toggle, contentDOM);
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
      stopEvent: (event) => event.target instanceof Node && toggle.contains(event.target),
      ignoreMutation: (mutation) =>
        mutation.type !== 'selection' &&
        (toggle.contains(mutation.target) || (mutation.type === 'attributes' && mutation.target === dom)),
    };
  };
}

/** The hidden part: a plain element, shown and hidden by the style of the whole. */
export function detailsContentView(): NodeViewRenderer {
  return ({ node }) => {
    let current = node;
    const dom = make('div', 'details-content');
    showBlockAttributes(dom, current);
    return {
      dom,
      contentDOM: dom,
      update(next) {
        if (next.type !== current.type) return false;
        current = next;
        showBlockAttributes(dom, current);
        return true;
      },
    };
  };
}
