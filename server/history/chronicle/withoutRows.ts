import * as Y from 'yjs';
import { type ItemPart, type Moment, now } from '#shared/document/compare/Moment.ts';
import { bodyOf, titleOf } from '#shared/document/fields.ts';
import { addressOf, definitionOf } from '#shared/document/sheet.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Chronicle } from './Chronicle.ts';

/** Rows that are to be as if they had not been: of one person, or of everybody. */
export interface RowsTakenBack {
  readonly fromSeq: number;
  readonly toSeq: number;
  /** Null: whoever it was. */
  readonly person: PersonId | null;
}

/** Later work of others that touches what is taken back. */
export interface Overlap {
  /**
   * `beside`: it was written beside what goes, or where something comes back, and stays. `kept`: a block was made by what is taken back, and others wrote in it since: it stays, with
   * what was moved into it.
   */
  readonly kind: 'beside' | 'kept';
  /** What others wrote there. */
  readonly text: string;
  readonly person: PersonId | null;
  readonly seq: number;
}

/** The moment of now, as if some rows had not been; and what of later work that touches. */
export interface WithoutRows {
  readonly moment: Moment;
  readonly overlaps: readonly Overlap[];
}

const none: readonly ItemPart[] = [];

/** Reads a note as it would stand without some rows. Whatever was written since stays. */
export function withoutRows(chronicle: Chronicle, taken: RowsTakenBack): WithoutRows {
  const isTaken = (seq: number | undefined): boolean =>
    seq !== undefined &&
    seq >= taken.fromSeq &&
    seq <= taken.toSeq &&
    (taken.person === null || chronicle.personOf(seq) === taken.person);
  const view = new View(chronicle, isTaken);
  return { moment: view, overlaps: overlapsIn(chronicle, view, taken.fromSeq) };
}

class View implements Moment {
  readonly isTaken: (seq: number | undefined) => boolean;
  readonly #chronicle: Chronicle;
  /** Blocks that would go, but for what others wrote in them. */
  readonly kept = new Set<Y.Item>();
  /** First places of text that stands somewhere by a row that is not taken back, or in a block that is kept: it does not come back where it was. */
  readonly #stands = new Set<string>();

  constructor(chronicle: Chronicle, isTaken: View['isTaken']) {
    this.#chronicle = chronicle;
    this.isTaken = isTaken;
    const body = bodyOf(chronicle.doc) as unknown as Y.AbstractType<unknown>;
    this.#keepBlocks(body);
    this.#noteCarried(body, false);
  }

  isWritten(item: Y.Item): boolean {
    return this.kept.has(item) || !this.isTaken(this.writtenAt(item.id.client, item.id.clock));
  }

  parts(item: Y.Item): readonly ItemPart[] {
    if (this.kept.has(item)) return now.parts(item);
    if (
      item.content instanceof Y.ContentType &&
      !this.#comesBack(item, item.content.type as Y.AbstractType<unknown>)
    )
      return none;
    const parts: { from: number; to: number }[] = [];
    const { client, clock } = item.id;
    const isInKept = item.content instanceof Y.ContentString && this.#isInKept(item);
    for (let at = 0; at < item.length; at += 1) {
      if (!this.isSeen(client, clock + at, isInKept)) continue;
      const last = parts.at(-1);
      if (last?.to === at) last.to = at + 1;
      else parts.push({ from: at, to: at + 1 });
    }
    return parts;
  }

  /** @param isInKept - whether it stands in a block that is kept. */
  isSeen(client: number, clock: number, isInKept: boolean): boolean {
    const written = this.writtenAt(client, clock);
    if (written === undefined) return false;
    const removed = this.#chronicle.removed.at(client, clock);
    const carried = this.#chronicle.carried.at({ client, clock });
    if (this.isTaken(written)) return removed === undefined && isInKept && carried !== undefined;
    if (removed === undefined) return true;
    return this.isTaken(removed) && !this.#stands.has(keyOf(carried?.from ?? { client, clock }));
  }

  writtenAt(client: number, clock: number): number | undefined {
    return this.#chronicle.written.at(client, clock);
  }

  /** False for a block that was removed and whose text all stands elsewhere: nothing of it is missing. */
  #comesBack({ id }: Y.Item, type: Y.AbstractType<unknown>): boolean {
    if (this.#chronicle.removed.at(id.client, id.clock) === undefined) return true;
    let held = false;
    for (let item = type._start; item !== null; item = item.right) {
      const { content } = item;
      if (content instanceof Y.ContentType) {
        if (!this.#heldText(content.type as Y.AbstractType<unknown>)) continue;
        held = true;
        if (this.parts(item).length > 0) return true;
      } else if (content instanceof Y.ContentString) {
        held = true;
        if (this.parts(item).length > 0) return true;
      }
    }
    return !held;
  }

  #heldText(type: Y.AbstractType<unknown>): boolean {
    for (let item = type._start; item !== null; item = item.right) {
      const { content } = item;
      if (content instanceof Y.ContentString) return true;
      if (content instanceof Y.ContentType && this.#heldText(content.type as Y.AbstractType<unknown>))
        return true;
    }
    return false;
  }

  #isTakenItem({ id }: Y.Item): boolean {
    return this.isTaken(this.writtenAt(id.client, id.clock));
  }

