import { attributeText } from './bodyAccess.ts';
import { htmlAttributes } from './escapeHtml.ts';
import { highlightColours, languagePattern } from './vocabulary.ts';
import type { BodyMark } from './noteContent.ts';
import { safeHref } from './safeHref.ts';

export interface MarkOptions {
  /** Address of a term's page; null shows the words alone. */
  readonly termHref?: ((termId: string) => string | null) | undefined;
  /** `shown`: as additions and removals; `original`: the text as if nothing had been suggested. */
  readonly suggestions: 'shown' | 'original';
}

/** Outermost first; what is not listed goes inside, in the order given. */
const order = [
  'suggestionInsert',
  'suggestionDelete',
  'link',
  'termLink',
  'language',
  'highlight',
  'bold',
  'italic',
  'underline',
  'strike',
  'superscript',
  'subscript',
  'code',
];

function rank(mark: BodyMark): number {
  const at = order.indexOf(mark.type);
  return at === -1 ? order.length : at;
}

const plainTags: Readonly<Record<string, string>> = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strike: 's',
  code: 'code',
  subscript: 'sub',
  superscript: 'sup',
};

/** Opening and closing HTML of one mark, or null for a mark that shows nothing. */
function tagOf(mark: BodyMark, options: MarkOptions): { open: string; close: string } | null {
  const plain = plainTags[mark.type];
  if (plain !== undefined) return { open: `<${plain}>`, close: `</${plain}>` };
  switch (mark.type) {
    case 'link': {
      const href = safeHref(mark.attrs?.['href']);
      if (href === null || href === '#') return null;
      return { open: `<a${htmlAttributes({ href, rel: 'noopener noreferrer nofollow' })}>`, close: '</a>' };
    }
    case 'termLink': {
      const termId = attributeText(mark, 'termId');
      const href = safeHref(termId === null ? null : options.termHref?.(termId));
      if (href === null) return { open: '<span class="term-link">', close: '</span>' };
      return { open: `<a${htmlAttributes({ class: 'term-link', href })}>`, close: '</a>' };
    }
    case 'language': {
      const lang = attributeText(mark, 'lang');
      return lang === null || !languagePattern.test(lang)
        ? null
        : { open: `<span${htmlAttributes({ lang })}>`, close: '</span>' };
    }
    case 'highlight': {
      const colour = highlightColours.find((name) => name === mark.attrs?.['color']) ?? highlightColours[0];
      return { open: `<mark class="highlight-${colour}">`, close: '</mark>' };
    }
    case 'suggestionInsert':
      return { open: '<ins class="suggestion">', close: '</ins>' };
    case 'suggestionDelete':
      return options.suggestions === 'shown' ? { open: '<del class="suggestion">', close: '</del>' } : null;
    default:
      return null;
  }
}

/** True when a piece of text is only suggested and must not show. */
export function isHidden(marks: readonly BodyMark[] | undefined, options: MarkOptions): boolean {
  return options.suggestions === 'original' && (marks ?? []).some((mark) => mark.type === 'suggestionInsert');
}

/**
 * Puts pieces of a line together, opening and closing marks where they change, so that a link half in bold stays one
 * link.
 * @param pieces - HTML of each piece with its marks.
 */
export function joinMarked(
  pieces: readonly { readonly html: string; readonly marks: readonly BodyMark[] | undefined }[],
  options: MarkOptions,
): string {
  let out = '';
  let open: { readonly open: string; readonly close: string }[] = [];
  for (const piece of pieces) {
    const tags = [...(piece.marks ?? [])]
      .sort((a, b) => rank(a) - rank(b))
      .flatMap((mark) => tagOf(mark, options) ?? []);
    let shared = 0;
    while (shared < open.length && shared < tags.length && open[shared]?.open === tags[shared]?.open)
      shared += 1;
    out += open
      .slice(shared)
      .reverse()
      .map((tag) => tag.close)
      .join('');
    out += tags
      .slice(shared)
      .map((tag) => tag.open)
      .join('');
    out += piece.html;
    open = tags;
  }
  return (
    out +
    [...open]
      .reverse()
      .map((tag) => tag.close)
      .join('')
  );
}
