// oxlint-disable-next-line typescript/triple-slash-reference -- other projects that compile this file need its types too
/// <reference path="./hyphen.d.ts" />
import english from 'hyphen/en-us/index.js';
import french from 'hyphen/fr/index.js';

const softHyphen = '\u00ad';

/** Fewest letters of a word that may be broken, and fewest that stay before and after the break. */
const shortestWord = 6;
const fewestBefore = 3;
const fewestAfter = 3;

type Hyphenator = (word: string) => string;

function cached(hyphenateSync: (text: string) => string): Hyphenator {
  const known = new Map<string, string>();
  return (word) => {
    let result = known.get(word);
    if (result === undefined) {
      result = keepFarBreaks(hyphenateSync(word));
      if (known.size < 100_000) known.set(word, result);
    }
    return result;
  };
}

function keepFarBreaks(hyphenated: string): string {
  const parts = hyphenated.split(softHyphen);
  const length = hyphenated.length - parts.length + 1;
  let out = parts[0] ?? '';
  let letters = out.length;
  for (const part of parts.slice(1)) {
    out += letters >= fewestBefore && length - letters >= fewestAfter ? softHyphen + part : part;
    letters += part.length;
  }
  return out;
}

const hyphenators: Readonly<Record<string, Hyphenator>> = {
  fr: cached((text) => french.hyphenateSync(text)),
  en: cached((text) => english.hyphenateSync(text)),
};

function hyphenatorFor(language: string): Hyphenator | null {
  return hyphenators[language.slice(0, 2).toLowerCase()] ?? null;
}

/**
 * Puts soft hyphens where words may break. Chromium has no French dictionary of its own (findings, section 4).
 * @param text - plain text, or text between two tags of HTML.
 * @param language - a language tag; other than French and English, the text stays as it is.
 */
export function hyphenateText(text: string, language: string): string {
  const hyphenator = hyphenatorFor(language);
  if (!hyphenator) return text;
  // Runs of letters only: apostrophes, the points of inclusive forms and references such as &amp; part words. Words in
  // capitals (acronyms) are left whole.
  return text.replaceAll(/&[a-z0-9#]+;|\p{L}+/giu, (word) =>
    word.startsWith('&') || word.length < shortestWord || word === word.toUpperCase()
      ? word
      : hyphenator(word),
  );
}

const voidElements = new Set(['area', 'br', 'col', 'hr', 'img', 'input', 'link', 'meta', 'source', 'wbr']);
/** Headings and cells are not broken (a soft hyphen lets a column shrink to half a word); code, formulas and addresses mean what they spell. */
const wholeElements = new Set([
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'th',
  'td',
  'code',
  'pre',
  'math',
  'style',
  'title',
  'nav',
]);

interface OpenElement {
  readonly name: string;
  readonly language: string;
  readonly whole: boolean;
}

/**
 * Hyphenates the running text of HTML, each passage by the language that its nearest `lang` names.
 * @param html - well-formed, with `<` and `>` escaped in text and attributes: what `renderBody` gives.
 * @param language - the language around it.
 */
export function hyphenateHtml(html: string, language: string): string {
  const open: OpenElement[] = [{ name: '', language, whole: false }];
  return html.replaceAll(/<[^>]*>|[^<]+/g, (piece) => {
    const around = open.at(-1) ?? { name: '', language, whole: false };
    if (!piece.startsWith('<')) return around.whole ? piece : hyphenateText(piece, around.language);
    const tag = /^<(\/?)([a-z][a-z0-9]*)/i.exec(piece);
    const name = tag?.[2]?.toLowerCase();
    if (name === undefined || voidElements.has(name) || piece.endsWith('/>')) return piece;
    if (tag?.[1] === '/') {
      if (open.length > 1 && around.name === name) open.pop();
    } else {
      const lang = /\slang="([^"]*)"/.exec(piece)?.[1];
      const whole = around.whole || wholeElements.has(name) || /\stranslate="no"/.test(piece);
      open.push({ name, language: lang ?? around.language, whole });
    }
    return piece;
  });
}
