import type { Node, Schema } from '@tiptap/pm/model';
import { simpleDiffStringWithCursor } from 'lib0/diff';
import { equalityDeep } from 'lib0/function';
import * as Y from 'yjs';
import { markNameOf } from '../names.ts';
import { marksToAttributes, type TextAttributes } from './textMarks.ts';

interface TextPiece {
  readonly insert: string;
  readonly attributes: TextAttributes;
}

function piecesOf(nodes: readonly Node[]): TextPiece[] {
  return nodes.map((node) => ({ insert: node.text ?? '', attributes: marksToAttributes(node.marks) }));
}

/** What a text says, in the letters and marks of this schema: others stay in the text and are not compared. */
function deltaOf(text: Y.XmlText, schema: Schema): TextPiece[] {
  const pieces: TextPiece[] = [];
  for (const { insert, attributes } of text.toDelta() as { insert: string; attributes?: TextAttributes }[]) {
    const known = Object.fromEntries(
      Object.entries(attributes ?? {}).filter(([name]) => Object.hasOwn(schema.marks, markNameOf(name))),
    );
    const last = pieces.at(-1);
    if (last && equalityDeep(last.attributes, known))
      pieces[pieces.length - 1] = { insert: last.insert + insert, attributes: known };
    else pieces.push({ insert, attributes: known });
  }
  return pieces;
}

const lettersOf = (pieces: readonly TextPiece[]): string => pieces.map(({ insert }) => insert).join('');

/** A new text that says what a run of text nodes says. */
export function createText(nodes: readonly Node[]): Y.XmlText {
  const text = new Y.XmlText();
  text.applyDelta(piecesOf(nodes));
  return text;
}

/** The part of the pieces between two places, counted in characters (UTF-16). */
function cut(pieces: readonly TextPiece[], from: number, to: number): TextPiece[] {
  let at = 0;
  return pieces.flatMap(({ insert, attributes }) => {
    const part = insert.slice(Math.max(0, from - at), Math.max(0, to - at));
    at += insert.length;
    return part === '' ? [] : [{ insert: part, attributes }];
  });
}

/** Makes a text with the right letters have the right formatting. */
function writeFormatting(text: Y.XmlText, wanted: readonly TextPiece[], schema: Schema): void {
  const now = deltaOf(text, schema);
  if (equalityDeep(now, wanted)) return;
  const none = Object.fromEntries(
    now.flatMap(({ attributes }) => Object.keys(attributes)).map((name) => [name, null]),
  );
  text.applyDelta(
    wanted.map(({ insert, attributes }) => ({
      retain: insert.length,
      attributes: { ...none, ...attributes },
    })),
  );
}

/** Deletes across neighbouring texts. */
function deleteAcross(texts: readonly Y.XmlText[], from: number, length: number): void {
  let start = 0;
  for (const text of texts) {
    const size = text.length;
    const first = Math.max(0, from - start);
    const last = Math.min(size, from + length - start);
    if (last > first) text.delete(first, last - first);
    start += size;
  }
}

/** Inserts in the text that reaches the place, the earliest that does: a letter goes after the letter that it follows. */
function insertAcross(texts: readonly Y.XmlText[], at: number, letters: string): void {
  let start = 0;
  for (const text of texts) {
    if (at <= start + text.length) {
      text.insert(at - start, letters);
      return;
    }
    start += text.length;
  }
}

/**
 * Makes neighbouring texts say together what a run of text nodes says. No text is removed and no letter changes its text:
 * several people may be writing in any of them. Two people who begin an empty line at the same time make two texts.
 * @param texts - at least one, neighbours, in order.
 * @param writing - the schema of the nodes; `caret`, its place in the run after the edit, which tells which of several equal letters is new.
 */
export function writeText(
  texts: readonly Y.XmlText[],
  nodes: readonly Node[],
  { schema, caret }: { readonly schema: Schema; readonly caret: number },
): void {
  const wanted = piecesOf(nodes);
  const before = texts.map((text) => lettersOf(deltaOf(text, schema))).join('');
  const after = lettersOf(wanted);
  if (before !== after) {
    // The caret stands after what was typed; the comparison asks where it stood before.
    const typed = Math.max(0, after.length - before.length);
    const change = simpleDiffStringWithCursor(before, after, Math.max(0, caret - typed));
    deleteAcross(texts, change.index, change.remove);
    if (change.insert !== '') insertAcross(texts, change.index, change.insert);
  }
  let start = 0;
  for (const text of texts) {
    writeFormatting(text, cut(wanted, start, start + text.length), schema);
    start += text.length;
  }
}
