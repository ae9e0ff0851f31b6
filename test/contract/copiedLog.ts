import { describe, expect, onTestFinished, test } from 'vitest';
import { idFromBytes } from '#shared/domain/ids.ts';
import type { DeviceId, DocumentId, Epoch, PersonId } from '#shared/domain/ids.ts';
import { segmentLimits } from '#server/storage/journal/segments.ts';
import type { LogRow, NewRow, UpdateLog } from '#server/storage/ports/UpdateLog.ts';

const id = <T extends string>(n: number): T => idFromBytes<T>(new Uint8Array(16).fill(n));
const document = id<DocumentId>(1);
const epoch = id<Epoch>(2);
const row = (n: number, more: Partial<NewRow> = {}): NewRow => ({
  document,
  time: 1_000 + n,
  person: id<PersonId>(7),
  device: id<DeviceId>(8),
  deviceTime: null,
  via: 'socket',
  operation: null,
  bytes: Uint8Array.of(0, 0, n),
  clients: [n],
  ...more,
});
const rows = (from: number, to: number, more: Partial<NewRow> = {}): NewRow[] =>
  Array.from({ length: to - from + 1 }, (_, at) => row(from + at, more));
const newHead = { document, kind: 'note', epoch, schemaVersion: 1 } as const;

/** What every update log does with the copy of a document whose home is another relay, written from the port's docstrings. */
export function describeCopiedLog(
  name: string,
  open: () => Promise<{ log: UpdateLog; close: () => Promise<void> }>,
) {
  const newLog = async (): Promise<UpdateLog> => {
    const { log, close } = await open();
    onTestFinished(close);
    return log;
  };
  const copy = async (): Promise<UpdateLog> => {
    const log = await newLog();
    await log.create({ ...newHead, homeSeq: 0 });
    return log;
  };
  /** What a log holds, by the third byte of each update, and where the home's rows end. */
  const held = async (log: UpdateLog): Promise<(number | string)[]> => {
    const { homeSeq = null } = (await log.head(document)) ?? {};
    const found = await log.read(document, 0);
    expect(found.map(({ seq }) => seq)).toEqual(found.map((_, at) => at + 1));
    const marks = found.map((one: LogRow): number | string => one.bytes[2] ?? -1);
    if (homeSeq !== null) marks.splice(homeSeq, 0, '|');
    return marks;
  };
  /** The chain of a log that was never a copy and holds these. */
  const chainOf = async (all: readonly NewRow[]): Promise<Uint8Array | undefined> => {
    const log = await newLog();
    await log.create(newHead, all);
    return (await log.chainHead(document))?.digest;
  };
  const rebase = (log: UpdateLog, after: number, home: readonly NewRow[], settled: readonly number[] = []) =>
    log.rebase({ document, epoch, after, rows: home, settled });

  describe(`${name}, as the log of a copy`, () => {
    test('[R273] the home’s rows come before those that it does not have, and the chain is the home’s', async () => {
      const log = await copy();
      expect(await rebase(log, 0, rows(1, 2))).toEqual({ seq: 2, homeSeq: 2 });
      await log.append(rows(11, 13));
      expect(await held(log)).toEqual([1, 2, '|', 11, 12, 13]);
      expect(await rebase(log, 2, rows(3, 3))).toEqual({ seq: 6, homeSeq: 3 });
      expect(await held(log)).toEqual([1, 2, 3, '|', 11, 12, 13]);
      expect(await log.append([row(14)])).toEqual([7]);
      expect((await log.chainHead(document))?.digest).toEqual(
        await chainOf([...rows(1, 3), ...rows(11, 14)]),
      );
    });

    test('[R273] a row that the home has goes, whatever number it had; the others keep their order, time and person', async () => {
      const log = await copy();
      await log.append(rows(11, 14, { deviceTime: 5 }));
      const theirs = row(12, { time: 99, person: id<PersonId>(9), via: 'mirror' });
      await rebase(log, 0, [theirs], [2]);
      expect(await held(log)).toEqual([12, '|', 11, 13, 14]);
      const [first, second] = await log.read(document, 0);
      const { clients: _, ...stored } = theirs;
      expect(first).toEqual({ ...stored, seq: 1 });
      expect(second).toMatchObject({ time: 1_011, deviceTime: 5, person: id<PersonId>(7) });
      await rebase(log, 1, [], [2, 3, 4]);
      expect(await held(log)).toEqual([12, '|']);
      expect(await log.head(document)).toMatchObject({ seq: 1, homeSeq: 1 });
      expect((await log.chainHead(document))?.digest).toEqual(await chainOf([theirs]));
    });

    test('[R342] what is given up, or taken away, is what was known: rows behind that make it a conflict, and nothing changes', async () => {
      const log = await copy();
      await rebase(log, 0, rows(1, 2));
      await log.append(rows(11, 12));
      const conflict = { code: 'conflict' };
      const given = { document, epoch: id<Epoch>(3), after: 2, rows: [], settled: [3], last: 3 };
      await expect(log.rebase(given)).rejects.toMatchObject(conflict);
      await expect(log.destroy(document, [], 3)).rejects.toMatchObject(conflict);
      expect(await held(log)).toEqual([1, 2, '|', 11, 12]);
      expect(await log.head(document)).toMatchObject({ epoch });
      await log.rebase({ ...given, settled: [3, 4], last: 4 });
      expect(await held(log)).toEqual([1, 2, '|']);
      await log.destroy(document, [], 2);
      expect(await log.head(document)).toBeNull();
    });

    test('[R344] a copy that goes on as one of another home keeps all rows, in order; which of them that has, is told by what comes', async () => {
      const log = await copy();
      await rebase(log, 0, rows(1, 3));
      await log.append(rows(11, 12));
      await log.rebase({ document, epoch, after: 0, rows: [], settled: [], isOfAnother: true });
      expect(await held(log)).toEqual(['|', 1, 2, 3, 11, 12]);
      await rebase(log, 0, rows(1, 2), [1, 2]);
      expect(await held(log)).toEqual([1, 2, '|', 3, 11, 12]);
    });

    test('a client id stays bound to who brought it here first; another is bound to whom the home names', async () => {
      const log = await copy();
      await log.append([row(11)]);
      const person = id<PersonId>(9);
      await rebase(log, 0, [row(11, { person }), row(12, { person })], [1]);
      const bindings = (await log.bindings(document)).map((one) => [one.client, one.person]);
      expect(new Map(bindings as [number, PersonId][])).toEqual(
        new Map([
          [11, id<PersonId>(7)],
          [12, person],
        ]),
      );
    });

    test('rows that do not follow the home’s here are a conflict, of an unknown document not allowed: nothing changes', async () => {
      const log = await copy();
      await rebase(log, 0, rows(1, 3));
      await log.append(rows(11, 11));
      await expect(rebase(log, 2, rows(3, 4))).rejects.toMatchObject({ code: 'conflict' });
      await expect(
        log.rebase({ document: id(5), epoch, after: 0, rows: [], settled: [] }),
      ).rejects.toMatchObject({
        code: 'not_allowed',
      });
      expect(await held(log)).toEqual([1, 2, 3, '|', 11]);
    });

    test('no checkpoint, past or segment holds what may get another number', async () => {
      const log = await copy();
      const count = segmentLimits.keptRows + 200;
      await rebase(
        log,
        0,
        Array.from({ length: count }, () => row(1)),
      );
      await log.append(rows(11, 13));
      const bytes = Uint8Array.of(0, 0);
      const at = (seq: number) => ({ document, seq, bytes, stateVector: bytes, deleteSetAt: 1 });
      await log.saveCheckpoint(at(count));
      await log.saveCheckpoint(at(count + 1));
      expect((await log.checkpoint(document))?.seq).toBe(count);
      await log.savePast({ document, epoch, seq: count + 1, format: 1, people: [], bytes });
      expect(await log.past(document)).toBeNull();
      expect(await log.cut(document, 1)).toBe(200);
      await rebase(log, count, [], [count + 1, count + 2, count + 3]);
      expect(await log.head(document)).toMatchObject({ seq: count, homeSeq: count });
      expect((await log.load(document))?.rows).toEqual([]);
    });

    test('[R274] a document that had its home here becomes a copy with all of its rows, packed ones too', async () => {
      const log = await newLog();
      const count = segmentLimits.keptRows + 200;
      const all = Array.from({ length: count }, (_, n) => row(n % 200));
      await log.create(newHead, all);
      const bytes = Uint8Array.of(0, 0);
      await log.saveCheckpoint({ document, seq: count, bytes, stateVector: bytes, deleteSetAt: 1 });
      expect(await log.cut(document, 1)).toBe(200);
      expect(await rebase(log, 0, [])).toEqual({ seq: count, homeSeq: 0 });
      expect(await log.checkpoint(document)).toBeNull();
      expect(await log.segments(document)).toEqual([]);
      expect((await log.load(document))?.rows.length).toBe(count);
      expect((await log.chainHead(document))?.digest).toEqual(await chainOf(all));
    });

    test('[R318] a copy of which the home has nothing is a document of this relay again; one of which it has something stays a copy', async () => {
      const log = await newLog();
      await log.create(newHead, rows(1, 3));
      await rebase(log, 0, []);
      await log.becomeHome(document);
      expect(await held(log)).toEqual([1, 2, 3]);
      expect(await log.append([row(4)])).toEqual([4]);
      await log.becomeHome(document);
      expect((await log.chainHead(document))?.digest).toEqual(await chainOf(rows(1, 4)));
      await rebase(log, 0, rows(1, 1), [1]);
      await expect(log.becomeHome(document)).rejects.toMatchObject({ code: 'conflict' });
      await expect(log.becomeHome(id(5))).rejects.toMatchObject({ code: 'not_allowed' });
      expect(await held(log)).toEqual([1, '|', 2, 3, 4]);
    });

    test('[R275] fetched anew, a copy keeps what the home does not have, in its new life', async () => {
      const log = await copy();
      const count = segmentLimits.keptRows + 200;
      const home = Array.from({ length: count }, () => row(1));
      await rebase(log, 0, home);
      const bytes = Uint8Array.of(0, 0);
      await log.saveCheckpoint({ document, seq: count, bytes, stateVector: bytes, deleteSetAt: 1 });
      await log.cut(document, 1);
      await log.append(rows(11, 12));
      const other = id<Epoch>(3);
      await log.rebase({ document, epoch: other, after: 0, rows: rows(1, 2), settled: [count + 1] });
      expect(await held(log)).toEqual([1, 2, '|', 12]);
      expect(await log.head(document)).toMatchObject({ epoch: other });
      expect(await log.checkpoint(document)).toBeNull();
      expect(await log.segments(document)).toEqual([]);
    });
  });
}
