import { mergeAttributes, Node } from '@tiptap/core';
import { HardBreak as TiptapHardBreak } from '@tiptap/extension-hard-break';
import { dataAttribute, identifier, nullable, oneOf, textUpTo } from '../attributes.ts';
import { crossReferenceForms } from '../vocabulary.ts';
import { latexSource } from './textBlocks.ts';

export const HardBreak = TiptapHardBreak;

/**
 * A footnote holds its own text, as content, so that it is edited together like the rest and moves with its call.
 * Its number is its place in the note and is never stored.
 */
export const Footnote = Node.create({
  name: 'footnote',
  group: 'inline',
  inline: true,
  content: 'inline*',
  isolating: true,
  draggable: true,
  parseHTML() {
    return [{ tag: 'span[data-type="footnote"]' }];
  },
  renderHTML({ HTMLAttributes }) {
    return ['span', mergeAttributes(HTMLAttributes, { 'data-type': 'footnote' }), 0];
  },
});

/** A formula in the line, as LaTeX; drawn as MathML. */
export const MathInline = Node.create({
  name: 'mathInline',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes() {
    return { latex: dataAttribute('latex', { fallback: '', validate: latexSource }) };
  },
  parseHTML() {
    return [{ tag: 'span[data-type="math-inline"]' }];
  },
  renderHTML({ HTMLAttributes }) {
    return ['span', mergeAttributes(HTMLAttributes, { 'data-type': 'math-inline' })];
  },
});

/**
 * A link to another note: the id alone, so that it survives renames. The current title is shown live, to who may see
 * it; a title is never stored here.
 */
export const NoteLink = Node.create({
  name: 'noteLink',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes() {
    return {
      noteId: dataAttribute('noteId', { fallback: null, validate: nullable(identifier) }),
      /** Words that the author wrote in place of the title (« cette autre note »); never a copy of the title. */
      text: dataAttribute('text', { fallback: null, validate: nullable(textUpTo(300)) }),
    };
  },
  parseHTML() {
    return [{ tag: 'span[data-type="note-link"]' }];
  },
  renderHTML({ HTMLAttributes }) {
    return ['span', mergeAttributes(HTMLAttributes, { 'data-type': 'note-link' })];
  },
});

/** A person named in the text. `name` is what was written, shown where the person is not known. */
export const Mention = Node.create({
  name: 'mention',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes() {
    return {
      personId: dataAttribute('personId', { fallback: null, validate: nullable(identifier) }),
      name: dataAttribute('name', { fallback: '', validate: textUpTo(200) }),
    };
  },
  parseHTML() {
    return [{ tag: 'span[data-type="mention"]' }];
  },
  renderHTML({ HTMLAttributes }) {
    return ['span', mergeAttributes(HTMLAttributes, { 'data-type': 'mention' })];
  },
});

/** A reference to the heading, figure, picture, table or formula that carries the label. */
export const CrossReference = Node.create({
  name: 'crossReference',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes() {
    return {
      label: dataAttribute('label', { fallback: null, validate: nullable(identifier) }),
      form: dataAttribute('form', { fallback: 'number', validate: oneOf(...crossReferenceForms) }),
    };
  },
  parseHTML() {
    return [{ tag: 'span[data-type="cross-reference"]' }];
  },
  renderHTML({ HTMLAttributes }) {
    return ['span', mergeAttributes(HTMLAttributes, { 'data-type': 'cross-reference' })];
  },
});
