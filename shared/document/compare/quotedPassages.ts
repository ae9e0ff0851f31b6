import type { BodyNode } from '../noteContent.ts';
import type { NoteComparison } from './compareNotes.ts';

/** A stretch of a changed passage. */
export interface PassagePart {
  readonly text: string;
  readonly change: 'same' | 'added' | 'removed';
}
/** A paragraph, a heading, a cell… as one person changed it: what they added and removed, and a few words around each. */
export type QuotedPassage = readonly PassagePart[];

/** What is kept of a text that stays, on each side of what changed. */
const wordsAround = 4;
/** What is kept of one long addition or removal, in signs. */
const longestPart = 240;

interface Owned extends PassagePart {
  readonly person: string | null;
}

const join = (parts: readonly PassagePart[]): PassagePart[] => {
  const joined: PassagePart[] = [];
  for (const { text, change } of parts) {
    const last = joined.at(-1);
    if (last?.change === change) joined[joined.length - 1] = { text: last.text + text, change };
    else joined.push({ text, change });
  }
  return joined;
};

/** A text that stays, cut to the words beside what changed. */
function around(text: string, isFirst: boolean, isLast: boolean): string {
  const words = text.split(/(?<=\s)/);
  if (words.length <= wordsAround * (isFirst || isLast ? 1 : 2) + 1) return text;
  const head = isFirst ? '' : words.slice(0, wordsAround).join('');
  const tail = isLast ? '' : words.slice(-wordsAround).join('');
  return `${head.trimEnd()}${head === '' ? '… ' : ' … '}${tail}`.replace(isLast ? / $/ : /$^/, '');
}

function cut(text: string): string {
  if (text.length <= longestPart) return text;
  const end = text.lastIndexOf(' ', longestPart);
  return `${text.slice(0, end > longestPart / 2 ? end : longestPart).trimEnd()}…`;
}

/** A line as one person changed it: what others added stands there as it is, what they removed does not; null where nothing is theirs. */
function asOf(person: string | null, line: readonly Owned[]): QuotedPassage | null {
  const parts = join(
    line.flatMap((part): PassagePart[] => {
      if (part.change === 'same' || part.person === person) return [part];
      return part.change === 'added' ? [{ text: part.text, change: 'same' }] : [];
    }),
  );
  if (parts.every(({ change, text }) => change === 'same' || text.trim() === '')) return null;
  return parts.map(({ text, change }, at) => ({
    change,
    text: change === 'same' ? around(text, at === 0, at === parts.length - 1) : cut(text),
  }));
}

const textOf = (node: BodyNode): string => node.text ?? (node.content ?? []).map(textOf).join(' ');

/**
 * What each person changed between two moments of a note, word for word, in reading order. Changes that change no word (of form, of place, of a picture) are not in it.
 * @returns by person; null stands for whoever is not known.
 */
export function quotedPassages({
  title,
  body,
}: Pick<NoteComparison, 'title' | 'body'>): ReadonlyMap<string | null, readonly QuotedPassage[]> {
  const passages = new Map<string | null, QuotedPassage[]>();
  const add = (line: readonly Owned[]): void => {
    for (const person of new Set(line.flatMap((part) => (part.change === 'same' ? [] : [part.person])))) {
      const passage = asOf(person, line);
      if (passage === null) continue;
      const list = passages.get(person) ?? [];
      list.push(passage);
      passages.set(person, list);
    }
  };
  const visit = (node: BodyNode): void => {
    const line: Owned[] = [];
    for (const child of node.content ?? []) {
      const isInline = child.text !== undefined || child.marks !== undefined;
      if (!isInline) {
        visit(child);
        continue;
      }
      const mark = child.marks?.find(({ type }) => type === 'added' || type === 'removed');
      const change = mark === undefined ? 'same' : mark.type === 'added' ? 'added' : 'removed';
      const text = textOf(child).replaceAll('¶', ' ');
      line.push({ text, change, person: (mark?.attrs?.['person'] ?? null) as string | null });
    }
    if (line.length > 0) add(line);
  };
  add(title);
  visit(body);
  return passages;
}
