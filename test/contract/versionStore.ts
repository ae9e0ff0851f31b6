import { beforeEach, afterEach, describe, expect, test } from 'vitest';
import { idFromBytes } from '#shared/domain/ids.ts';
import type { DocumentId, PersonId, VersionId } from '#shared/domain/ids.ts';
import type { VersionRecord, VersionStore } from '#server/storage/ports/VersionStore.ts';

const id = <T extends string>(byte: number): T => idFromBytes<T>(new Uint8Array(16).fill(byte));
const document = id<DocumentId>(1);
const other = id<DocumentId>(2);
const alice = id<PersonId>(3);
const bob = id<PersonId>(4);

function version(byte: number, seq: number, more: Partial<VersionRecord> = {}): VersionRecord {
  return {
    id: id<VersionId>(byte),
    documentId: document,
    seq,
    kind: 'sitting',
    name: null,
    remark: null,
    createdAt: 1_700_000_000_000 + seq,
    personId: null,
    contributors: [bob, alice],
    changeCount: 12,
    ...more,
  };
}

/** What every VersionStore does. @param open - an empty store, and what closes it. */
export function describeVersionStore(
  name: string,
  open: () => Promise<{ store: VersionStore; close: () => Promise<void> }>,
): void {
  describe(`${name}, as a version store`, () => {
    let store: VersionStore;
    let close: () => Promise<void>;
    beforeEach(async () => {
      ({ store, close } = await open());
    });
    afterEach(() => close());

    test('gives back a version as it was added', async () => {
      const named = version(10, 5, {
        kind: 'named',
        name: 'Avant l’été',
        remark: 'Lue au comité.',
        personId: alice,
        contributors: [],
      });
      await store.add(named);
      expect(await store.get(document, named.id)).toEqual(named);
    });

    test('does not know a version of another document', async () => {
      await store.add(version(10, 5));
      expect(await store.get(other, id<VersionId>(10))).toBeNull();
      expect(await store.get(document, id<VersionId>(11))).toBeNull();
    });

    test('lists the versions of one document, newest first, then those added later first', async () => {
      const [old, two, three] = [
        version(10, 5),
        version(11, 9),
        version(12, 9, { kind: 'named', name: 'Deux' }),
      ];
      for (const one of [two, three, old, version(13, 20, { documentId: other })]) await store.add(one);
      expect(await store.list(document)).toEqual([three, two, old]);
      expect(await store.latest(document)).toEqual(three);
      expect(await store.between(document, 6, 9)).toEqual([three, two]);
      expect(await store.between(document, 10, 20)).toEqual([]);
      expect(await store.since(document, three.createdAt)).toEqual([three, two]);
      expect(await store.since(document, three.createdAt + 1)).toEqual([]);
      const upTo = [8, 9, 4].map((seq) => store.latest(document, seq));
      expect(await Promise.all(upTo)).toEqual([old, three, null]);
      expect(await store.count(document)).toBe(3);
      expect(await store.latestSeqs()).toEqual(
        new Map([
          [document, 9],
          [other, 20],
        ]),
      );
    });

    test('gives page after page, newest first, none twice, of all kinds or of some', async () => {
      const added = [4, 9, 9, 12, 15].map((seq, at) =>
        version(20 + at, seq, { kind: at % 2 === 0 ? 'sitting' : 'named' }),
      );
      for (const one of [...added, version(40, 99, { documentId: other })]) await store.add(one);
      const all = await store.list(document);
      const paged = [];
      for (let before: VersionId | null = null; ;) {
        const page = await store.page(document, { before, limit: 2, kinds: null });
        paged.push(...page);
        before = page.at(-1)?.id ?? null;
        if (before === null) break;
      }
      expect(paged).toEqual(all);
      const named = await store.page(document, { before: all[0]!.id, limit: 9, kinds: ['named', 'restore'] });
      expect(named).toEqual(all.slice(1).filter(({ kind }) => kind === 'named'));
      const strange = { limit: 9, kinds: null };
      expect(await store.page(document, { ...strange, before: id<VersionId>(77) })).toEqual([]);
      expect(await store.page(document, { ...strange, before: id<VersionId>(40) })).toEqual([]);
    });

    test('tells the newest of several documents by their times, a page after the other, none twice', async () => {
      const at = (byte: number, createdAt: number, documentId = document) =>
        version(byte, byte, { createdAt, documentId });
      const [one, two, three, four] = [at(10, 5), at(11, 9, other), at(12, 9), at(13, 20)];
      for (const added of [four, two, one, three, at(14, 30, id<DocumentId>(9))]) await store.add(added);
      const both = [document, other];
      expect(await store.recent(both, null, 2)).toEqual([four, two]);
      expect(await store.recent(both, two, 5)).toEqual([three, one]);
      expect(await store.recent([document], null, 5)).toEqual([four, three, one]);
      expect(await store.recent([], null, 5)).toEqual([]);
    });

    test('has nothing for a document without versions', async () => {
      expect([await store.list(document), await store.latest(document), await store.count(document)]).toEqual(
        [[], null, 0],
      );
    });

    test('refuses an id that it has, and keeps what it had', async () => {
      await store.add(version(10, 5));
      await expect(store.add(version(10, 6))).rejects.toMatchObject({ code: 'conflict' });
      expect(await store.list(document)).toEqual([version(10, 5)]);
    });

    test('renames a version, and only that one', async () => {
      await store.add(version(10, 5));
      await store.add(version(11, 6));
      const naming = {
        name: 'Version envoyée',
        remark: 'Par courriel.',
        kind: 'named',
        personId: alice,
      } as const;
      expect(await store.rename(document, id<VersionId>(10), naming)).toEqual(version(10, 5, naming));
      expect(await store.list(document)).toEqual([version(11, 6), version(10, 5, naming)]);
      expect(await store.rename(other, id<VersionId>(10), naming)).toBeNull();
    });

    test('gives versions the new numbers of their rows, and leaves the others as they are', async () => {
      await store.add(version(10, 5));
      await store.add(version(11, 6));
      await store.add(version(12, 7));
      await store.add(version(13, 6, { documentId: other }));
      await store.renumber(
        document,
        new Map([
          [6, 7],
          [7, 8],
          [9, 10],
        ]),
      );
      expect((await store.list(document)).map(({ seq }) => seq)).toEqual([8, 7, 5]);
      expect((await store.list(other)).map(({ seq }) => seq)).toEqual([6]);
    });

    test('takes all of a document away, and nothing of another', async () => {
      await store.add(version(10, 5));
      await store.add(version(11, 6));
      await store.add(version(12, 6, { documentId: other }));
      await store.removeAll(document);
      expect(await store.list(document)).toEqual([]);
      expect(await store.count(other)).toBe(1);
    });
  });
}
