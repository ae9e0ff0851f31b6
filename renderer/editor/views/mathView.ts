import type { NodeViewRenderer } from '@tiptap/core';
import { editorText } from '../texts.ts';
import { renderMath } from './renderMath.ts';
import { make, showBlockAttributes } from './ViewContext.ts';

/** A formula as MathML; selecting it opens the panel with its LaTeX. */
export function mathView(isDisplay: boolean): NodeViewRenderer {
  return ({ node }) => {
    let current = node;
    const dom = make(isDisplay ? 'div' : 'span', isDisplay ? 'math-block' : 'math-inline');
    const target = make('span', 'math-drawing');
    dom.append(target);
    const show = () => {
      const latex = current.attrs['latex'] as string;
      dom.classList.toggle('is-empty', latex.trim() === '');
      if (latex.trim() === '') target.textContent = editorText('math.empty');
      else renderMath(target, latex, isDisplay, (result) => dom.classList.toggle('is-invalid', !result.ok));
      if (isDisplay) showBlockAttributes(dom, current);
    };
    show();
    return {
      dom,
      update(next) {
        if (next.type !== current.type) return false;
        const isOther = next.attrs['latex'] !== current.attrs['latex'];
        current = next;
        if (isOther) show();
        return true;
      },
      ignoreMutation: () => true,
    };
  };
}
