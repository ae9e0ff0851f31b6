import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type {
  AttachmentId,
  CarnetId,
  CategoryId,
  DocumentId,
  Epoch,
  NoteId,
  VersionId,
} from '#shared/domain/ids.ts';
import type { Catalogue } from '#server/storage/ports/Catalogue.ts';
import type { MirrorRecord } from '#server/storage/ports/MirrorStore.ts';
import { id, note, person } from './records.ts';

const record = (n: number, more: Partial<MirrorRecord> = {}): MirrorRecord => ({
  document: id<DocumentId>(n),
  relay: id<string>(100),
  kind: 'note',
  reason: 'opened',
  role: null,
  homeEpoch: null,
  lastContact: null,
  isWhole: false,
  problem: null,
  wish: null,
  ...more,
});

/** What every adapter of `MirrorStore` does, and `AttachmentStore` for it. @param open - an empty catalogue, and the way to close it. */
export function describeMirrorStore(
  name: string,
  open: () => Promise<{ catalogue: Catalogue; close: () => Promise<void> }>,
): void {
  describe(`MirrorStore of ${name}`, () => {
    let catalogue: Catalogue;
    let close: () => Promise<void>;
    beforeEach(async () => {
      ({ catalogue, close } = await open());
    });
    afterEach(() => close());

    test('a copy is kept as it was last put, until it is removed', async () => {
      const { mirrored } = catalogue;
      expect(await mirrored.list()).toEqual([]);
      await mirrored.put(record(1));
      await mirrored.put(record(2, { kind: 'carnet', reason: 'pinned' }));
      const newer = record(1, {
        role: 'author',
        homeEpoch: id<Epoch>(9),
        lastContact: 5,
        isWhole: true,
        problem: 'refused',
        wish: { carnet: id<CarnetId>(5), category: id<CategoryId>(6), isRefused: true },
      });
      await mirrored.put(newer);
      const byId = async () => new Map((await mirrored.list()).map((one) => [one.document, one]));
      expect(await byId()).toEqual(
        new Map([
          [newer.document, newer],
          [id(2), record(2, { kind: 'carnet', reason: 'pinned' })],
        ]),
      );
      await mirrored.remove(newer.document);
      expect([...(await byId()).keys()]).toEqual([id(2)]);
    });

    test('the files that a home has are known until the copy is removed', async () => {
      const { mirrored } = catalogue;
      const { document } = record(1);
      await mirrored.put(record(1));
      for (const file of [3, 4, 3]) await mirrored.addFileThere(document, id<AttachmentId>(file));
      await mirrored.put(record(1, { isWhole: true }));
      expect((await mirrored.filesThere(document)).toSorted()).toEqual([id(3), id(4)].toSorted());
      await mirrored.remove(document);
      await mirrored.put(record(1));
      expect(await mirrored.filesThere(document)).toEqual([]);
    });

    test('the named versions that a home has are known, in the words that both had last, until the copy is removed', async () => {
      const { mirrored } = catalogue;
      const { document } = record(1);
      await mirrored.put(record(1));
      const named = { version: id<VersionId>(3), there: id<VersionId>(4), name: 'Lu', remark: null };
      await mirrored.putNamedThere(document, named);
      await mirrored.putNamedThere(document, { ...named, name: 'Adopté', remark: 'en mai' });
      expect(await mirrored.namedThere(document)).toEqual([{ ...named, name: 'Adopté', remark: 'en mai' }]);
      await mirrored.remove(document);
      await mirrored.put(record(1));
      expect(await mirrored.namedThere(document)).toEqual([]);
    });

    test('the files that a note holds are told', async () => {
      const { attachments, notes, persons } = catalogue;
      await persons.add(person(id(1), 'Anne', 1, 'account'));
      await notes.add(note(10));
      await notes.add(note(11));
      const file = (n: number) =>
        ({
          id: id<AttachmentId>(n),
          name: 'a',
          type: 'text/plain',
          kind: 'file',
          bytes: 1,
          width: null,
          height: null,
        }) as const;
      const rest = { digest: 'd', person: null, createdAt: 1 };
      await attachments.add({ ...file(40), ...rest }, id<NoteId>(10));
      await attachments.add({ ...file(41), ...rest }, id<NoteId>(11));
      await attachments.grant([id<AttachmentId>(41)], id<NoteId>(10));
      expect((await attachments.heldBy(id<NoteId>(10))).toSorted()).toEqual([id(40), id(41)].toSorted());
      expect(await attachments.heldBy(id<NoteId>(11))).toEqual([id(41)]);
    });
  });
}
