import * as Y from 'yjs';
import type { ItemId } from '#shared/document/compare/TracedNode.ts';
import type { Carried } from './CarriedRuns.ts';
import type { ChronicleRow, ChronicleTables } from './ChronicleTables.ts';
import { leastCarried, matchWords } from './matchWords.ts';
import type { ClientRange, InsertedText } from './readRow.ts';
import { itemAt, pairUnits, runsOf, type TextRun } from './TextRun.ts';
import { sittingGapMs } from '../Sittings.ts';

/** Operations that bring back what was there at another time. */
const bringingBack: ReadonlySet<string | null> = new Set(['restore', 'takeBack']);

/**
 * What a row wrote that was there before. The editor's binding removes text and inserts it again when a paragraph is cut, joined, indented or moved; so do cutting and pasting; undo and
 * restoring bring back what was removed. Such text keeps its author.
 *
 * In order: what the same row removed, in whole runs, then by whole words; what stands, removed, just where the row put it (undo in a text that is still there); a whole run that an earlier row
 * removed (undo of a removed block, cut and paste); for a restore, by whole words, whatever was ever removed.
 * @param own - what the row removed, see `removedRuns`.
 */
export function findCarried(
  chronicle: ChronicleTables,
  row: ChronicleRow,
  texts: readonly InsertedText[],
  own: readonly TextRun[],
): Carried[] {
  if (texts.length === 0) return [];
  const [only] = texts;
  // A typed character, nearly always.
  if (texts.length === 1 && own.length === 0 && only !== undefined && only.text.length === 1) {
    const target = targetOf(chronicle, only);
    return target === null ? [] : atItsPlace(chronicle, row, target);
  }
  const { doc } = chronicle;
  const written = texts.map(({ client, clock, text }) => ({
    client,
    start: clock,
    end: clock + text.length,
  }));
  const unseen = (id: ItemId): boolean => !isSeen(chronicle, id, row.seq);
  const targets = runsOf(doc, written, chronicle.written, row.seq, unseen);
  const out: Carried[] = [];
  const carry = (
    kind: Carried['kind'],
    from: TextRun,
    fromAt: number,
    to: TextRun,
    toAt: number,
    length: number,
  ) => {
    for (const pair of pairUnits(from, fromAt, to, toAt, length)) out.push({ ...pair, kind });
  };
  const used = new Set<TextRun>();
  const left: TextRun[] = [];
  for (const target of targets) {
    const whole = own.find(
      (run) => !used.has(run) && run.text === target.text && mayBeMoved(chronicle, row, run, target),
    );
    if (whole === undefined) left.push(target);
    else {
      used.add(whole);
      carry('moved', whole, 0, target, 0, target.text.length);
    }
  }
  const rest = own.filter((run) => !used.has(run));
  for (const target of left) {
    const back = atItsPlace(chronicle, row, target);
    if (back.length > 0) {
      out.push(...back);
      continue;
    }
    const words = matchWords(
      target.text,
      rest.map(({ text }) => text),
    );
    for (const { source, from, to, length } of words)
      carry('moved', rest[source] as TextRun, from, target, to, length);
    if (words.length > 0) continue;
    const known = chronicle.removedTexts.get(target.text);
    if (known !== undefined)
      carry(kindOf(chronicle, row, known, target), known, 0, target, 0, target.text.length);
    else if (bringingBack.has(row.operation)) {
      const ever = chronicle.everRemoved(row.seq);
      for (const { source, from, to, length } of matchWords(
        target.text,
        ever.map(({ text }) => text),
      ))
        carry('restored', ever[source] as TextRun, from, target, to, length);
    }
  }
  return out;
}

/** The text that a row removed, as it stood. */
export function removedRuns(
  chronicle: ChronicleTables,
  removed: readonly ClientRange[],
  seq: number,
): TextRun[] {
  if (removed.length === 0) return [];
  const unseen = (id: ItemId): boolean => !isSeen(chronicle, id, seq - 1);
  return runsOf(chronicle.doc, removed, chronicle.removed, seq, unseen);
}

