import * as Y from 'yjs';
import { settingsOf } from '#shared/document/fields.ts';
import { type ItemPart, mapItemAt, type Moment } from '#shared/document/compare/Moment.ts';
import { readTracedNote } from '#shared/document/compare/readTracedNote.ts';
import type { ItemId, TracedNote } from '#shared/document/compare/TracedNode.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { ClientBinding } from '../../storage/ports/UpdateLog.ts';
import { type CarriedKind, CarriedRuns } from './CarriedRuns.ts';
import type { ChronicleRow, ChronicleTables } from './ChronicleTables.ts';
import { type ClockRuns, IdRuns } from './ClockRuns.ts';
import { findCarried, removedRuns } from './findCarried.ts';
import { readRow } from './readRow.ts';
import { lettersOf, SittingTally, type TalliedSitting } from './SittingTally.ts';
import { countText, itemsIn, type TextRun } from './TextRun.ts';

/** Where something comes from: who wrote it in which row, and the row that brought it where it stands, if that is another. */
export interface ItemOrigin {
  readonly person: PersonId | null;
  /** 0 where no row is known to have brought it. */
  readonly seq: number;
  readonly carried: { readonly kind: CarriedKind; readonly seq: number } | null;
}

const none: readonly ItemPart[] = [];
/** Shorter removed text is not looked for again elsewhere. */
const leastIndexed = 4;
/** Pieces of removed text, and letters of them, among which a part is looked for. */
const mostRemembered = 100;
const mostLettersRemembered = 20_000;

/**
 * A note with all its past: one document in which nothing is collected, and for each of its units the row that wrote it and the one that removed it. What the note said at any row
 * is what was written by then and not removed by then, in the order in which it stands: nothing is rebuilt to look at another moment.
 */
export class Chronicle implements ChronicleTables {
  readonly doc = new Y.Doc({ gc: false });
  readonly written = new IdRuns();
  readonly removed = new IdRuns();
  readonly carried = new CarriedRuns();
  private readonly seqs: number[] = [];
  private readonly times: number[] = [];
  /** The latest time of each row and those before it: clocks are set back now and then, and an instant has one place all the same. */
  private readonly latest: number[] = [];
  private readonly people: (PersonId | null)[] = [];
  private readonly operations = new Map<number, string>();
  private readonly owners = new Map<number, PersonId | null>();
  /** What was removed in one piece, by what it says; the newest of each. */
  readonly removedTexts = new Map<string, TextRun>();
  lastRemoved: readonly TextRun[] = [];
  private readonly tally = new SittingTally();

  /** The last row; 0 for none. */
  get seq(): number {
    return this.seqs.at(-1) ?? 0;
  }
  get rowCount(): number {
    return this.seqs.length;
  }
  get sittings(): readonly TalliedSitting[] {
    return this.tally.sittings;
  }

  /** @param bindings - whose client ids are; who is not among them is whoever's row first names it. */
  bind(bindings: readonly ClientBinding[]): void {
    for (const { client, person } of bindings) this.owners.set(client, person);
  }

  /** Adds rows: those that follow the last one, in order. */
  apply(rows: readonly ChronicleRow[]): void {
    // In one transaction: each by itself would cost observer calls and a cleanup. What is asked of the document below is the same later.
    this.doc.transact(() => {
      for (const { bytes } of rows) Y.applyUpdate(this.doc, bytes);
    });
    for (const row of rows) this.note(row);
  }

  timeOf(seq: number): number {
    return this.times[this.placeOf(seq)] ?? 0;
  }
  personOf(seq: number): PersonId | null {
    return this.people[this.placeOf(seq)] ?? null;
  }
  operationOf(seq: number): string | null {
    return this.operations.get(seq) ?? null;
  }

