import { extractText } from './extractText.ts';
import type { BodyNode } from './noteContent.ts';

/** Around the words of a link in its sentence, as around what a search found. Empty between them: the link shows the title of its note. */
export const linkMarks = { begin: '\u0001', end: '\u0002' } as const;
/** Most letters of a sentence that is kept; a longer one is cut on both sides of its link. */
const maxLength = 240;

/** A link in a line of text: the id of its note stands before its words. */
const marked = /\u0001([A-Za-z0-9_-]*)\u0003([^\u0002]*)\u0002/gu;

interface Place {
  readonly noteId: string;
  readonly start: number;
  readonly end: number;
  /** The link has words of its own. */
  readonly hasWords: boolean;
}

/** A line as it is read, and where its links are in it. */
function readLine(line: string): { readonly text: string; readonly places: readonly Place[] } {
  const places: Place[] = [];
  let text = '';
  let at = 0;
  for (const found of line.matchAll(marked)) {
    text += line.slice(at, found.index);
    const [whole, noteId = '', words = ''] = found;
    const shown = words === '' ? '…' : words;
    places.push({ noteId, start: text.length, end: text.length + shown.length, hasWords: words !== '' });
    text += shown;
    at = found.index + whole.length;
  }
  return { text: text + line.slice(at), places };
}

/** The first letters, or the last, of a part that is too long, cut between words. */
function cutEnd(part: string, length: number): string {
  if (part.length <= length) return part;
  const cut = part.slice(0, length);
  const space = cut.lastIndexOf(' ');
  return `${space > 0 ? cut.slice(0, space) : cut}…`;
}
function cutStart(part: string, length: number): string {
  if (part.length <= length) return part;
  const cut = part.slice(-length);
  const space = cut.indexOf(' ');
  return `…${space >= 0 ? cut.slice(space + 1) : cut}`;
}

/**
 * The sentence around the first link of a body to each note, with `linkMarks` around the link's own words. Other links of it show their own words, or « … », never a title.
 * @param language - BCP 47, for where sentences end.
 */
export function extractLinkSentences(body: BodyNode, language: string): Map<string, string> {
  const sentences = new Map<string, string>();
  const lines = extractText(body, {
    noteLink: (noteId, text) =>
      `\u0001${noteId}\u0003${(text ?? '').replaceAll(/[\u0001-\u0003]/gu, '')}\u0002`,
  }).split('\n');
  let segmenter: Intl.Segmenter | null = null;
  for (const line of lines) {
    const { text, places } = readLine(line);
    for (const { noteId, start, end, hasWords } of places) {
      if (sentences.has(noteId)) continue;
      segmenter ??= new Intl.Segmenter(language, { granularity: 'sentence' });
      const sentence = segmenter.segment(text).containing(start);
      const from = sentence?.index ?? 0;
      const to = Math.max(end, from + (sentence?.segment.length ?? 0));
      const half = Math.floor((maxLength - (end - start)) / 2);
      const before = cutStart(text.slice(from, start).trimStart(), Math.max(half, 40));
      const after = cutEnd(text.slice(end, to).trimEnd(), Math.max(half, 40));
      sentences.set(
        noteId,
        before + linkMarks.begin + (hasWords ? text.slice(start, end) : '') + linkMarks.end + after,
      );
    }
  }
  return sentences;
}