function isSeen({ written, removed }: ChronicleTables, { client, clock }: ItemId, seq: number): boolean {
  return (written.at(client, clock) ?? Infinity) <= seq && (removed.at(client, clock) ?? Infinity) > seq;
}

function targetOf({ doc }: ChronicleTables, { client, clock, text }: InsertedText): TextRun | null {
  const item = itemAt(doc, { client, clock });
  if (!(item?.content instanceof Y.ContentString) || !(item.parent instanceof Y.AbstractType)) return null;
  return { text, stretches: [{ id: { client, clock }, length: text.length }], parent: item.parent };
}

/** A letter that goes and comes within one text is another letter; in a block that is made, or that goes, it is the same. */
function mayBeMoved(chronicle: ChronicleTables, row: ChronicleRow, from: TextRun, to: TextRun): boolean {
  if (to.text.length > 1) return true;
  const made = to.parent._item;
  const gone = from.parent._item;
  return (
    (made !== null && chronicle.written.at(made.id.client, made.id.clock) === row.seq) ||
    (gone !== null && chronicle.removed.at(gone.id.client, gone.id.clock) === row.seq)
  );
}

/** Into a block that is made for it, or where it was: put back. Elsewhere: moved. */
function kindOf(chronicle: ChronicleTables, row: ChronicleRow, from: TextRun, to: TextRun): Carried['kind'] {
  const made = to.parent._item;
  const isMade = made !== null && chronicle.written.at(made.id.client, made.id.clock) === row.seq;
  return isMade || from.parent === to.parent ? 'restored' : 'moved';
}

/**
 * Undo puts text just before what was removed there. A short text counts only when it is all of what one person removed there at a time: who types another word over a removed one may begin with
 * the same letter.
 */
function atItsPlace(chronicle: ChronicleTables, row: ChronicleRow, target: TextRun): Carried[] {
  const [first] = target.stretches;
  const item = first === undefined ? null : itemAt(chronicle.doc, first.id);
  const origin = item?.rightOrigin ?? null;
  if (origin === null) return [];
  const removedAt = chronicle.removed.at(origin.client, origin.clock);
  if (removedAt === undefined || removedAt >= row.seq) return [];
  const wanted = target.text.length;
  const stretches: { id: ItemId; length: number }[] = [];
  let text = '';
  let last: { seq: number } | null = null;
  let isMore = false;
  walk: for (let at = itemAt(chronicle.doc, origin); at !== null; at = at.right) {
    const { content } = at;
    if (content instanceof Y.ContentType) break;
    if (!(content instanceof Y.ContentString)) continue;
    const { client, clock } = at.id;
    const begin: number =
      stretches.length === 0 && client === origin.client ? Math.max(0, origin.clock - clock) : 0;
    for (let unit = begin; unit < at.length; unit += 1) {
      const id = { client, clock: clock + unit };
      if ((chronicle.written.at(client, id.clock) ?? Infinity) >= row.seq) continue;
      const seq = chronicle.removed.at(client, id.clock);
      if (seq === undefined || seq >= row.seq) break walk;
      if (chronicle.carried.isSource(id)) continue;
      if (last !== null && !isOneRemoval(chronicle, last.seq, seq)) break walk;
      if (text.length === wanted) {
        isMore = true;
        break walk;
      }
      text += content.str[unit] ?? '';
      last = { seq };
      const end = stretches.at(-1);
      if (end?.id.client === client && end.id.clock + end.length === id.clock) end.length += 1;
      else stretches.push({ id, length: 1 });
    }
  }
  if (text !== target.text) return [];
  const isOwn = last !== null && chronicle.personOf(last.seq) === row.person;
  if (wanted < leastCarried && (isMore || !isOwn)) return [];
  const source: TextRun = { text, stretches, parent: target.parent };
  return [...pairUnits(source, 0, target, 0, wanted)].map((pair) => ({ ...pair, kind: 'restored' }));
}

function isOneRemoval(chronicle: ChronicleTables, one: number, other: number): boolean {
  return (
    one === other ||
    (chronicle.personOf(one) === chronicle.personOf(other) &&
      Math.abs(chronicle.timeOf(one) - chronicle.timeOf(other)) < sittingGapMs)
  );
}
