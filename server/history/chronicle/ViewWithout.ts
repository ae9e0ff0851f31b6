import * as Y from 'yjs';
import { type ItemPart, type Moment, now } from '#shared/document/compare/Moment.ts';
import type { ItemId } from '#shared/document/compare/TracedNode.ts';
import { bodyOf } from '#shared/document/fields.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { CarriedFrom } from './CarriedRuns.ts';
import type { Chronicle } from './Chronicle.ts';

const none: readonly ItemPart[] = [];

/** A document as if some rows had not been. What is moved has one place: where it stands by rows that are not taken back, or where it first stood. */
export class ViewWithout implements Moment {
  readonly isTaken: (seq: number | undefined) => boolean;
  readonly #chronicle: Chronicle;
  /** Blocks that would go, but for what others wrote in them. */
  readonly kept = new Set<Y.Item>();
  /** Of text that stands somewhere by a row that is not taken back, or in a block that is kept: its first place, and where it stands. It does not come back where it was. */
  readonly #stands = new Map<string, ItemId>();
  /** First places of text that was moved, and that others removed since where it stood then: that it was moved is taken back, and not that it was removed. */
  readonly #removedSince = new Set<string>();

  constructor(chronicle: Chronicle, isTaken: ViewWithout['isTaken']) {
    this.#chronicle = chronicle;
    this.isTaken = isTaken;
    const body = bodyOf(chronicle.doc) as unknown as Y.AbstractType<unknown>;
    this.#keepBlocks(body);
    this.#noteCarried(body, false);
    this.#noteRemoved();
    this.#keepRemovedBlocks(body);
  }

  isWritten(item: Y.Item): boolean {
    return (
      this.kept.has(item) ||
      this.#cameWithBlock(item) ||
      !this.isTaken(this.writtenAt(item.id.client, item.id.clock))
    );
  }

