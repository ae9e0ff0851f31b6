import { Mark, mergeAttributes } from '@tiptap/core';
import { Bold as TiptapBold } from '@tiptap/extension-bold';
import { Code as TiptapCode } from '@tiptap/extension-code';
import { Highlight as TiptapHighlight } from '@tiptap/extension-highlight';
import { Italic as TiptapItalic } from '@tiptap/extension-italic';
import { Link as TiptapLink } from '@tiptap/extension-link';
import { Strike as TiptapStrike } from '@tiptap/extension-strike';
import { Subscript as TiptapSubscript } from '@tiptap/extension-subscript';
import { Superscript as TiptapSuperscript } from '@tiptap/extension-superscript';
import { Underline as TiptapUnderline } from '@tiptap/extension-underline';
import {
  colourName,
  dataAttribute,
  identifier,
  languageTag,
  linkAddress,
  nullable,
  type ParsedElement,
} from '../attributes.ts';
import { localOnly } from '../localOnly.ts';
import { safeHref } from '../safeHref.ts';

export const Bold = TiptapBold;
export const Italic = TiptapItalic;
export const Underline = TiptapUnderline;
export const Strike = TiptapStrike;
export const Subscript = TiptapSubscript;
export const Superscript = TiptapSuperscript;

/** Code in the line. TipTap's excludes every other mark, which would delete comments and suggestions under it. */
export const Code = TiptapCode.extend({ excludes: 'code' });

export const Highlight = TiptapHighlight.extend({
  addAttributes() {
    return { color: dataAttribute('color', { fallback: null, validate: nullable(colourName) }) };
  },
}).configure({ multicolor: true });

/**
 * A link. Only its address is stored; `rel` and `target` are the renderer's affair. The address is checked here, again
 * when rendered and again when clicked.
 */
export const Link = TiptapLink.extend({
  addAttributes() {
    return {
      href: {
        default: '#',
        validate: linkAddress,
        parseHTML: (element: ParsedElement) => safeHref(element.getAttribute('href')) ?? '#',
        renderHTML: (attributes: Record<string, unknown>) => ({ href: safeHref(attributes['href']) ?? '#' }),
      },
    };
  },
  parseHTML() {
    return [
      {
        tag: 'a[href]',
        getAttrs: (element: ParsedElement) =>
          safeHref(element.getAttribute('href')) === null ? false : null,
      },
    ];
  },
  // Links found while typing must come from the person at this editor.
  addProseMirrorPlugins() {
    return (this.parent?.() ?? []).map(localOnly);
  },
}).configure({
  openOnClick: false,
  autolink: true,
  linkOnPaste: true,
  defaultProtocol: 'https',
  HTMLAttributes: { target: null, rel: 'noopener noreferrer nofollow', class: null },
  isAllowedUri: (address) => safeHref(address) !== null,
});

/** A passage in another language than the note: spelling, hyphenation and voices follow it. */
export const Language = Mark.create({
  name: 'language',
  addAttributes() {
    return {
      lang: {
        default: null,
        validate: nullable(languageTag),
        parseHTML: (element: ParsedElement) => element.getAttribute('lang'),
        renderHTML: (attributes: Record<string, unknown>) =>
          typeof attributes['lang'] === 'string' ? { lang: attributes['lang'] } : {},
      },
    };
  },
  // Not every span with a lang: word processors put one on each word.
  parseHTML() {
    return [{ tag: 'span[data-type="language"]' }];
  },
  renderHTML({ HTMLAttributes }) {
    return ['span', mergeAttributes(HTMLAttributes, { 'data-type': 'language' }), 0];
  },
});

/**
 * A term of the lexicon. A mark and not an atom: the text stays in the author's own form (plural, feminine, inclusive),
 * can be rewritten, found and read aloud, and loses nothing where terms are not known.
 */
export const TermLink = Mark.create({
  name: 'termLink',
  inclusive: false,
  addAttributes() {
    return { termId: dataAttribute('termId', { fallback: null, validate: nullable(identifier) }) };
  },
  parseHTML() {
    return [{ tag: 'span[data-type="term-link"]' }];
  },
  renderHTML({ HTMLAttributes }) {
    return ['span', mergeAttributes(HTMLAttributes, { 'data-type': 'term-link' }), 0];
  },
});
