import * as Y from 'yjs';
import type { ItemId } from '#shared/document/compare/TracedNode.ts';
import { sittingGapMs } from '../Sittings.ts';
import type { Carried } from './CarriedRuns.ts';
import type { ChronicleRow, ChronicleTables } from './ChronicleTables.ts';
import type { InsertedText } from './readRow.ts';
import { itemAt, pairUnits, type TextRun } from './TextRun.ts';

/**
 * Undo puts text just before what was removed there: the same text is what was removed. A single letter counts only when it is all that its author removed there: who types another word over a
 * removed one may begin with the same letter.
 * @param isAlone - whether the row wrote nothing else: who types writes in one place.
 */
export function atItsPlace(
  tables: ChronicleTables,
  row: ChronicleRow,
  { client, clock, text }: InsertedText,
  isAlone: boolean,
): Carried[] {
  const item = itemAt(tables.doc, { client, clock });
  const origin = item?.rightOrigin ?? null;
  if (origin === null || item === null || !(item.parent instanceof Y.AbstractType)) return [];
  if ((tables.removed.at(origin.client, origin.clock) ?? Infinity) >= row.seq) return [];
  const removed = removedFrom(tables, row, origin, text.length + 1);
  if (!removed.text.startsWith(text)) return [];
  if (
    isAlone &&
    text.length === 1 &&
    (removed.text.length > 1 || tables.personOf(removed.seq) !== row.person)
  )
    return [];
  const { parent } = item;
  const target: TextRun = { text, stretches: [{ id: { client, clock }, length: text.length }], parent };
  const source: TextRun = { ...removed, parent };
  return [...pairUnits(source, 0, target, 0, text.length)].map((pair) => ({ ...pair, kind: 'restored' }));
}

/**
 * What stands removed from an id on, up to what a reader saw before the row, or to what was removed at another time. What stands elsewhere since is passed over.
 * @returns `seq`: the row that removed the last of it.
 */
function removedFrom(
  tables: ChronicleTables,
  { seq: before }: ChronicleRow,
  from: ItemId,
  most: number,
): { text: string; stretches: { id: ItemId; length: number }[]; seq: number } {
  const found = { text: '', stretches: [] as { id: ItemId; length: number }[], seq: 0 };
  for (let item = itemAt(tables.doc, from); item !== null; item = item.right) {
    const { content, id } = item;
    if (content instanceof Y.ContentType) return found;
    if (!(content instanceof Y.ContentString)) continue;
    const isFirst =
      id.client === from.client && from.clock >= id.clock && from.clock < id.clock + item.length;
    for (let unit = isFirst ? from.clock - id.clock : 0; unit < item.length; unit += 1) {
      const one = { client: id.client, clock: id.clock + unit };
      if ((tables.written.at(one.client, one.clock) ?? Infinity) >= before) continue;
      const seq = tables.removed.at(one.client, one.clock);
      if (seq === undefined || seq >= before) return found;
      if (tables.carried.isSource(one)) continue;
      if (found.seq !== 0 && !isOneRemoval(tables, found.seq, seq)) return found;
      found.seq = seq;
      found.text += content.str[unit] ?? '';
      const end = found.stretches.at(-1);
      if (end?.id.client === one.client && end.id.clock + end.length === one.clock) end.length += 1;
      else found.stretches.push({ id: one, length: 1 });
      if (found.text.length === most) return found;
    }
  }
  return found;
}

function isOneRemoval(tables: ChronicleTables, one: number, other: number): boolean {
  return one === other || Math.abs(tables.timeOf(one) - tables.timeOf(other)) < sittingGapMs;
}
