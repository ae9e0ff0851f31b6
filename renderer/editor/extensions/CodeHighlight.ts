import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { type HighlightedPart, highlightCode } from '../reader/highlightCode.ts';

const codeHighlightKey = new PluginKey<DecorationSet>('codeHighlight');

// Nodes are immutable: what was highlighted once is not read again at each key typed elsewhere.
const parts = new WeakMap<Node, readonly HighlightedPart[]>();

function partsOf(block: Node): readonly HighlightedPart[] {
  let known = parts.get(block);
  if (!known) {
    const language: unknown = block.attrs['language'];
    known = typeof language === 'string' ? highlightCode(block.textContent, language) : [];
    parts.set(block, known);
  }
  return known;
}

function draw(doc: Node): DecorationSet {
  const decorations: Decoration[] = [];
  doc.descendants((node, at) => {
    if (node.type.name === 'codeBlock') {
      let from = at + 1;
      for (const { text, classes } of partsOf(node)) {
        if (classes !== '') decorations.push(Decoration.inline(from, from + text.length, { class: classes }));
        from += text.length;
      }
    }
    return !node.isTextblock;
  });
  return DecorationSet.create(doc, decorations);
}

/** Colours of code, as decorations: nothing of it is in the document. */
export const CodeHighlight = Extension.create({
  name: 'codeHighlight',
  addProseMirrorPlugins() {
    return [
      new Plugin<DecorationSet>({
        key: codeHighlightKey,
        state: {
          init: (_config, state) => draw(state.doc),
          apply: (transaction, drawn) => (transaction.docChanged ? draw(transaction.doc) : drawn),
        },
        props: { decorations: (state) => codeHighlightKey.getState(state) },
      }),
    ];
  },
});
