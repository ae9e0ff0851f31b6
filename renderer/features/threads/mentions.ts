import type { Person } from '#shared/domain/Person.ts';

/** What is being named where the caret stands: the letters after an `@`, and where that is. */
export interface MentionQuery {
  readonly text: string;
  /** Place of the `@`. */
  readonly from: number;
}

/** A name has up to three words; an `@` inside a word, as in an address, names nobody. */
const typedMention = /(?:^|[\s(«“"'’\u00a0])@((?:[\p{L}\p{N}-]+ ){0,2}[\p{L}\p{N}-]*)$/u;

/** What is being named just before `caret`, or null. */
export function mentionAt(text: string, caret: number): MentionQuery | null {
  const found = typedMention.exec(text.slice(0, caret));
  const typed = found?.[1];
  return typed === undefined ? null : { text: typed, from: caret - typed.length - 1 };
}

/** Writes a name in place of what was typed of it. */
export function writeMention(
  text: string,
  { from, text: typed }: MentionQuery,
  name: string,
): { readonly text: string; readonly caret: number } {
  const after = text.slice(from + 1 + typed.length);
  const words = `@${name}${after.startsWith(' ') ? '' : ' '}`;
  return { text: text.slice(0, from) + words + after, caret: from + name.length + 2 };
}

/** Those of `people` who are still named in the text. */
export function namedIn(text: string, people: readonly Person[]): Person[] {
  return people.filter((person) => text.includes(`@${person.name}`));
}

/** A text cut at the names of those who are named in it: every other piece, from the second on, is a name. */
export function cutAtMentions(text: string, people: readonly Pick<Person, 'name'>[]): string[] {
  // The longest name first: « @Anne Roy » is not « @Anne ».
  const names = people.map(({ name }) => `@${name}`).sort((a, b) => b.length - a.length);
  const pieces: string[] = [];
  let piece = '';
  let at = 0;
  while (at < text.length) {
    const name = text[at] === '@' ? names.find((one) => text.startsWith(one, at)) : undefined;
    if (name === undefined) {
      piece += text[at];
      at += 1;
    } else {
      pieces.push(piece, name);
      piece = '';
      at += name.length;
    }
  }
  return [...pieces, piece];
}
