import { fromBase64UrlEncoded, toBase64UrlEncoded } from 'lib0/buffer';
import * as Y from 'yjs';
import { maxQuoteLength, type ThreadAnchor } from '../domain/Thread.ts';
import { childrenOf, isElement } from './binding/NoteMapping.ts';
import { inlineNames } from './bodyAccess.ts';
import { maxDepth } from './noteContent.ts';

/*
 * A passage is kept outside the document, by the letters that it begins and ends with. Splitting, moving or converting a block, undoing and restoring write
 * letters anew: the passage is then looked for by its words.
 */

/** One line of text of a body, in reading order: what a block says, each element in it as one `\ufffc`. */
export interface PassageLine {
  readonly text: string;
  readonly pieces: readonly { readonly text: Y.XmlText; readonly at: number }[];
}
/** A place between two letters. */
export interface LinePlace {
  readonly line: number;
  readonly offset: number;
}
/** From one place to a later one. */
export interface Passage {
  readonly start: LinePlace;
  readonly end: LinePlace;
}

const atom = '\ufffc';
/** A shorter quote is followed only where it is the one of its words. */
const followedLetters = 12;

const lettersOf = (text: Y.XmlText): string =>
  (text.toDelta() as { insert?: unknown }[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : atom))
    .join('');

/** The lines of a body that say something. */
export function linesOf(body: Y.XmlFragment): PassageLine[] {
  const lines: PassageLine[] = [];
  const walk = (parent: Y.XmlFragment, depth: number): void => {
    if (depth > maxDepth) return;
    const children = childrenOf(parent);
    const isLine = children.some((child) =>
      child instanceof Y.XmlText ? child.length > 0 : isElement(child) && inlineNames.has(child.nodeName),
    );
    if (!isLine) {
      for (const child of children) if (isElement(child)) walk(child, depth + 1);
      return;
    }
    let text = '';
    const pieces: { text: Y.XmlText; at: number }[] = [];
    for (const child of children) {
      if (child instanceof Y.XmlText) {
        pieces.push({ text: child, at: text.length });
        text += lettersOf(child);
      } else if (isElement(child)) text += atom;
    }
    lines.push({ text, pieces });
  };
  walk(body, 1);
  return lines;
}

const isBlank = (letter: string | undefined): boolean => letter === undefined || /[\s\ufffc]/.test(letter);
const isBefore = (a: LinePlace, b: LinePlace): boolean =>
  a.line < b.line || (a.line === b.line && a.offset < b.offset);

/** What a passage says, its lines apart. */
export function wordsOfPassage(lines: readonly PassageLine[], { start, end }: Passage): string {
  return lines
    .slice(start.line, end.line + 1)
    .map(({ text }, at) =>
      text.slice(at === 0 ? start.offset : 0, start.line + at === end.line ? end.offset : undefined),
    )
    .join('\n')
    .replaceAll(/[\s\ufffc]+/g, ' ')
    .trim();
}

function positionAt({ pieces, text }: PassageLine, offset: number, side: 0 | -1): Y.RelativePosition | null {
  const letter = side === 0 ? offset : offset - 1;
  const piece = pieces.findLast(({ at }) => at <= letter);
  if (piece === undefined || isBlank(text[letter])) return null;
  return Y.createRelativePositionFromTypeIndex(piece.text, offset - piece.at, side);
}

/** Takes hold of a passage. @returns null where it holds no letter. */
export function anchorOf(lines: readonly PassageLine[], passage: Passage): ThreadAnchor | null {
  let { start, end } = passage;
  // From the first letter to the last: what is blank may go without anybody noticing.
  while (isBefore(start, end) && isBlank(lines[start.line]?.text[start.offset]))
    start =
      start.offset < (lines[start.line]?.text.length ?? 0)
        ? { ...start, offset: start.offset + 1 }
        : { line: start.line + 1, offset: 0 };
  while (isBefore(start, end) && isBlank(lines[end.line]?.text[end.offset - 1]))
    end =
      end.offset > 0
        ? { ...end, offset: end.offset - 1 }
        : { line: end.line - 1, offset: lines[end.line - 1]?.text.length ?? 0 };
  const [first, last] = [lines[start.line], lines[end.line]];
  if (!isBefore(start, end) || first === undefined || last === undefined) return null;
  const from = positionAt(first, start.offset, 0);
  const to = positionAt(last, end.offset, -1);
  if (from === null || to === null) return null;
  const encode = (position: Y.RelativePosition) => toBase64UrlEncoded(Y.encodeRelativePosition(position));
  const quote = wordsOfPassage(lines, { start, end }).slice(0, maxQuoteLength).trim();
  return { start: encode(from), end: encode(to), quote };
}

