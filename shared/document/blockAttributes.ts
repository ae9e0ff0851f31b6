import { Extension } from '@tiptap/core';
import {
  dataAttribute,
  identifier,
  languageTag,
  nullable,
  oneOf,
  type ParsedElement,
  textUpTo,
} from './attributes.ts';
import { blockNames } from './names.ts';
import { textAlignments } from './vocabulary.ts';

const alignedNames = ['paragraph', 'heading', 'figureCaption'];

/** Attributes that many blocks share: stable id, language, alignment of the text, suggestion about the block itself. */
export const BlockAttributes = Extension.create({
  name: 'blockAttributes',
  addGlobalAttributes() {
    return [
      {
        types: [...blockNames],
        attributes: {
          // Set by local commands only (`assignBlockIds`). Shown in HTML so that a link can reach the block, not read
          // back: a pasted block is a new block.
          id: {
            default: null,
            keepOnSplit: false,
            validate: nullable(identifier),
            parseHTML: () => null,
            renderHTML: (attributes: Record<string, unknown>) =>
              typeof attributes['id'] === 'string' ? { 'data-block-id': attributes['id'] } : {},
          },
          lang: {
            default: null,
            validate: nullable(languageTag),
            parseHTML: (element: ParsedElement) => element.getAttribute('data-lang'),
            renderHTML: (attributes: Record<string, unknown>) =>
              typeof attributes['lang'] === 'string'
                ? { lang: attributes['lang'], 'data-lang': attributes['lang'] }
                : {},
          },
          // Marks cannot sit on blocks in a shared document: a suggestion to add, remove, split or change a block is kept
          // here, as JSON text.
          suggestion: {
            default: null,
            keepOnSplit: false,
            validate: nullable(textUpTo(4000)),
            parseHTML: () => null,
            renderHTML: (attributes: Record<string, unknown>) =>
              typeof attributes['suggestion'] === 'string' ? { 'data-suggestion': '' } : {},
          },
        },
      },
      {
        types: alignedNames,
        attributes: {
          // A data attribute and not a style: the content security policy refuses inline styles.
          textAlign: dataAttribute('textAlign', {
            fallback: null,
            validate: nullable(oneOf(...textAlignments)),
          }),
        },
      },
    ];
  },
});
