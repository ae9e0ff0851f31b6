import { createHash } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AppError } from '#shared/api/errorCodes.ts';
import { idFromBytes } from '#shared/domain/ids.ts';
import type { DeviceId, DocumentId, Epoch, PersonId } from '#shared/domain/ids.ts';
import type { SignedHead } from '#shared/protocol/SignedHead.ts';
import { firstDigest, sealRow } from '#server/storage/chain.ts';
import { packSegment, segmentLimits } from '#server/storage/journal/segments.ts';
import { unpackUpdates } from '#server/storage/packedUpdates.ts';
import type { KeptPast, LogRow, NewDocument, NewRow, UpdateLog } from '#server/storage/ports/UpdateLog.ts';

const id = <T extends string>(n: number): T => idFromBytes<T>(new Uint8Array(16).fill(n));
const head = (n: number): NewDocument => ({
  document: id<DocumentId>(n),
  kind: 'note',
  epoch: id<Epoch>(100 + n),
  schemaVersion: 1,
});
const row = (n: number, more: Partial<NewRow> = {}): NewRow => ({
  document: id<DocumentId>(n),
  time: 1_700_000_000_000,
  person: id<PersonId>(7),
  device: id<DeviceId>(8),
  deviceTime: null,
  via: 'socket',
  operation: null,
  bytes: new Uint8Array([0, 0]),
  clients: [],
  ...more,
});
const withoutClients = ({ clients: _, ...rest }: NewRow): Omit<NewRow, 'clients'> => rest;

/** The chain as PROTOCOL.md lays it down, in the fewest words. */
function chained(document: DocumentId, rows: readonly LogRow[]): string {
  let digest = createHash('sha256').update(`calepin log 1${document}`).digest();
  for (const one of rows) {
    const { seq, time, person, device, deviceTime, via, operation, bytes } = one;
    const text = JSON.stringify([document, seq, time, person, device, deviceTime, via, operation]);
    digest = createHash('sha256').update(digest).update(text).update(bytes).digest();
  }
  return digest.toString('hex');
}