interface Found {
  readonly place: LinePlace;
  /** Whether the letter itself is still there. */
  readonly isKept: boolean;
}

function placeOfType(lines: readonly PassageLine[], type: unknown, index: number): LinePlace | null {
  const line = lines.findIndex(({ pieces }) => pieces.some((piece) => piece.text === type));
  const piece = lines[line]?.pieces.find((one) => one.text === type);
  return piece === undefined ? null : { line, offset: piece.at + index };
}

function find(doc: Y.Doc, lines: readonly PassageLine[], position: string): Found | null {
  try {
    const relative = Y.decodeRelativePosition(fromBase64UrlEncoded(position));
    const { item: id } = relative;
    if (id === null) return null;
    const item = Y.getItem(doc.store, id) as Y.Item | Y.GC;
    if (!(item instanceof Y.Item)) return null;
    // What an undo brought back is known to who undid alone: everybody looks for the words.
    const absolute = Y.createAbsolutePositionFromRelativePosition(relative, doc, false);
    const place = absolute === null ? null : placeOfType(lines, absolute.type, absolute.index);
    // Of a block that is gone, whose letters were not kept, nobody knows where it was.
    return place === null ? null : { place, isKept: !item.deleted };
  } catch {
    // Whoever made it, it is no position of this document.
    return null;
  }
}

/** The places of a quote, blanks aside: the splitting of a block changes no letter. */
function placesOf(lines: readonly PassageLine[], quote: string): { passage: Passage; at: number }[] {
  const wanted = [...quote].filter((letter) => !isBlank(letter)).join('');
  let letters = '';
  const lineAt: number[] = [];
  const offsetAt: number[] = [];
  for (const [line, { text }] of lines.entries())
    for (let offset = 0; offset < text.length; offset += 1) {
      if (isBlank(text[offset])) continue;
      letters += text[offset];
      lineAt.push(line);
      offsetAt.push(offset);
    }
  const found: { passage: Passage; at: number }[] = [];
  if (wanted === '') return found;
  for (let at = letters.indexOf(wanted); at >= 0; at = letters.indexOf(wanted, at + 1)) {
    const last = at + wanted.length - 1;
    const start = { line: lineAt[at] ?? 0, offset: offsetAt[at] ?? 0 };
    const end = { line: lineAt[last] ?? 0, offset: (offsetAt[last] ?? 0) + 1 };
    found.push({ passage: { start, end }, at });
  }
  return found;
}

/** How many letters stand before a place. */
function lettersBefore(lines: readonly PassageLine[], { line, offset }: LinePlace): number {
  const before = lines.slice(0, line).map(({ text }) => text);
  return [...before, lines[line]?.text.slice(0, offset) ?? ''].join('').replaceAll(/[\s\ufffc]/g, '').length;
}

/**
 * Where a passage is now: at its own letters; where these were written anew, at its words, the nearest to where it was; else what is left of it.
 * @returns null when it is no longer in the body.
 */
export function findPassage(doc: Y.Doc, lines: readonly PassageLine[], anchor: ThreadAnchor): Passage | null {
  const start = find(doc, lines, anchor.start);
  const end = find(doc, lines, anchor.end);
  const between =
    start !== null && end !== null && isBefore(start.place, end.place)
      ? { start: start.place, end: end.place }
      : null;
  if (between !== null && start?.isKept === true && end?.isKept === true) return between;
  const places = placesOf(lines, anchor.quote);
  const near = start ?? end;
  if (places.length === 1) return places[0]?.passage ?? null;
  if (places.length > 1 && near !== null && anchor.quote.length >= followedLetters) {
    const at = lettersBefore(lines, near.place);
    return places.toSorted((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0]?.passage ?? null;
  }
  const isLeft = between !== null && (start?.isKept === true || end?.isKept === true);
  return isLeft && wordsOfPassage(lines, between) !== '' ? between : null;
}
