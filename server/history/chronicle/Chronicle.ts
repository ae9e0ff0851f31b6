import * as Y from 'yjs';
import { bodyOf, settingsOf, titleOf } from '#shared/document/fields.ts';
import { addressOf, definitionOf } from '#shared/document/sheet.ts';
import { type ItemPart, mapItemAt, type Moment } from '#shared/document/compare/Moment.ts';
import { readTracedNote } from '#shared/document/compare/readTracedNote.ts';
import type { ItemId, TracedNote } from '#shared/document/compare/TracedNode.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { ClientBinding } from '../../storage/ports/UpdateLog.ts';
import { type CarriedBy, carriedBeside, withCarried } from './carriedBeside.ts';
import { type CarriedKind, CarriedRuns } from './CarriedRuns.ts';
import type { ChronicleRow, ChronicleTables } from './ChronicleTables.ts';
import { type ClockRuns, IdRuns } from './ClockRuns.ts';
import { findCarried, removedRuns } from './findCarried.ts';
import { type Packed, PackReader, PackWriter } from './pack.ts';
import { readRow } from './readRow.ts';
import { RemovedTexts } from './RemovedTexts.ts';
import { RowTable } from './RowTable.ts';
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

/**
 * A note with all its past: one document in which nothing is collected, and for each of its units the row that wrote it and the one that removed it. What the note said at any row
 * is what was written by then and not removed by then, in the order in which it stands: nothing is rebuilt to look at another moment.
 */
export class Chronicle implements ChronicleTables {
  readonly doc = new Y.Doc({ gc: false });
  readonly written: IdRuns;
  readonly removed: IdRuns;
  readonly carried: CarriedRuns;
  private readonly rows: RowTable;
  private readonly owners: Map<number, PersonId | null>;
  private readonly removedRuns: RemovedTexts;
  private readonly tally: SittingTally;
  /** What the last thinned range says of what was carried, by its rows and by those after it. */
  private said: CarriedBy | null = null;

  /** @param packed - what another one packed. @throws Error where it is something else, or damaged. */
  constructor(packed?: Packed) {
    // The fields that hold text get their types now: what stands in them is known by the field it stands in.
    for (const field of [titleOf, bodyOf, definitionOf, addressOf]) field(this.doc);
    if (packed === undefined) {
      this.rows = new RowTable();
      this.written = new IdRuns();
      this.removed = new IdRuns();
      this.carried = new CarriedRuns();
      this.owners = new Map();
      this.removedRuns = new RemovedTexts();
      this.tally = new SittingTally();
      return;
    }
    const from = new PackReader(packed);
    Y.applyUpdate(this.doc, from.bytes());
    if (!this.isWhole) throw new RangeError('of a packed document something is missing');
    this.rows = RowTable.unpack(from);
    this.written = IdRuns.unpack(from);
    this.removed = IdRuns.unpack(from);
    this.carried = CarriedRuns.unpack(from);
    const clients = from.integers();
    const people = from.people(clients.length);
    this.owners = new Map(clients.map((client, at) => [client, people[at] as PersonId | null]));
    this.removedRuns = RemovedTexts.unpack(from, this.doc);
    this.tally = SittingTally.unpack(from);
    this.said = carriedBeside(from.bytes());
  }

  /** All of it, to be read again. @throws RangeError where a number does not fit. */
  pack(): Packed {
    const out = new PackWriter();
    out.bytes(Y.encodeStateAsUpdate(this.doc));
    this.rows.pack(out);
    this.written.pack(out);
    this.removed.pack(out);
    this.carried.pack(out);
    out.integers([...this.owners.keys()]);
    out.people([...this.owners.values()]);
    this.removedRuns.pack(out, this.doc);
    this.tally.pack(out);
    out.bytes(this.said === null ? new Uint8Array() : withCarried(new Uint8Array(), this.said));
    return out.finish();
  }

  /** False while something is there that builds on what is not. */
  get isWhole(): boolean {
    return this.doc.store.pendingStructs === null && this.doc.store.pendingDs === null;
  }
  /** The last row; 0 for none. */
  get seq(): number {
    return this.rows.last;
  }
  get rowCount(): number {
    return this.rows.count;
  }
  get sittings(): readonly TalliedSitting[] {
    return this.tally.sittings;
  }
  get removedTexts(): ReadonlyMap<string, TextRun> {
    return this.removedRuns.byText;
  }
  get lastRemoved(): readonly TextRun[] {
    return this.removedRuns.last;
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

  /**
   * What rows from one up to another carried, each unit from its first place.
   * @param goneTo - units that rows up to this one brought and removed again are left out.
   */
  carriedIn(first: number, goneTo: number, through: number): CarriedBy {
    const carried: { from: ItemId; to: ItemId; length: number; kind: CarriedKind }[] = [];
    for (const { from, to, length, kind, seq } of this.carried) {
      if (seq < first || seq > through) continue;
      let isOpen = false;
      for (let at = 0; at < length; at += 1) {
        const clock = to.clock + at;
        const stands = seq > goneTo || (this.removed.at(to.client, clock) ?? Infinity) > goneTo;
        const open = carried.at(-1);
        if (stands && isOpen && open !== undefined) open.length += 1;
        else if (stands)
          carried.push({
            from: { client: from.client, clock: from.clock + at },
            to: { client: to.client, clock },
            length: 1,
            kind,
          });
        isOpen = stands;
      }
    }
    return { carried, through };
  }

  timeOf(seq: number): number {
    return this.rows.timeOf(seq);
  }
  personOf(seq: number): PersonId | null {
    return this.rows.personOf(seq);
  }
  /** Whom the rows from one to another are from, each once. */
  peopleIn(from: number, to: number): readonly PersonId[] {
    return this.rows.peopleIn(from, to);
  }
  /** The last row at an instant or before; the first one, before it. @returns 0 without rows. */
  seqAt(instant: number): number {
    return this.rows.seqAt(instant);
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
    const { seq, person } = row;
    this.rows.add(row);
    const { ranges, texts, removed } = readRow(row.bytes);
    for (const { client, start, end } of ranges) {
      if (!this.owners.has(client)) this.owners.set(client, person);
      this.written.add(client, start, end, seq);
    }
    for (const { client, start, end } of removed) this.removed.add(client, start, end, seq);
    const lettersRemoved = countText(this.doc, removed);
    const gone = lettersRemoved > 1 || texts.length > 0 ? removedRuns(this, removed, seq) : [];
    if (row.operation === 'thin') this.said = carriedBeside(row.bytes);
    const carried =
      this.said === null || seq > this.said.through
        ? findCarried(this, row, texts, gone)
        : this.said.carried.filter(({ to }) =>
            ranges.some(
              ({ client, start, end }) => to.client === client && to.clock >= start && to.clock < end,
            ),
          );
    for (const one of carried)
      this.carried.add(one, seq, ({ client, clock }) => this.removed.at(client, clock));
    this.removedRuns.add(gone);
    this.tally.add(row, lettersOf(this, row, texts, { carried, lettersRemoved }));
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
