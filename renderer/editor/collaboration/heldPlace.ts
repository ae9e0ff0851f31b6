import type { Node } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';
import { absolutePositionToRelativePosition, relativePositionToAbsolutePosition } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import type { NoteMapping } from '#shared/document/binding/NoteMapping.ts';

/** Letters on each side of a place by which it is found again where its block was written anew. */
const contextLength = 24;

/** A document with the nodes that stand for it. */
export interface BoundDocument {
  readonly type: Y.XmlFragment;
  readonly doc: Y.Doc;
  readonly mapping: NoteMapping;
}

/** A place in the text, held by the letters around it, through a change of others. */
export interface HeldPlace {
  readonly relative: Y.RelativePosition;
  readonly at: number;
  /** What stands on each side, in the same line. */
  readonly before: string;
  readonly after: string;
}

const lettersOf = (line: Node, from: number, to: number): string =>
  line.textBetween(from, to, undefined, '\ufffc');

/** Takes hold of a place before a change. @param shown - the editor's document, which says what the shared one says. */
export function holdPlace(bound: BoundDocument, shown: Node, at: number): HeldPlace {
  const { parent, parentOffset } = shown.resolve(at);
  const isLine = parent.isTextblock;
  return {
    relative: absolutePositionToRelativePosition(at, bound.type, bound.mapping) as Y.RelativePosition,
    at,
    before: isLine ? lettersOf(parent, Math.max(0, parentOffset - contextLength), parentOffset) : '',
    after: isLine
      ? lettersOf(parent, parentOffset, Math.min(parent.content.size, parentOffset + contextLength))
      : '',
  };
}

/** True while the letter or the line that a place hangs on is still in the document. */
function isThere({ relative }: HeldPlace, doc: Y.Doc): boolean {
  const id = relative.item ?? relative.type;
  if (!id) return true;
  const struct = Y.getItem(doc.store, id) as Y.Item | Y.GC;
  return struct instanceof Y.Item && !struct.deleted;
}

function changedRange({ mapping, doc }: Transaction): { from: number; to: number } {
  let from = doc.content.size;
  let to = 0;
  for (const [index, map] of mapping.maps.entries()) {
    const rest = mapping.slice(index + 1);
    map.forEach((_oldStart, _oldEnd, newStart, newEnd) => {
      from = Math.min(from, rest.map(newStart, -1));
      to = Math.max(to, rest.map(newEnd, 1));
    });
  }
  return { from, to: Math.max(from, to) };
}

/** The one place of `words` in what the change wrote, plus `offset`; null when there is none or several. */
function placeOf(words: string, offset: number, transaction: Transaction): number | null {
  if (words.trim() === '') return null;
  const { from, to } = changedRange(transaction);
  const places: number[] = [];
  transaction.doc.nodesBetween(from, to, (node, position) => {
    if (!node.isTextblock) return true;
    const line = lettersOf(node, 0, node.content.size);
    for (let index = line.indexOf(words); index >= 0; index = line.indexOf(words, index + 1))
      places.push(position + 1 + index + offset);
    return false;
  });
  return places.length === 1 ? (places[0] ?? null) : null;
}

/**
 * Where a held place is after a change. The letters' own ids say it exactly, where typing or a map of the steps could not tell
 * which of several equal letters is new. A block that was split, moved or turned into another kind has other letters that
 * say the same: the place is then looked for between the same words.
 */
export function findPlace(held: HeldPlace, bound: BoundDocument, transaction: Transaction): number {
  const { before, after, relative, at } = held;
  const mapped = transaction.mapping.map(at, -1);
  const place = relativePositionToAbsolutePosition(bound.doc, bound.type, relative, bound.mapping) ?? mapped;
  const written = isThere(held, bound.doc)
    ? null
    : (placeOf(before + after, before.length, transaction) ??
      placeOf(after, 0, transaction) ??
      placeOf(before, before.length, transaction));
  return Math.min(Math.max(0, written ?? place), transaction.doc.content.size);
}
