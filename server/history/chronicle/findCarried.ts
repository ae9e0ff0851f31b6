import * as Y from 'yjs';
import type { ItemId } from '#shared/document/compare/TracedNode.ts';
import { atItsPlace } from './atItsPlace.ts';
import type { Carried, CarriedKind } from './CarriedRuns.ts';
import type { ChronicleRow, ChronicleTables } from './ChronicleTables.ts';
import { IdRuns } from './ClockRuns.ts';
import { matchRuns } from './matchRuns.ts';
import type { ClientRange, InsertedText } from './readRow.ts';
import { itemAt, pairUnits, runsOf, runsSeenIn, type TextRun } from './TextRun.ts';

/** Operations that bring back what was there at another time. */
const bringingBack: ReadonlySet<string | null> = new Set(['restore', 'takeBack', 'putBack']);

/**
 * What a row wrote that was there before. The editor's binding removes text and inserts it again when a paragraph is cut, joined, indented or moved; so do cutting and pasting; undo and
 * restoring bring back what was removed. Such text keeps its author.
 *
 * In order: what the same row removed (`matchRuns`); what stands, removed, just where the row put it (undo in a text that is still there); what a block said that was removed just where the row made
 * another (undo of a removed block); what an earlier row removed, a whole run of it, or, of the last ones, a part (cut and paste); for a restore, by whole words, whatever was ever removed.
 * @param own - what the row removed, see `removedRuns`.
 */
export function findCarried(
  tables: ChronicleTables,
  row: ChronicleRow,
  texts: readonly InsertedText[],
  own: readonly TextRun[],
): Carried[] {
  if (texts.length === 0) return [];
  const [only] = texts;
  // A typed character, nearly always.
  if (texts.length === 1 && own.length === 0 && only?.text.length === 1)
    return atItsPlace(tables, row, only, true);
  const left = new Unmatched(tables, row, texts);
  left.take(own, 'moved');
  left.takeAtTheirPlace(texts);
  for (const [block, targets] of left.byRemovedBlock())
    left.take(runsSeenIn(tables, block, removedAt(tables, block) - 1), 'restored', targets);
  left.takeKnown();
  if (left.mayBePasted) left.take(tables.lastRemoved, 'restored');
  if (bringingBack.has(row.operation) && !left.isEmpty) left.take(tables.everRemoved(row.seq), 'restored');
  return left.found;
}

/** The text that a row removed, as it stood. */
export function removedRuns(
  tables: ChronicleTables,
  removed: readonly ClientRange[],
  seq: number,
): TextRun[] {
  if (removed.length === 0) return [];
  const unseen = (id: ItemId): boolean => !isSeen(tables, id, seq - 1);
  // Its own words: somebody who cut the same paragraph at the same time may have removed some of it first.
  const own = new IdRuns();
  for (const { client, start, end } of removed) own.add(client, start, end, seq);
  return runsOf(tables.doc, removed, own, seq, unseen);
}

function isSeen({ written, removed }: ChronicleTables, { client, clock }: ItemId, seq: number): boolean {
  return (written.at(client, clock) ?? Infinity) <= seq && (removed.at(client, clock) ?? Infinity) > seq;
}

function removedAt({ removed }: ChronicleTables, { id }: Y.Item): number {
  return removed.at(id.client, id.clock) ?? Infinity;
}

/** The text that a row wrote, of which one piece after the other is found to be what was there before. */
class Unmatched {
  readonly found: Carried[] = [];
  readonly #tables: ChronicleTables;
  readonly #row: ChronicleRow;
  #runs: TextRun[];

  constructor(tables: ChronicleTables, row: ChronicleRow, texts: readonly InsertedText[]) {
    this.#tables = tables;
    this.#row = row;
    const written = texts.map(({ client, clock, text }) => ({
      client,
      start: clock,
      end: clock + text.length,
    }));
    const unseen = (id: ItemId): boolean => !isSeen(tables, id, row.seq);
    this.#runs = runsOf(tables.doc, written, tables.written, row.seq, unseen);
  }

  get isEmpty(): boolean {
    return this.#runs.length === 0;
  }

  /** False for what may have been typed by hand. */
  get mayBePasted(): boolean {
    return this.#runs.some(({ text }) => text.length > 1) || this.#runs.length > 1;
  }

  /** Pairs some runs, all of them when none are given, with text that was removed. */
  take(sources: readonly TextRun[], kind: CarriedKind, targets: readonly TextRun[] = this.#runs): void {
    if (sources.length === 0 || targets.length === 0) return;
    const matches = matchRuns(
      targets.map(({ text }) => text),
      sources.map(({ text }) => text),
      (target, source) => this.#mayBeShort(targets[target] as TextRun, sources[source] as TextRun, kind),
    );
    for (const { source, from, target, to, length } of matches)
      this.#carry(kind, sources[source] as TextRun, from, targets[target] as TextRun, to, length);
    this.#keepRest();
  }

