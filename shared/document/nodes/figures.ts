import { mergeAttributes, Node } from '@tiptap/core';
import { dataAttribute, identifier, nullable, oneOf } from '../attributes.ts';
import { figureKinds } from '../vocabulary.ts';

/**
 * A block with its caption: a table, a piece of code, a formula, several pictures. Numbered by `kind` (« Figure 3 »,
 * « Tableau 2 »). A single picture needs none: its caption is its own content.
 */
export const Figure = Node.create({
  name: 'figure',
  group: 'block',
  content: '(figureCaption | block)*',
  isolating: true,
  defining: true,
  addAttributes() {
    return {
      kind: dataAttribute('kind', { fallback: 'figure', validate: oneOf(...figureKinds) }),
      label: dataAttribute('label', { fallback: null, validate: nullable(identifier) }),
    };
  },
  parseHTML() {
    return [{ tag: 'figure[data-type="figure"]' }];
  },
  renderHTML({ HTMLAttributes }) {
    return ['figure', mergeAttributes(HTMLAttributes, { 'data-type': 'figure' }), 0];
  },
});

/** The caption of a figure, a picture, a file, a sound or a film. */
export const FigureCaption = Node.create({
  name: 'figureCaption',
  content: 'inline*',
  defining: true,
  selectable: false,
  parseHTML() {
    return [{ tag: 'figcaption' }];
  },
  renderHTML({ HTMLAttributes }) {
    return ['figcaption', HTMLAttributes, 0];
  },
});