  /** The last row at an instant or before; the first one, before it. @returns 0 without rows. */
  seqAt(instant: number): number {
    const { latest } = this;
    let low = 0;
    let high = latest.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((latest[middle] as number) <= instant) low = middle + 1;
      else high = middle;
    }
    return this.seqs[Math.max(0, low - 1)] ?? 0;
  }

  /** The document as it was after a row. */
  momentAt(seq: number): Moment {
    return {
      isWritten: ({ id }) => (this.written.at(id.client, id.clock) ?? Infinity) <= seq,
      parts: (item) => this.partsAt(item, seq),
    };
  }

  noteAt(seq: number): TracedNote {
    return readTracedNote(this.doc, this.momentAt(seq));
  }

  /** The tag of its language; undefined where it had none. */
  languageAt(seq: number): string | undefined {
    return this.languageIn(this.momentAt(seq));
  }

  /** The same, at any moment. */
  languageIn(moment: Moment): string | undefined {
    const item = mapItemAt(settingsOf(this.doc)._map.get('language'), moment);
    const value: unknown = item?.content.getContent()[item.length - 1];
    return typeof value === 'string' ? value : undefined;
  }

  /** Where the unit of this id comes from. */
  originOf(id: ItemId): ItemOrigin {
    const carried = this.carried.at(id);
    const source = carried?.from ?? id;
    return {
      person: this.ownerOf(source.client),
      seq: this.written.at(source.client, source.clock) ?? 0,
      carried: carried === undefined ? null : { kind: carried.kind, seq: carried.seq },
    };
  }

  /** Who removed the unit of this id; null where nobody did, or nobody is known. */
  removerOf({ client, clock }: ItemId): PersonId | null {
    const seq = this.removed.at(client, clock);
    return seq === undefined ? null : this.personOf(seq);
  }

  ownerOf(client: number): PersonId | null {
    return this.owners.get(client) ?? null;
  }

  destroy(): void {
    this.doc.destroy();
  }

  /** All text that rows before this one removed, but for what stands elsewhere since; neighbours by clock in one piece. */
  everRemoved(before: number): TextRun[] {
    const runs: { text: string; stretches: { id: ItemId; length: number }[]; parent: TextRun['parent'] }[] =
      [];
    for (const [client, removed] of this.removed.clients) {
      for (let place = 0; place < removed.size; place += 1) {
        if (removed.valueOf(place) >= before) continue;
        const range = { client, start: removed.startOf(place), end: removed.endOf(place) };
        for (const item of itemsIn(this.doc, range)) {
          if (!(item.content instanceof Y.ContentString) || !(item.parent instanceof Y.AbstractType))
            continue;
          const from = Math.max(range.start, item.id.clock);
          const text = item.content.str.slice(from - item.id.clock, range.end - item.id.clock);
          const last = runs.at(-1);
          const [stretch] = last?.stretches ?? [];
          if (
            last !== undefined &&
            stretch?.id.client === client &&
            stretch.id.clock + stretch.length === from
          ) {
            last.text += text;
            stretch.length += text.length;
          } else
            runs.push({
              text,
              stretches: [{ id: { client, clock: from }, length: text.length }],
              parent: item.parent,
            });
        }
      }
    }
    return runs;
  }

  private note(row: ChronicleRow): void {
    const { seq, time, person, operation } = row;
    this.seqs.push(seq);
    this.times.push(time);
    this.latest.push(Math.max(this.latest.at(-1) ?? 0, time));
    this.people.push(person);
    if (operation !== null) this.operations.set(seq, operation);
    const { ranges, texts, removed } = readRow(row.bytes);
    for (const { client, start, end } of ranges) {
      if (!this.owners.has(client)) this.owners.set(client, person);
      this.written.add(client, start, end, seq);
    }
    for (const { client, start, end } of removed) this.removed.add(client, start, end, seq);
    const lettersRemoved = countText(this.doc, removed);
    const gone = lettersRemoved > 1 || texts.length > 0 ? removedRuns(this, removed, seq) : [];
    const carried = findCarried(this, row, texts, gone);
    for (const one of carried) this.carried.add(one, seq);
    this.remember(gone);
    this.tally.add(row, lettersOf(this, row, texts, { carried, lettersRemoved }));
  }

  private remember(gone: readonly TextRun[]): void {
    // One letter by itself is removed by hand; several in a row of the log, with what they stood in.
    const pieces = gone.length > 1 ? gone : gone.filter(({ text }) => text.length > 1);
    if (pieces.length === 0) return;
    for (const run of pieces) if (run.text.length >= leastIndexed) this.removedTexts.set(run.text, run);
    let letters = 0;
    this.lastRemoved = [...pieces, ...this.lastRemoved].filter(({ text }, at) => {
      letters += text.length;
      return at < pieces.length || (at < mostRemembered && letters < mostLettersRemembered);
    });
  }

  private placeOf(seq: number): number {
    const { seqs } = this;
    if (seqs[seq - 1] === seq) return seq - 1;
    let low = 0;
    let high = seqs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((seqs[middle] as number) < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private partsAt(item: Y.Item, seq: number): readonly ItemPart[] {
    const { client, clock } = item.id;
    const written = this.written.clients.get(client);
    if (written === undefined) return none;
    const end = clock + item.length;
    const removed = this.removed.clients.get(client);
    const parts: { from: number; to: number }[] = [];
    for (let place = written.firstEndingAfter(clock); written.startOf(place) < end; place += 1) {
      if (written.valueOf(place) > seq) continue;
      const from = Math.max(clock, written.startOf(place));
      const to = Math.min(end, written.endOf(place));
      keepRest(parts, removed, { from, to, seq, base: clock });
    }
    return parts;
  }
}

/** Adds what of a range was not removed by a row, joined with the part before where they touch. */
function keepRest(
  parts: { from: number; to: number }[],
  removed: ClockRuns | undefined,
  { from, to, seq, base }: { from: number; to: number; seq: number; base: number },
): void {
  const push = (start: number, end: number): void => {
    if (start >= end) return;
    const last = parts.at(-1);
    if (last !== undefined && last.to === start - base) last.to = end - base;
    else parts.push({ from: start - base, to: end - base });
  };
  let at = from;
  if (removed !== undefined) {
    for (let place = removed.firstEndingAfter(from); removed.startOf(place) < to; place += 1) {
      if (removed.valueOf(place) > seq) continue;
      push(at, Math.min(to, removed.startOf(place)));
      at = Math.max(at, removed.endOf(place));
    }
  }
  push(at, to);
}