  takeAtTheirPlace(texts: readonly InsertedText[]): void {
    const open = new Set(this.#runs.flatMap(({ stretches }) => stretches.map(({ id }) => id.client)));
    for (const text of texts)
      if (open.has(text.client) && !this.#isTaken(text))
        this.found.push(...atItsPlace(this.#tables, this.#row, text, texts.length === 1));
    this.#keepRest();
  }

  /** Runs in blocks that the row made just where it, or another, had removed one: by the block that was removed. */
  byRemovedBlock(): Map<Y.Item, TextRun[]> {
    const blocks = new Map<Y.Item, TextRun[]>();
    for (const run of this.#runs) {
      const made = this.#highestMade(run);
      const place = made?.rightOrigin ?? null;
      const block = place === null ? null : itemAt(this.#tables.doc, place);
      if (!(block?.content instanceof Y.ContentType) || removedAt(this.#tables, block) >= this.#row.seq)
        continue;
      const known = blocks.get(block);
      if (known === undefined) blocks.set(block, [run]);
      else known.push(run);
    }
    return blocks;
  }

  takeKnown(): void {
    for (const run of this.#runs) {
      const known = this.#tables.removedTexts.get(run.text);
      if (known === undefined) continue;
      // Into a block that is made for it, or where it was: put back. Elsewhere: moved.
      const isBack = this.#highestMade(run) !== null || known.parent === run.parent;
      this.#carry(isBack ? 'restored' : 'moved', known, 0, run, 0, run.text.length);
    }
    this.#keepRest();
  }

  #carry(kind: CarriedKind, from: TextRun, fromAt: number, to: TextRun, toAt: number, length: number): void {
    for (const pair of pairUnits(from, fromAt, to, toAt, length)) this.found.push({ ...pair, kind });
  }

  #isTaken({ client, clock }: InsertedText): boolean {
    return this.found.some(
      ({ to, length }) => to.client === client && clock >= to.clock && clock < to.clock + length,
    );
  }

  /** What is left of the runs. */
  #keepRest(): void {
    const taken = new Map<number, { from: number; to: number }[]>();
    for (const { to, length } of this.found) {
      const known = taken.get(to.client);
      const range = { from: to.clock, to: to.clock + length };
      if (known === undefined) taken.set(to.client, [range]);
      else known.push(range);
    }
    const isTaken = ({ client, clock }: ItemId): boolean =>
      taken.get(client)?.some(({ from, to }) => clock >= from && clock < to) ?? false;
    this.#runs = this.#runs.flatMap((run) => restOf(run, isTaken));
  }

  /** A letter that goes and comes within one text is another letter; in a block that is made, or that goes, it is the same. */
  #mayBeShort(target: TextRun, source: TextRun, kind: CarriedKind): boolean {
    if (kind === 'restored' || this.#runs.length > 1) return true;
    const gone = source.parent._item;
    return (
      this.#highestMade(target) !== null || (gone !== null && removedAt(this.#tables, gone) === this.#row.seq)
    );
  }

  /** The block furthest out that the row made around a run. */
  #highestMade({ parent }: TextRun): Y.Item | null {
    let made: Y.Item | null = null;
    for (let item = parent._item; item !== null; item = (item.parent as Y.AbstractType<unknown>)._item) {
      if (this.#tables.written.at(item.id.client, item.id.clock) !== this.#row.seq) break;
      made = item;
    }
    return made;
  }
}

function restOf(run: TextRun, isTaken: (id: ItemId) => boolean): TextRun[] {
  const rest: { text: string; stretches: { id: ItemId; length: number }[]; parent: TextRun['parent'] }[] = [];
  let at = 0;
  let isOpen = false;
  for (const { id, length } of run.stretches)
    for (let unit = 0; unit < length; unit += 1, at += 1) {
      const one = { client: id.client, clock: id.clock + unit };
      if (isTaken(one)) {
        isOpen = false;
        continue;
      }
      if (!isOpen) rest.push({ text: '', stretches: [], parent: run.parent });
      isOpen = true;
      const last = rest.at(-1);
      if (last === undefined) continue;
      last.text += run.text[at] ?? '';
      const end = last.stretches.at(-1);
      if (end?.id.client === one.client && end.id.clock + end.length === one.clock) end.length += 1;
      else last.stretches.push({ id: one, length: 1 });
    }
  return rest.length === 1 && rest[0]?.text.length === run.text.length ? [run] : rest;
}
