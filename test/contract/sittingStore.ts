import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { idFromBytes } from '#shared/domain/ids.ts';
import type { DocumentId, Epoch, PersonId } from '#shared/domain/ids.ts';
import { partOfTime } from '#server/storage/partOfTime.ts';
import type { CountedSitting, SittingStore } from '#server/storage/ports/SittingStore.ts';
import { newRandom } from '../support/random.ts';

const id = <T extends string>(byte: number): T => idFromBytes<T>(new Uint8Array(16).fill(byte));
const document = id<DocumentId>(1);
const other = id<DocumentId>(2);
const alice = id<PersonId>(3);
const epoch = id<Epoch>(4);
const begin = 1_700_000_000_000;

function sitting(seq: number, fromTime: number, more: Partial<CountedSitting> = {}): CountedSitting {
  return {
    kind: 'writing',
    fromSeq: seq,
    toSeq: seq + 9,
    fromTime,
    toTime: fromTime + 1_000,
    people: [
      { person: alice, written: 7, removed: 2 },
      { person: null, written: -3, removed: 1 },
    ],
    ...more,
  };
}
const three = [1, 11, 21].map((seq) => sitting(seq, begin + seq * 3_600_000));

/** What every SittingStore does. @param open - an empty store, and what closes it. */
export function describeSittingStore(
  name: string,
  open: () => Promise<{ store: SittingStore; close: () => Promise<void> }>,
): void {
  describe(`${name}, as a store of sittings`, () => {
    let store: SittingStore;
    let close: () => Promise<void>;
    beforeEach(async () => {
      ({ store, close } = await open());
    });
    afterEach(() => close());

    test('gives back pages of what was counted, oldest first, and how far', async () => {
      await store.replace(document, 0, three, { epoch, seq: 30 });
      expect(await store.counted(document)).toEqual({ epoch, seq: 30, total: 3, settled: 0 });
      expect(await store.page(document, 0, 3)).toEqual(three);
      expect(await store.page(document, 1, 2)).toEqual([three[1]]);
      expect(await store.page(document, 2, 99)).toEqual([three[2]]);
      expect(await store.page(document, 3, 9)).toEqual([]);
    });

    test('knows nothing of a document that was not counted', async () => {
      await store.replace(document, 0, three, { epoch, seq: 30 });
      expect(await store.counted(other)).toBeNull();
      expect(await store.page(other, 0, 9)).toEqual([]);
      expect(await store.density(other, 9, { from: begin, to: begin + 1, parts: 2 })).toEqual([]);
    });

    test('the last one grows and others follow it; what was before stays', async () => {
      await store.replace(document, 0, three, { epoch, seq: 30 });
      const grown = { ...three[2]!, toSeq: 40, toTime: three[2]!.toTime + 60_000 };
      const next = sitting(41, begin + 41 * 3_600_000, { kind: 'restore', people: [] });
      await store.replace(document, 2, [grown, next], { epoch, seq: 50 });
      expect(await store.counted(document)).toEqual({ epoch, seq: 50, total: 4, settled: 0 });
      expect(await store.page(document, 0, 9)).toEqual([three[0], three[1], grown, next]);
    });

    test('counted anew, there may be fewer, and none', async () => {
      await store.replace(document, 0, three, { epoch, seq: 30 });
      await store.replace(document, 0, [three[0]!], { epoch, seq: 31 });
      expect(await store.page(document, 0, 9)).toEqual([three[0]]);
      await store.replace(document, 0, [], { epoch, seq: 31 });
      expect([await store.counted(document), await store.page(document, 0, 9)]).toEqual([
        { epoch, seq: 31, total: 0, settled: 0 },
        [],
      ]);
    });

    test('tells what began in each part of a time; letters below nothing are none', async () => {
      await store.replace(document, 0, three, { epoch, seq: 30 });
      const time = { from: begin, to: begin + 21 * 3_600_000, parts: 4 };
      expect(await store.density(document, 3, time)).toEqual([
        { part: 0, sittings: 1, written: 7, removed: 3 },
        { part: 2, sittings: 1, written: 7, removed: 3 },
        { part: 3, sittings: 1, written: 7, removed: 3 },
      ]);
      expect((await store.density(document, 2, time)).map(({ part }) => part)).toEqual([0, 2]);
      expect(await store.density(document, 3, { from: 1, to: 2, parts: 4 })).toEqual([]);
      const instant = three[1]!.fromTime;
      expect(await store.density(document, 3, { from: instant, to: instant, parts: 400 })).toMatchObject([
        { part: 0, sittings: 1 },
      ]);
    });

    test('thousands are kept, and cut into parts as `partOfTime` does', async () => {
      const random = newRandom(5);
      const many = Array.from({ length: 2_500 }, (_, at) => sitting(1 + at * 10, begin + random.int(1e9)));
      await store.replace(document, 0, many, { epoch, seq: 25_000 });
      expect(await store.page(document, 0, 9_999)).toEqual(many);
      const time = { from: begin + 12_345, to: begin + 987_654_321, parts: 397 };
      const counts = new Map<number, number>();
      for (const { fromTime } of many) {
        const part = partOfTime(fromTime, time);
        if (part !== null) counts.set(part, (counts.get(part) ?? 0) + 1);
      }
      const found = await store.density(document, many.length, time);
      expect(new Map(found.map(({ part, sittings }) => [part, sittings]))).toEqual(counts);
    });

    test('those that are settled stay as they are, before a rebuild too; the others are counted again', async () => {
      await store.settle(document, 11);
      expect(await store.counted(document)).toBeNull();
      await store.replace(document, 0, three, { epoch, seq: 30 });
      await store.replace(other, 0, three, { epoch, seq: 30 });
      await store.settle(document, 11);
      expect(await store.counted(document)).toEqual({ epoch, seq: 30, total: 3, settled: 2 });
      await store.settle(document, 1);
      await store.replace(document, 2, [], { epoch, seq: 31 });
      expect(await store.counted(document)).toEqual({ epoch, seq: 31, total: 2, settled: 2 });
      await store.replace(document, 2, [three[2]!], { epoch, seq: 32 });
      await store.clear();
      expect(await store.counted(document)).toEqual({ epoch, seq: 20, total: 2, settled: 2 });
      expect(await store.page(document, 0, 9)).toEqual(three.slice(0, 2));
      expect([await store.counted(other), await store.page(other, 0, 9)]).toEqual([null, []]);
      await store.removeAll(document);
      expect([await store.counted(document), await store.page(document, 0, 9)]).toEqual([null, []]);
    });

    test('takes away those of one document, or all', async () => {
      await store.replace(document, 0, three, { epoch, seq: 30 });
      await store.replace(other, 0, three, { epoch, seq: 30 });
      await store.removeAll(document);
      expect([await store.counted(document), await store.page(document, 0, 9)]).toEqual([null, []]);
      expect(await store.page(other, 0, 9)).toEqual(three);
      await store.clear();
      expect([await store.counted(other), await store.page(other, 0, 9)]).toEqual([null, []]);
    });
  });
}