  #isInKept(item: Y.Item): boolean {
    for (const block of blocksAround(item)) if (this.kept.has(block)) return true;
    return false;
  }

  /** @returns whether something stands in there that is not taken back. */
  #keepBlocks(parent: Y.AbstractType<unknown>): boolean {
    let holds = false;
    for (let item = parent._start; item !== null; item = item.right) {
      const { content } = item;
      if (item.deleted) continue;
      if (content instanceof Y.ContentType) {
        const type = content.type as Y.AbstractType<unknown>;
        const inside = this.#keepBlocks(type);
        if (inside && this.#isTakenItem(item)) this.#keep(item, type);
        holds ||= inside;
      } else if (content instanceof Y.ContentString && !holds)
        for (let at = 0; at < item.length && !holds; at += 1)
          holds = !this.isTaken(this.writtenAt(item.id.client, item.id.clock + at));
    }
    return holds;
  }

  /** A table is kept with all its cells: with some of them it is none. */
  #keep(block: Y.Item, type: Y.AbstractType<unknown>): void {
    this.kept.add(block);
    if (!(type instanceof Y.XmlElement) || type.nodeName !== 'table') return;
    const keepAll = (parent: Y.AbstractType<unknown>): void => {
      for (let item = parent._start; item !== null; item = item.right) {
        if (item.deleted || !(item.content instanceof Y.ContentType)) continue;
        this.kept.add(item);
        keepAll(item.content.type as Y.AbstractType<unknown>);
      }
    };
    keepAll(type as Y.AbstractType<unknown>);
  }

  #noteCarried(parent: Y.AbstractType<unknown>, isInKept: boolean): void {
    for (let item = parent._start; item !== null; item = item.right) {
      const { content, id } = item;
      if (item.deleted) continue;
      if (content instanceof Y.ContentType)
        this.#noteCarried(content.type as Y.AbstractType<unknown>, isInKept || this.kept.has(item));
      if (!(content instanceof Y.ContentString)) continue;
      for (let at = 0; at < item.length; at += 1) {
        const one = { client: id.client, clock: id.clock + at };
        const carried = this.#chronicle.carried.at(one);
        if (carried !== undefined && (isInKept || !this.isTaken(this.writtenAt(one.client, one.clock))))
          this.#stands.add(keyOf(carried.from));
      }
    }
  }
}

const keyOf = ({ client, clock }: { readonly client: number; readonly clock: number }): string =>
  `${client}:${clock}`;

function* blocksAround(item: Y.Item): Generator<Y.Item> {
  let block = (item.parent as Y.AbstractType<unknown>)._item;
  while (block !== null) {
    yield block;
    block = (block.parent as Y.AbstractType<unknown>)._item;
  }
}

/** Later work beside what goes or comes back, and in blocks that are kept for it. */
function overlapsIn(chronicle: Chronicle, view: View, fromSeq: number): Overlap[] {
  const found = new Map<string, Overlap>();
  const add = (kind: Overlap['kind'], text: string, seq: number): void => {
    const known = found.get(`${kind}:${seq}`);
    found.set(`${kind}:${seq}`, {
      kind,
      text: (known?.text ?? '') + text,
      person: chronicle.personOf(seq),
      seq,
    });
  };
  const walk = (parent: Y.AbstractType<unknown>, isKept: boolean): void => {
    /** The unit before: what becomes of it, and of what others wrote just before, which is not told yet. */
    let changes = false;
    let waiting: { text: string; seq: number }[] = [];
    const flush = (): void => {
      for (const { text, seq } of waiting) add(isKept ? 'kept' : 'beside', text, seq);
      waiting = [];
    };
    for (let item = parent._start; item !== null; item = item.right) {
      const { content, id } = item;
      if (content instanceof Y.ContentType) {
        changes = false;
        waiting = [];
        if (!item.deleted) walk(content.type as Y.AbstractType<unknown>, view.kept.has(item));
      }
      if (!(content instanceof Y.ContentString)) continue;
      for (let at = 0; at < item.length; at += 1) {
        const clock = id.clock + at;
        const isNow = chronicle.removed.at(id.client, clock) === undefined;
        const willBe = view.isSeen(id.client, clock, isKept);
        if (!isNow && !willBe) continue;
        if (isNow !== willBe) {
          flush();
          changes = true;
          continue;
        }
        const seq = view.writtenAt(id.client, clock) ?? 0;
        const isLater = seq > fromSeq && !view.isTaken(seq);
        if (!isLater) {
          waiting = [];
          changes = false;
        } else {
          waiting.push({ text: content.str[at] ?? '', seq });
          if (changes || isKept) flush();
        }
      }
    }
  };
  for (const field of [titleOf, bodyOf, definitionOf, addressOf])
    walk(field(chronicle.doc) as unknown as Y.AbstractType<unknown>, false);
  return [...found.values()];
}