  parts(item: Y.Item): readonly ItemPart[] {
    if (this.kept.has(item)) return [{ from: 0, to: item.length }];
    if (this.#cameWithBlock(item)) {
      const removed = this.#chronicle.removed.at(item.id.client, item.id.clock);
      return removed === undefined || this.isTaken(removed) ? [{ from: 0, to: item.length }] : none;
    }
    if (item.content instanceof Y.ContentType) {
      const type = item.content.type as Y.AbstractType<unknown>;
      if (!this.#comesBack(item, type) || this.#isEmptied(item, type)) return none;
    }
    const parts: { from: number; to: number }[] = [];
    const { client, clock } = item.id;
    const isInKept = item.content instanceof Y.ContentString && this.#isInKept(item);
    if (item.content instanceof Y.ContentFormat && this.#cameWithText(item)) return now.parts(item);
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
    if (this.isTaken(written))
      return removed === undefined && isInKept && carried !== undefined && !this.#isOfTaken(carried);
    if (carried !== undefined && this.#isOfTaken(carried)) return false;
    if (removed === undefined) return true;
    const first = keyOf(carried?.from ?? { client, clock });
    return this.isTaken(removed) && !this.#stands.has(first) && !this.#removedSince.has(first);
  }

  writtenAt(client: number, clock: number): number | undefined {
    return this.#chronicle.written.at(client, clock);
  }

  /**
   * Whether what was carried is what goes: whoever moved it did not write it. Who took it away and put it back, all of it within what is taken back or all of it outside, moved it; what others put back, they brought, as if
   * they had written it.
   */
  #isOfTaken({ from, broughtSeq, goneSeq }: CarriedFrom): boolean {
    const personOf = (seq: number): PersonId | null => this.#chronicle.personOf(seq);
    const isTakenBack = this.isTaken(goneSeq);
    if (broughtSeq !== 0) {
      if (this.isTaken(broughtSeq)) {
        if (!isTakenBack) return true;
      } else if (isTakenBack || goneSeq === 0 || personOf(goneSeq) !== personOf(broughtSeq)) return false;
    }
    return this.isTaken(this.writtenAt(from.client, from.clock));
  }

  /** Where text stands that first stood here; null where it does not, or only here. */
  standsAt(id: ItemId): ItemId | null {
    return this.#stands.get(keyOf(this.#chronicle.carried.at(id)?.from ?? id)) ?? null;
  }

  /** Whether an attribute is one that a block was made with which is kept: a heading stays of its level. */
  #cameWithBlock(item: Y.Item): boolean {
    const block = (item.parent as Y.AbstractType<unknown>)._item;
    return (
      item.parentSub !== null &&
      block !== null &&
      this.kept.has(block) &&
      this.writtenAt(item.id.client, item.id.clock) === this.writtenAt(block.id.client, block.id.clock)
    );
  }

  /** Whether formatting that would go came with text that was moved into a block that is kept. */
  #cameWithText(item: Y.Item): boolean {
    const seq = this.writtenAt(item.id.client, item.id.clock);
    if (item.deleted || !this.isTaken(seq) || !this.#isInKept(item)) return false;
    for (let one = (item.parent as Y.AbstractType<unknown>)._start; one !== null; one = one.right)
      if (one.content instanceof Y.ContentString && this.#chronicle.carried.at(one.id)?.seq === seq)
        return true;
    return false;
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

  /** True for a block that others made and moved what goes into: with nothing left in it, it goes too. The cells of a table stay. */
  #isEmptied(item: Y.Item, type: Y.AbstractType<unknown>): boolean {
    if (item.deleted || this.#isTakenItem(item) || isInTable(item)) return false;
    return this.#restOf(type) === 'moved away';
  }

  /** What is left in a block: nothing of what was moved there; or nothing, and nothing was; or something. */
  #restOf(type: Y.AbstractType<unknown>): 'moved away' | 'nothing' | 'something' {
    let rest: 'moved away' | 'nothing' = 'nothing';
    for (let item = type._start; item !== null; item = item.right) {
      const { content, id } = item;
      if (content instanceof Y.ContentType) {
        if (item.deleted) continue;
        const inside = this.#restOf(content.type as Y.AbstractType<unknown>);
        // What holds no text, an image or a line, stays.
        if (inside === 'something' || (inside === 'nothing' && !(content.type instanceof Y.XmlText)))
          return 'something';
        if (inside === 'moved away') rest = inside;
      } else if (content instanceof Y.ContentString)
        for (let at = 0; at < item.length; at += 1) {
          const one = { client: id.client, clock: id.clock + at };
          if (this.isSeen(one.client, one.clock, false)) return 'something';
          const isMoved = this.#chronicle.carried.at(one) !== undefined;
          if (!item.deleted && isMoved && !this.isTaken(this.writtenAt(one.client, one.clock)))
            rest = 'moved away';
        }
    }
    return rest;
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
        for (let at = 0; at < item.length && !holds; at += 1) {
          const id = { client: item.id.client, clock: item.id.clock + at };
          const carried = this.#chronicle.carried.at(id);
          holds =
            !this.isTaken(this.writtenAt(id.client, id.clock)) &&
            (carried === undefined || !this.#isOfTaken(carried));
        }
    }
    return holds;
  }

  /**
   * Blocks that would go, and that are gone by what is taken back: whoever made them moved away, or removed, what others wrote in them. That comes back, and stands nowhere else.
   * @returns whether something stands in there.
   */
  #keepRemovedBlocks(parent: Y.AbstractType<unknown>): boolean {
    let holds = false;
    for (let item = parent._start; item !== null; item = item.right) {
      const { content, id } = item;
      if (content instanceof Y.ContentType) {
        const isRemoved = item.deleted && !this.kept.has(item);
        const removed = this.#chronicle.removed.at(id.client, id.clock);
        // What was written at the time in a block that goes is gone with it, and no row says so.
        if (isRemoved && removed !== undefined && !this.isTaken(removed)) continue;
        const type = content.type as Y.AbstractType<unknown>;
        const inside = this.#keepRemovedBlocks(type);
        if (inside && isRemoved && this.#isTakenItem(item)) this.#keep(item, type);
        holds ||= inside;
      } else if (content instanceof Y.ContentString)
        for (let at = 0; at < item.length && !holds; at += 1)
          holds = this.isSeen(id.client, id.clock + at, false);
    }
    return holds;
  }

  /** A table is kept with all its cells: with some of them it is none. */
  #keep(block: Y.Item, type: Y.AbstractType<unknown>): void {
    this.kept.add(block);
    if (!(type instanceof Y.XmlElement) || type.nodeName !== 'table') return;
    const keepAll = (parent: Y.AbstractType<unknown>): void => {
      for (let item = parent._start; item !== null; item = item.right) {
        if ((item.deleted && !block.deleted) || !(item.content instanceof Y.ContentType)) continue;
        this.kept.add(item);
        keepAll(item.content.type as Y.AbstractType<unknown>);
      }
    };
    keepAll(type as Y.AbstractType<unknown>);
  }

  /** Of what was carried: whether others removed it last, or brought it back. */
  #noteRemoved(): void {
    const { removed, carried } = this.#chronicle;
    const brought = new Map<string, number>();
    const gone = new Map<string, number>();
    const raise = (of: Map<string, number>, key: string, seq: number): void => {
      if (seq > (of.get(key) ?? 0)) of.set(key, seq);
    };
    for (const { to, from, length, seq, broughtSeq } of carried)
      for (let at = 0; at < length; at += 1) {
        const one = { client: to.client, clock: to.clock + at };
        const key = keyOf({ client: from.client, clock: from.clock + at });
        if (broughtSeq === seq && !this.isTaken(seq)) raise(brought, key, seq);
        const end = removed.at(one.client, one.clock);
        // What a row brought and removed at once was never seen.
        if (end !== undefined && end !== seq && !this.isTaken(end) && !carried.isSource(one))
          raise(gone, key, end);
      }
    for (const [key, seq] of gone) if (seq > (brought.get(key) ?? 0)) this.#removedSince.add(key);
  }

  /** @param isInKept - whether that is in a block that is kept. */
  #noteCarried(parent: Y.AbstractType<unknown>, isInKept: boolean): void {
    const { removed, carried } = this.#chronicle;
    for (let item = parent._start; item !== null; item = item.right) {
      const { content, id } = item;
      if (content instanceof Y.ContentType) {
        const seq = removed.at(id.client, id.clock);
        if (seq === undefined || this.isTaken(seq))
          this.#noteCarried(content.type as Y.AbstractType<unknown>, isInKept || this.kept.has(item));
      }
      if (!(content instanceof Y.ContentString)) continue;
      for (let at = 0; at < item.length; at += 1) {
        const one = { client: id.client, clock: id.clock + at };
        const from = removed.at(one.client, one.clock) === undefined ? carried.at(one)?.from : undefined;
        if (from !== undefined && this.isSeen(one.client, one.clock, isInKept))
          this.#stands.set(keyOf(from), one);
      }
    }
  }
}

function isInTable(item: Y.Item): boolean {
  for (const { content } of blocksAround(item))
    if (content instanceof Y.ContentType && content.type instanceof Y.XmlElement)
      if (content.type.nodeName === 'table') return true;
  return false;
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
