import { foldText } from '#shared/domain/foldText.ts';

/**
 * How a feminine ending joins the masculine word before it: `[ending of the word, what stands in its place]`, the first that fits. Everything is
 * folded (no accents). An ending that fits nothing gives no form: « prends-le » and « fin.Le » are not inclusive words.
 */
const joins: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  e: [['', 'e']],
  ne: [['n', 'nne']],
  nne: [['n', 'nne']],
  le: [
    ['l', 'lle'],
    ['eau', 'elle'],
  ],
  lle: [
    ['l', 'lle'],
    ['eau', 'elle'],
  ],
  elle: [
    ['eau', 'elle'],
    ['el', 'elle'],
  ],
  te: [
    ['t', 'tte'],
    ['tou', 'toute'],
  ],
  ette: [['et', 'ette']],
  enne: [['en', 'enne']],
  ienne: [['ien', 'ienne']],
  onne: [['on', 'onne']],
  trice: [
    ['teur', 'trice'],
    ['eur', 'trice'],
  ],
  rice: [['eur', 'rice']],
  ice: [['eur', 'rice']],
  euse: [
    ['eur', 'euse'],
    ['eux', 'euse'],
  ],
  use: [
    ['ur', 'use'],
    ['ux', 'use'],
  ],
  se: [
    ['x', 'se'],
    ['r', 'se'],
    ['s', 'sse'],
  ],
  eure: [['eur', 'eure']],
  eresse: [['eur', 'eresse']],
  esse: [['e', 'esse']],
  sse: [['e', 'esse']],
  ere: [['er', 'ere']],
  iere: [['ier', 'iere']],
  re: [['r', 're']],
  ve: [['f', 've']],
  ive: [['if', 'ive']],
  che: [['c', 'che']],
  que: [['c', 'que']],
  ale: [
    ['al', 'ale'],
    ['aux', 'ale'],
  ],
};

const letters = String.raw`\p{L}[\p{L}\p{M}]*`;
const separator = '[·•‧∙⋅.\\-‑/]';
/** « auteur·trice », « auteur·trice·s », « acteurs.trices », « engagé.e.s », « étudiant(e)s », « acteur(-trice)s ». */
const inclusiveWord = new RegExp(
  `(?<![\\p{L}\\p{N}])(${letters})(?:${separator}(${letters})(?:${separator}(s)(?![\\p{L}\\p{N}]))?|\\(${separator}?(${letters})\\)(s)?)(?![\\p{L}\\p{N}])`,
  'gu',
);

/** An inclusively written word of a text, and the words that it stands for. */
export interface InclusiveWord {
  readonly start: number;
  readonly end: number;
  /** Folded: masculine and feminine, and their plurals when the word is plural. */
  readonly forms: readonly string[];
}

function joinFeminine(base: string, ending: string): string | null {
  for (const [from, to] of joins[ending] ?? []) {
    if (base.endsWith(from)) return base.slice(0, base.length - from.length) + to;
  }
  return null;
}

function formsOf(written: string, suffix: string, pluralMark: boolean): string[] {
  const base = foldText(written);
  let ending = foldText(suffix);
  let plural = pluralMark;
  if (!(ending in joins) && ending.endsWith('s') && ending.slice(0, -1) in joins) {
    ending = ending.slice(0, -1);
    plural = true;
  }
  if (base.length < 2 || !Object.hasOwn(joins, ending)) return [];
  const singulars = plural && base.endsWith('s') ? [base.slice(0, -1), base] : [base];
  for (const masculine of singulars) {
    const feminine = joinFeminine(masculine, ending);
    if (feminine === null) continue;
    if (!plural) return [masculine, feminine];
    const masculinePlural = /[sxz]$/.test(masculine) ? masculine : `${masculine}s`;
    return [masculine, masculinePlural, feminine, `${feminine}s`];
  }
  return [];
}

/** Finds the inclusively written words of a text. Their places are indexes in the text as given. */
export function findInclusiveWords(text: string): InclusiveWord[] {
  const found: InclusiveWord[] = [];
  for (const match of text.matchAll(inclusiveWord)) {
    const [whole, base = '', afterMark, plural, inParentheses, pluralAfter] = match;
    const forms = formsOf(base, afterMark ?? inParentheses ?? '', (plural ?? pluralAfter) !== undefined);
    if (forms.length > 0) found.push({ start: match.index, end: match.index + whole.length, forms });
  }
  return found;
}

/**
 * The full forms of every inclusively written word of a text, folded, each once, separated by spaces: « auteur·trice » gives « auteur autrice ». Kept in
 * a column of the search index that is never shown.
 */
export function inclusiveForms(text: string): string {
  return [...new Set(findInclusiveWords(text).flatMap((word) => word.forms))].join(' ');
}
