import { foldText, wordsOf } from '#shared/domain/foldText.ts';
import { findInclusiveWords } from './inclusiveForms.ts';

const before = 60;
const length = 200;

interface Hit {
  readonly start: number;
  readonly end: number;
}

function findHits(text: string, query: string): Hit[] {
  const words = wordsOf(query);
  const last = words.at(-1);
  if (last === undefined) return [];
  const whole = new Set(words);
  const fits = (form: string): boolean => whole.has(form) || form.startsWith(last);
  const hits: Hit[] = [];
  for (const word of findInclusiveWords(text)) {
    if (word.forms.some(fits)) hits.push({ start: word.start, end: word.end });
  }
  for (const match of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const end = match.index + match[0].length;
    if (!fits(foldText(match[0]))) continue;
    if (!hits.some((hit) => match.index < hit.end && end > hit.start)) hits.push({ start: match.index, end });
  }
  return hits.sort((a, b) => a.start - b.start);
}

/**
 * The part of a text around the first word that a search found.
 * @returns about 200 characters on one line, each match between \u0001 and \u0002; the beginning of the text where nothing matches (a hit in the title).
 */
export function makeSnippet(text: string, query: string): string {
  const plain = text
    .replace(/[\u0001\u0002]/g, '')
    .replace(/[ \t\r\n]+/g, ' ')
    .trim();
  const hits = findHits(plain, query);
  const first = hits[0];
  let start = first === undefined ? 0 : Math.max(0, first.start - before);
  if (start > 0) {
    const space = plain.indexOf(' ', start);
    if (space !== -1 && first !== undefined && space < first.start) start = space + 1;
  }
  let end = Math.min(plain.length, start + length);
  if (end < plain.length) {
    const space = plain.lastIndexOf(' ', end);
    if (space > start + length / 2) end = space;
  }
  let out = start > 0 ? '… ' : '';
  let at = start;
  for (const hit of hits) {
    if (hit.start < start || hit.end > end) continue;
    out += `${plain.slice(at, hit.start)}\u0001${plain.slice(hit.start, hit.end)}\u0002`;
    at = hit.end;
  }
  return `${out}${plain.slice(at, end)}${end < plain.length ? ' …' : ''}`;
}
