import { wordsOf } from '#shared/domain/foldText.ts';
import { findInclusiveWords } from './inclusiveForms.ts';

/** A form of more words is found by nobody's sentence. */
export const maxFormWords = 5;
/** A text is looked through as far as this many words. */
const maxWords = 5_000;
/** Folded forms shorter than this are words like « le » and « or »: they would be found everywhere. */
const minFormLength = 3;

/** Names as they are looked for in texts: folded words with one space between them, inclusive words also in full; each once. */
export function formsOfNames(names: readonly string[]): string[] {
  const forms = new Set<string>();
  for (const name of names) {
    const words = wordsOf(name);
    const form = words.join(' ');
    if (words.length <= maxFormWords && form.length >= minFormLength) forms.add(form);
    // « auteur·trice » alone also stands for « autrice »; in a longer name its words say what they say.
    for (const { start, end, forms: full } of findInclusiveWords(name))
      if (start === 0 && end === name.length) for (const one of full) forms.add(one);
  }
  return [...forms];
}

/** Every run of up to `maxFormWords` words in a text, folded, and the full forms of its inclusive words: how often each stands there. */
export function formsInText(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (form: string): void => {
    if (form.length >= minFormLength) counts.set(form, (counts.get(form) ?? 0) + 1);
  };
  // A term does not go over the end of a line.
  let left = maxWords;
  for (const line of text.split('\n')) {
    const words = wordsOf(line).slice(0, left);
    left -= words.length;
    for (let from = 0; from < words.length; from += 1)
      for (let to = from + 1; to <= Math.min(words.length, from + maxFormWords); to += 1)
        add(words.slice(from, to).join(' '));
    for (const { forms } of findInclusiveWords(line)) for (const form of new Set(forms)) add(form);
    if (left <= 0) break;
  }
  return counts;
}
