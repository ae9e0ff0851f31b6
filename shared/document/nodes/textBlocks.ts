import { mergeAttributes, Node } from '@tiptap/core';
import { Blockquote as TiptapBlockquote } from '@tiptap/extension-blockquote';
import { CodeBlock as TiptapCodeBlock } from '@tiptap/extension-code-block';
import { Document as TiptapDocument } from '@tiptap/extension-document';
import { Heading as TiptapHeading } from '@tiptap/extension-heading';
import { HorizontalRule as TiptapHorizontalRule } from '@tiptap/extension-horizontal-rule';
import { Paragraph as TiptapParagraph } from '@tiptap/extension-paragraph';
import { Text as TiptapText } from '@tiptap/extension-text';
import {
  dataAttribute,
  flag,
  identifier,
  inherited,
  matching,
  nullable,
  oneOf,
  readFlag,
  wholeNumber,
} from '../attributes.ts';
import { calloutKinds, headingLevels } from '../vocabulary.ts';

/** The body of a note. Empty is valid: y-tiptap deletes what breaks a content expression. */
export const Doc = TiptapDocument.extend({ content: 'block*' });
export const Text = TiptapText;
export const Paragraph = TiptapParagraph;

export const Heading = TiptapHeading.extend({
  addAttributes() {
    return {
      level: { default: 1, rendered: false, validate: wholeNumber(1, 4) },
      /** False for a heading that the numbering of headings passes over (preface, thanks). */
      numbered: dataAttribute('numbered', {
        fallback: true,
        validate: flag,
        read: readFlag,
        keepOnSplit: false,
      }),
      /** Name that cross-references point at. */
      label: dataAttribute('label', { fallback: null, validate: nullable(identifier), keepOnSplit: false }),
    };
  },
}).configure({ levels: [...headingLevels] });

export const Blockquote = TiptapBlockquote.extend({ content: 'block*' });

export const Callout = Node.create({
  name: 'callout',
  group: 'block',
  content: 'block*',
  defining: true,
  addAttributes() {
    return { kind: dataAttribute('kind', { fallback: 'info', validate: oneOf(...calloutKinds) }) };
  },
  parseHTML() {
    return [{ tag: 'aside[data-type="callout"]' }];
  },
  renderHTML({ HTMLAttributes }) {
    return ['aside', mergeAttributes(HTMLAttributes, { 'data-type': 'callout' }), 0];
  },
});

/**
 * Code keeps every mark: text that got bold from a concurrent change must not make the whole block invalid, and
 * comments and suggestions apply to code too. Styles ignore formatting inside `pre`.
 */
export const CodeBlock = TiptapCodeBlock.extend({
  marks: '_',
  addAttributes() {
    return {
      language: {
        ...inherited(this.parent?.(), 'language'),
        default: null,
        validate: nullable(matching(/^[A-Za-z0-9+#._-]{1,40}$/, 'the name of a language')),
      },
    };
  },
}).configure({ enableTabIndentation: false });

export const HorizontalRule = TiptapHorizontalRule;

/** In a book the next block starts a page; on screen a thin dashed line. */
export const PageBreak = Node.create({
  name: 'pageBreak',
  group: 'block',
  atom: true,
  parseHTML() {
    return [{ tag: 'div[data-type="page-break"]' }];
  },
  renderHTML({ HTMLAttributes }) {
    return ['div', mergeAttributes(HTMLAttributes, { 'data-type': 'page-break' })];
  },
});

/** A displayed formula, as LaTeX; drawn as MathML. */
export const MathBlock = Node.create({
  name: 'mathBlock',
  group: 'block',
  atom: true,
  addAttributes() {
    return {
      latex: dataAttribute('latex', { fallback: '', validate: latexSource }),
      label: dataAttribute('label', { fallback: null, validate: nullable(identifier) }),
    };
  },
  parseHTML() {
    return [{ tag: 'div[data-type="math-block"]' }];
  },
  renderHTML({ HTMLAttributes }) {
    return ['div', mergeAttributes(HTMLAttributes, { 'data-type': 'math-block' })];
  },
});

/** LaTeX source of a formula: at most 8,000 characters. */
export function latexSource(value: unknown): void {
  if (typeof value !== 'string' || value.length > 8000)
    throw new RangeError('expected LaTeX of at most 8,000 characters');
}
