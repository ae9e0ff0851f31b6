import type { NodeViewRenderer } from '@tiptap/core';
import { editorText } from '../texts.ts';
import { codeLanguageLabel, codeLanguages } from './codeLanguages.ts';
import { make, makeChrome, showBlockAttributes } from './ViewContext.ts';

/** A code block with the choice of its language. */
export function codeBlockView(): NodeViewRenderer {
  return ({ node, editor, getPos }) => {
    let current = node;
    const dom = make('div', 'code-block');
    const head = makeChrome('div', 'code-block-head');
    const choice = make('select', 'code-block-language');
    choice.setAttribute('aria-label', editorText('code.language'));
    const addOption = (value: string, label: string) => {
      const option = document.createElement('option');
      option.value = value;
      option.textContent = label;
      choice.append(option);
    };
    addOption('', editorText('code.plain'));
    for (const [value, label] of codeLanguages) addOption(value, label);
    choice.addEventListener('change', () => {
      const at = getPos();
      if (at === undefined || !editor.isEditable) return;
      editor
        .chain()
        .command(({ tr }) => {
          tr.setNodeAttribute(at, 'language', choice.value === '' ? null : choice.value);
          return true;
        })
        .focus()
        .run();
    });
    head.append(choice);
    const pre = document.createElement('pre');
    pre.spellcheck = false;
    const contentDOM = document.createElement('code');
    pre.append(contentDOM);
    dom.append(head, pre);
    const show = () => {
      const language = typeof current.attrs['language'] === 'string' ? current.attrs['language'] : '';
      if (![...choice.options].some((option) => option.value === language))
        addOption(language, codeLanguageLabel(language));
      choice.value = language;
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