/** What every update log does, written from the port's docstrings. */
export function describeUpdateLog(
  name: string,
  open: () => Promise<{ log: UpdateLog; close: () => Promise<void> }>,
) {
  const newLog = async (): Promise<UpdateLog> => {
    const { log, close } = await open();
    onTestFinished(close);
    return log;
  };

  describe(`${name}, as an update log`, () => {
    test('an unknown document is null, and has no rows, bindings or checkpoint', async () => {
      const log = await newLog();
      const document = id<DocumentId>(1);
      expect(await log.head(document)).toBeNull();
      expect(await log.load(document)).toBeNull();
      expect(await log.checkpoint(document)).toBeNull();
      expect(await log.read(document, 0)).toEqual([]);
      expect(await log.bindings(document)).toEqual([]);
    });

    test('a new document has its head and no rows', async () => {
      const log = await newLog();
      await log.create(head(1));
      expect(await log.head(head(1).document)).toEqual({
        ...head(1),
        seq: 0,
        readOnly: null,
        goodSeq: null,
        homeSeq: null,
      });
      expect(await log.documents()).toEqual([
        { ...head(1), seq: 0, readOnly: null, goodSeq: null, homeSeq: null },
      ]);
    });

    test('a document made with first rows has them; made twice it is a conflict and nothing is written', async () => {
      const log = await newLog();
      await log.create(head(1), [row(1), row(1)]);
      await expect(log.create(head(1), [row(1)])).rejects.toMatchObject({ code: 'conflict' });
      expect((await log.head(head(1).document))?.seq).toBe(2);
    });

    test('a log that was kept elsewhere has its rows, its chain and its bindings; made twice it is a conflict and nothing is written', async () => {
      const log = await newLog();
      const { document } = head(1);
      const rows = [1, 2, 3, 4, 5].map((n) => row(1, { bytes: new Uint8Array([n]), clients: [n] }));
      const stored = rows.map((one, at): LogRow => ({ ...withoutClients(one), seq: at + 1 }));
      const segments = [packSegment(stored.slice(0, 3), firstDigest(document))];
      const binding = { client: 9, person: id<PersonId>(6), device: null };
      const adopted = { head: head(1), segments, rows: rows.slice(3), bindings: [binding] };
      await log.adopt(adopted);
      expect(await log.read(document, 0)).toEqual(stored);
      const chain = await log.chainHead(document);
      expect([chain?.epoch, chain?.seq]).toEqual([head(1).epoch, 5]);
      expect(Buffer.from(chain?.digest ?? []).toString('hex')).toBe(chained(document, stored));
      const clients = (await log.bindings(document)).map(({ client }) => client);
      expect(clients.sort((x, y) => x - y)).toEqual([4, 5, 9]);
      expect((await log.segments(document)).map(({ first, last }) => [first, last])).toEqual([[1, 3]]);
      await expect(log.adopt(adopted)).rejects.toMatchObject({ code: 'conflict' });
      expect((await log.head(document))?.seq).toBe(5);
      expect(await log.append([row(1)])).toEqual([6]);
    });

    test('rows of several documents in one append are numbered from 1 in each, and read back whole', async () => {
      const log = await newLog();
      await log.create(head(1));
      await log.create(head(2));
      const rows = [
        row(1, {
          bytes: new Uint8Array([1, 2, 3]),
          operation: 'seed',
          via: 'operation',
          person: null,
          device: null,
        }),
        row(2, { bytes: new Uint8Array(70_000).fill(9) }),
        row(1, { deviceTime: 1_600_000_000_000, via: 'mirror' }),
      ];
      expect(await log.append(rows)).toEqual([1, 1, 2]);
      const [first, second, third] = rows.map(withoutClients);
      expect(await log.read(head(1).document, 0)).toEqual([
        { ...first, seq: 1 },
        { ...third, seq: 2 },
      ]);
      expect(await log.read(head(2).document, 0)).toEqual([{ ...second, seq: 1 }]);
    });

    test('reads only what follows a row, up to another', async () => {
      const log = await newLog();
      await log.create(head(1));
      await log.append([1, 2, 3, 4, 5].map((n) => row(1, { bytes: new Uint8Array([n]) })));
      const read = await log.read(head(1).document, 1, 3);
      expect(read.map((one) => [one.seq, one.bytes[0]])).toEqual([
        [2, 2],
        [3, 3],
      ]);
    });

    test('tells how many bytes documents take: rows and checkpoint, of all or of those asked about', async () => {
      const log = await newLog();
      await log.create(head(1), [row(1, { bytes: new Uint8Array(10) })]);
      await log.create(head(2), [row(2, { bytes: new Uint8Array(70_000) })]);
      await log.create(head(3));
      await log.append([row(1, { bytes: new Uint8Array(5) })]);
      await log.saveCheckpoint({
        document: head(1).document,
        seq: 2,
        bytes: new Uint8Array(100),
        stateVector: new Uint8Array([0]),
        deleteSetAt: 0,
      });
      const sizes = async (of?: readonly DocumentId[]) =>
        [...(await log.sizes(of))].toSorted(([a], [b]) => (a < b ? -1 : 1));
      expect(await sizes()).toEqual([
        [head(1).document, 115],
        [head(2).document, 70_000],
        [head(3).document, 0],
      ]);
      expect(await sizes([head(2).document, id(9)])).toEqual([[head(2).document, 70_000]]);
      expect(await sizes([])).toEqual([]);
      await log.destroy(head(2).document);
      expect(await sizes([head(2).document])).toEqual([]);
    });

    test('an append to a document that is not there writes nothing at all', async () => {
      const log = await newLog();
      await log.create(head(1));
      await expect(log.append([row(1), row(2)])).rejects.toBeInstanceOf(AppError);
      expect(await log.read(head(1).document, 0)).toEqual([]);
      expect(await log.append([row(1)])).toEqual([1]);
    });

    test('a client id is bound to who brought it first, in each document', async () => {
      const log = await newLog();
      await log.create(head(1));
      await log.create(head(2));
      await log.append([row(1, { clients: [5, 6] })]);
      await log.append([
        row(1, { clients: [5], person: id<PersonId>(9) }),
        row(2, { clients: [5], device: null }),
      ]);
      const owner = { person: id<PersonId>(7), device: id<DeviceId>(8) };
      expect([...(await log.bindings(head(1).document))].sort((a, b) => a.client - b.client)).toEqual([
        { client: 5, ...owner },
        { client: 6, ...owner },
      ]);
      expect(await log.bindings(head(2).document)).toEqual([{ client: 5, ...owner, device: null }]);
    });

    test('client ids keep all their 53 bits', async () => {
      const log = await newLog();
      await log.create(head(1), [row(1, { clients: [Number.MAX_SAFE_INTEGER, 4_294_967_295] })]);
      const clients = (await log.bindings(head(1).document)).map((one) => one.client).sort((a, b) => a - b);
      expect(clients).toEqual([4_294_967_295, Number.MAX_SAFE_INTEGER]);
    });

    test('loads in one step the head, the checkpoint and the rows after it', async () => {
      const log = await newLog();
      await log.create(head(1), [row(1), row(1, { bytes: new Uint8Array([4]), clients: [3] })]);
      const checkpoint = {
        document: head(1).document,
        seq: 1,
        bytes: new Uint8Array([1, 2, 3]),
        stateVector: new Uint8Array([4]),
        deleteSetAt: 2,
      };
      await log.saveCheckpoint(checkpoint);
      expect(await log.load(head(1).document)).toEqual({
        head: { ...head(1), seq: 2, readOnly: null, goodSeq: null, homeSeq: null },
        checkpoint,
        rows: [{ ...withoutClients(row(1, { bytes: new Uint8Array([4]) })), seq: 2 }],
        bindings: [{ client: 3, person: id<PersonId>(7), device: id<DeviceId>(8) }],
      });
    });

    test('what a document is built from comes in one piece: the checkpoint, and no more of the rows after it than asked for, the first ones', async () => {
      const log = await newLog();
      expect(await log.loadUpdates(head(1).document)).toBeNull();
      const rows = [1, 2, 3, 4].map((n) => row(1, { bytes: new Uint8Array(n).fill(10 + n) }));
      await log.create(head(1), rows);
      const read = async (maxRows?: number) => {
        const loaded = await log.loadUpdates(head(1).document, maxRows);
        const updates = loaded && unpackUpdates(loaded.updates).map((update) => [...update]);
        return [loaded?.head.seq, loaded?.checkpointSeq, loaded?.rowCount, updates];
      };
      expect(await read(2)).toEqual([4, null, 2, [[11], [12, 12]]]);
      const checkpoint = {
        document: head(1).document,
        seq: 1,
        bytes: new Uint8Array([1]),
        stateVector: new Uint8Array([0]),
        deleteSetAt: 0,
      };
      await log.saveCheckpoint(checkpoint);
      expect(await read(2)).toEqual([4, 1, 2, [[1], [12, 12], [13, 13, 13]]]);
      expect(await read()).toEqual([4, 1, 3, [[1], [12, 12], [13, 13, 13], [14, 14, 14, 14]]]);
    });

    test('an older checkpoint never replaces a newer one, and none is kept of rows that are not there', async () => {
      const log = await newLog();
      await log.create(head(1), [row(1), row(1), row(1)]);
      const at = (seq: number) => ({
        document: head(1).document,
        seq,
        bytes: new Uint8Array([seq]),
        stateVector: new Uint8Array([0]),
        deleteSetAt: 1,
      });
      await log.saveCheckpoint(at(2));
      await log.saveCheckpoint(at(1));
      expect((await log.checkpoint(head(1).document))?.seq).toBe(2);
      await log.saveCheckpoint(at(3));
      expect(await log.checkpoint(head(1).document)).toEqual(at(3));
      await expect(log.saveCheckpoint(at(4))).rejects.toBeInstanceOf(AppError);
    });

    test('a document becomes read-only and writable again; its schema version only rises', async () => {
      const log = await newLog();
      await log.create(head(1));
      await log.setReadOnly(head(1).document, 'invalid_content', 7);
      await log.setSchemaVersion(head(1).document, 4);
      await log.setSchemaVersion(head(1).document, 2);
      expect(await log.head(head(1).document)).toEqual({
        ...head(1),
        schemaVersion: 4,
        seq: 0,
        readOnly: 'invalid_content',
        goodSeq: 7,
        homeSeq: null,
      });
      await log.setReadOnly(head(1).document, null);
      expect(await log.head(head(1).document)).toMatchObject({ readOnly: null, goodSeq: null });
    });

    test('a row with which a document begins another life changes its epoch and gives it back, all or nothing', async () => {
      const log = await newLog();
      const { document } = head(1);
      await log.create(head(1), [row(1)]);
      await log.setReadOnly(document, 'invalid_content', 1);
      const otherEpoch = id<Epoch>(200);
      const before = await log.chainHead(document);
      expect(await log.renew(row(1), otherEpoch)).toBe(2);
      expect(await log.head(document)).toMatchObject({
        epoch: otherEpoch,
        seq: 2,
        readOnly: null,
        goodSeq: null,
      });
      // The rows of before stay, in one chain with those that follow.
      expect((await log.read(document, 0)).map(({ seq }) => seq)).toEqual([1, 2]);
      expect(await log.chainHead(document)).toMatchObject({ epoch: otherEpoch, seq: 2 });
      expect(before).toMatchObject({ epoch: head(1).epoch, seq: 1 });
      await log.append([row(1)]);
      expect(await log.chainHead(document)).toMatchObject({ epoch: otherEpoch, seq: 3 });
      await expect(log.renew(row(2), otherEpoch)).rejects.toMatchObject({ code: 'not_allowed' });
    });

    test('every row is chained to those before it, whatever the size of its update', async () => {
      const log = await newLog();
      const { document } = head(1);
      expect(await log.chainHead(document)).toBeNull();
      await log.create(head(1));
      const hex = async (): Promise<[number | undefined, string]> => {
        const chain = await log.chainHead(document);
        return [chain?.seq, Buffer.from(chain?.digest ?? []).toString('hex')];
      };
      expect(await hex()).toEqual([0, chained(document, [])]);
      await log.append([row(1), row(1, { operation: 'renommé', person: null })]);
      await log.append([row(1, { bytes: new Uint8Array(70_000).fill(3) }), row(1, { deviceTime: 4 })]);
      expect(await hex()).toEqual([4, chained(document, await log.read(document, 0))]);
    });

    test('the newest signed head of each document is had, and nothing else of them matters', async () => {
      const log = await newLog();
      await log.create(head(1), [row(1), row(1)]);
      await log.create(head(2), [row(2)]);
      const { document, epoch } = head(1);
      expect(await log.signedHead(document)).toBeNull();
      const signed = (seq: number) => ({
        epoch,
        seq,
        digest: new Uint8Array(32).fill(seq),
        time: 1_700_000_000_000 + seq,
        signature: new Uint8Array(64).fill(seq),
      });
      const key = new Uint8Array(32).fill(1);
      const other = { ...signed(1), epoch: head(2).epoch };
      await log.saveHeads(
        [
          { document, head: signed(1) },
          { document: head(2).document, head: other },
        ],
        key,
      );
      await log.saveHeads([{ document, head: signed(2) }], new Uint8Array(32).fill(2));
      const plain = ({ digest, signature, ...rest }: SignedHead) => ({
        ...rest,
        digest: new Uint8Array(digest),
        signature: new Uint8Array(signature),
      });
      const found = await Promise.all([log.signedHead(document), log.signedHead(head(2).document)]);
      expect(found.map((one) => one && plain(one))).toEqual([signed(2), other]);
    });

    test('a destroyed document is unknown, others are as they were, and one of the same id begins anew', async () => {
      const log = await newLog();
      await log.create(head(1), [row(1), row(1)]);
      await log.create(head(2), [row(2)]);
      await log.destroy(head(1).document);
      await log.destroy(head(1).document);
      expect(await log.load(head(1).document)).toBeNull();
      expect(await log.read(head(1).document, 0)).toEqual([]);
      expect((await log.documents()).map((one) => one.document)).toEqual([head(2).document]);
      await expect(log.append([row(1)])).rejects.toMatchObject({ code: 'not_allowed' });
      await log.create(head(1), [row(1)]);
      expect((await log.head(head(1).document))?.seq).toBe(1);
      expect((await log.head(head(2).document))?.seq).toBe(1);
    });

    describe('with what was worked out of its rows kept beside them', () => {
      const { document, epoch } = head(1);
      const past = (seq: number, more: Partial<KeptPast> = {}): KeptPast => ({
        ...{ document, epoch, seq, format: 3, people: [id<PersonId>(1), id<PersonId>(2)] },
        bytes: new Uint8Array([7, seq, 0, 255]),
        ...more,
      });
      const kept = async (log: UpdateLog, of = document) => {
        const found = await log.past(of);
        return found === null ? null : { ...found, bytes: new Uint8Array(found.bytes) };
      };
      async function threeRows() {
        const log = await newLog();
        for (const number of [1, 2]) await log.create(head(number), [row(number), row(number), row(number)]);
        return log;
      }

      test('the last that was kept is given back, of each document its own', async () => {
        const log = await threeRows();
        expect(await log.past(document)).toBeNull();
        expect(await log.past(head(3).document)).toBeNull();
        await log.savePast(past(2));
        await log.savePast({ ...past(1), document: head(2).document, epoch: head(2).epoch });
        expect(await kept(log)).toEqual(past(2));
        await log.savePast(past(3, { people: [], bytes: new Uint8Array(300_000).fill(9) }));
        expect(await kept(log)).toEqual(past(3, { people: [], bytes: new Uint8Array(300_000).fill(9) }));
        expect((await kept(log, head(2).document))?.seq).toBe(1);
        await log.forgetPasts(document);
        expect([await kept(log), (await kept(log, head(2).document))?.seq]).toEqual([null, 1]);
        await log.savePast(past(2));
        await log.forgetPasts();
        expect([await kept(log), await kept(log, head(2).document)]).toEqual([null, null]);
      });

      test('nothing is kept of rows that are not there, of another life, or of no document', async () => {
        const log = await threeRows();
        await log.savePast(past(4));
        await log.savePast(past(3, { epoch: head(9).epoch }));
        await log.savePast(past(1, { document: head(3).document }));
        expect([await kept(log), await kept(log, head(3).document)]).toEqual([null, null]);
      });

      test('it goes with the document', async () => {
        const log = await threeRows();
        await log.savePast(past(3));
        await log.destroy(document);
        await log.savePast(past(3));
        await log.create(head(1), [row(1), row(1), row(1)]);
        expect(await kept(log)).toBeNull();
      });
    });

    describe('with old rows in segments', () => {
      const count = 300;
      /** A log of `count` rows, all kinds of them, and a checkpoint at the one before the last. */
      async function longLog() {
        const log = await newLog();
        const { document } = head(1);
        const rows = Array.from({ length: count }, (_, index) =>
          row(1, {
            time: 1_700_000_000_000 + index * 90,
            person: index % 7 === 0 ? null : id<PersonId>(index % 3),
            deviceTime: index % 5 === 0 ? index : null,
            via: index % 11 === 0 ? 'operation' : 'socket',
            operation: index % 11 === 0 ? 'integrate' : null,
            bytes: new Uint8Array([index % 251, index, index % 3]),
            clients: [index % 4],
          }),
        );
        await log.create(head(1), rows);
        const bytes = new Uint8Array([0, 0]);
        await log.saveCheckpoint({ document, seq: count - 1, bytes, stateVector: bytes, deleteSetAt: 1 });
        const stored = rows.map((one, index) => ({ ...withoutClients(one), seq: index + 1 }));
        return { log, document, stored };
      }
      const plain = (rows: readonly LogRow[]) =>
        rows.map((one) => ({ ...one, bytes: new Uint8Array(one.bytes) }));

      test('every row is read as before, in any range', async () => {
        const { log, document, stored } = await longLog();
        const chain = await log.chainHead(document);
        expect(await log.cut(document, 100)).toBe(count - segmentLimits.keptRows);
        expect(await log.cut(document, 1)).toBe(0);
        expect(plain(await log.read(document, 0))).toEqual(stored);
        for (const [after, upTo] of [
          [0, 1],
          [17, 204],
          [235, 236],
          [236, 237],
          [200, 250],
          [298, 300],
          [300, 400],
        ] as const)
          expect(plain(await log.read(document, after, upTo))).toEqual(stored.slice(after, upTo));
        expect(await log.chainHead(document)).toEqual(chain);
        expect(await log.head(document)).toMatchObject({ seq: count });
        expect(await log.bindings(document)).toHaveLength(4);
      });

      test('rows are appended and packed again and again, and stay one sequence', async () => {
        const { log, document, stored } = await longLog();
        await log.cut(document, 100);
        for (let round = 1; round <= 3; round++) {
          const [seq] = await log.append([row(1)]);
          stored.push({ ...withoutClients(row(1)), seq: seq as number });
          await log.append(Array.from({ length: 80 }, () => row(1)));
          for (let at = 1; at <= 80; at++)
            stored.push({ ...withoutClients(row(1)), seq: (seq as number) + at });
          const bytes = new Uint8Array([0, 0]);
          const upTo = stored.length - 10;
          await log.saveCheckpoint({ document, seq: upTo, bytes, stateVector: bytes, deleteSetAt: 1 });
          expect(await log.cut(document, 81)).toBe(81);
        }
        expect(plain(await log.read(document, 0))).toEqual(stored);
      });

      test('segments are put in the place of others where they follow one another to the same digest; else nothing changes', async () => {
        const { log, document, stored } = await longLog();
        await log.cut(document, 100);
        const [place] = await log.segments(document);
        const { last, digest } = place!;
        expect(place).toMatchObject({ first: 1, isThinned: false });
        expect(place!.size).toBeGreaterThan(0);
        let end = firstDigest(document);
        for (const one of stored.slice(0, 100)) ({ digest: end } = sealRow(one, end));
        const first = packSegment(stored.slice(0, 100), firstDigest(document));
        const second = packSegment(stored.slice(100, last), end);
        for (const wrong of [[first], [second], [first, { ...second, first: 102 }], [second, first]])
          await expect(log.replaceSegments(wrong)).rejects.toMatchObject({ code: 'conflict' });
        await expect(log.replaceSegments([first, { ...second, digest: end }])).rejects.toMatchObject({
          code: 'conflict',
        });
        expect(await log.segments(document)).toEqual([place]);
        await log.replaceSegments([first, second]);
        expect((await log.segments(document)).map((one) => [one.first, one.last])).toEqual([
          [1, 100],
          [101, last],
        ]);
        expect(Buffer.from((await log.segments(document))[1]!.digest).equals(digest)).toBe(true);
        expect(plain(await log.read(document, 0))).toEqual(stored);
      });

      test('nothing is packed that no checkpoint holds, nor fewer rows than asked for, nor of a document without any', async () => {
        const log = await newLog();
        const { document } = head(1);
        await log.create(
          head(1),
          Array.from({ length: 200 }, () => row(1)),
        );
        expect(await log.cut(document, 1)).toBe(0);
        const bytes = new Uint8Array([0, 0]);
        await log.saveCheckpoint({ document, seq: 50, bytes, stateVector: bytes, deleteSetAt: 1 });
        expect(await log.cut(document, 51)).toBe(0);
        expect(await log.cut(document, 50)).toBe(50);
        await log.create(head(2));
        expect(await log.cut(head(2).document, 0)).toBe(0);
      });

      test('rows that are in no segment are had without those that are', async () => {
        const { log, document, stored } = await longLog();
        expect(plain((await log.recent(document, 0, count)) ?? [])).toEqual(stored);
        await log.cut(document, 100);
        const cut = count - segmentLimits.keptRows;
        expect(await log.recent(document, cut - 1, count)).toBeNull();
        expect(plain((await log.recent(document, cut, count - 1)) ?? [])).toEqual(stored.slice(cut, -1));
      });

      test('the document is loaded from its checkpoint', async () => {
        const { log, document, stored } = await longLog();
        await log.cut(document, 100);
        const loaded = await log.load(document);
        expect(loaded?.rows).toEqual(stored.slice(-1));
        expect(loaded?.checkpoint?.seq).toBe(count - 1);
      });

      test('a segment has a thousand rows at most', async () => {
        const log = await newLog();
        const { document } = head(1);
        await log.create(
          head(1),
          Array.from({ length: 2_400 }, () => row(1)),
        );
        const bytes = new Uint8Array([0, 0]);
        await log.saveCheckpoint({ document, seq: 2_400, bytes, stateVector: bytes, deleteSetAt: 1 });
        expect(await log.cut(document, 1)).toBe(1_000);
        // Whoever comes second may find nothing to do.
        await Promise.all([log.cut(document, 1), log.cut(document, 1)]);
        while ((await log.cut(document, 1)) > 0);
        expect(await log.cut(document, 1)).toBe(0);
        expect((await log.read(document, 0)).map(({ seq }) => seq)).toEqual(
          Array.from({ length: 2_400 }, (_, at) => at + 1),
        );
      });
    });

    test('appends asked at once get consecutive numbers in the order asked', async () => {
      const log = await newLog();
      await log.create(head(1));
      const seqs = await Promise.all(Array.from({ length: 50 }, () => log.append([row(1)])));
      expect(seqs.flat()).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    });
  });
}
