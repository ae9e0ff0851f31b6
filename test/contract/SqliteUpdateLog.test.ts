import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { idFromBytes } from '#shared/domain/ids.ts';
import type { DocumentId, Epoch } from '#shared/domain/ids.ts';
import { SqliteDatabase } from '#server/storage/sqlite/SqliteDatabase.ts';
import { SqliteUpdateLog } from '#server/storage/sqlite/SqliteUpdateLog.ts';
import { newDatabase } from '../support/newDatabase.ts';
import { describeCopiedLog } from './copiedLog.ts';
import { describeUpdateLog } from './updateLog.ts';

describeUpdateLog('SqliteUpdateLog', async () => {
  const { database, close } = await newDatabase();
  return { log: new SqliteUpdateLog(database), close };
});

describeCopiedLog('SqliteUpdateLog', async () => {
  const { database, close } = await newDatabase();
  return { log: new SqliteUpdateLog(database), close };
});

const document = idFromBytes<DocumentId>(new Uint8Array(16).fill(1));
const head = {
  document,
  kind: 'note',
  epoch: idFromBytes<Epoch>(new Uint8Array(16)),
  schemaVersion: 1,
} as const;
const row = {
  document,
  time: 5,
  person: null,
  device: null,
  deviceTime: null,
  via: 'socket',
  operation: null,
  bytes: new Uint8Array([1, 2, 3]),
  clients: [],
} as const;

async function newLog() {
  const { database, file, close } = await newDatabase();
  onTestFinished(close);
  return { database, log: new SqliteUpdateLog(database), file };
}

describe('SqliteUpdateLog on its file', () => {
  test.each([
    ['its bytes', "UPDATE log_row SET bytes = x'010203FF'"],
    ['its person', "UPDATE log_row SET person = 'someone else'"],
    ['its time', 'UPDATE log_row SET time = 6'],
    ['its place', 'UPDATE log_row SET seq = 2'],
  ])('a row of which %s changed on the disk is never handed out', async (_, sql) => {
    const { log, database } = await newLog();
    await log.create(head, [row]);
    await database.query(sql);
    await expect(log.read(document, 0)).rejects.toMatchObject({ code: 'document_damaged' });
    await expect(log.load(document)).rejects.toMatchObject({ code: 'document_damaged' });
    await expect(log.loadUpdates(document)).rejects.toMatchObject({ code: 'document_damaged' });
  });

  test.each([
    ['its bytes', "UPDATE log_past SET bytes = x'010203FF'"],
    ['its people', `UPDATE log_past SET people = '["AAAAAAAAAAAAAAAAAAAAAA"]'`],
    ['its row', 'UPDATE log_past SET seq = 2'],
  ])('[R161] a kept past of which %s changed on the disk is never handed out', async (_, sql) => {
    const { log, database } = await newLog();
    await log.create(head, [row, row]);
    const { epoch } = head;
    const bytes = new Uint8Array([1, 2, 3]);
    await log.savePast({ document, epoch, seq: 1, format: 1, people: [], bytes });
    expect((await log.past(document))?.seq).toBe(1);
    await database.query(sql);
    expect(await log.past(document)).toBeNull();
  });

  test('[R7] a row or a segment that is missing is found when rows are read', async () => {
    const { log, database } = await newLog();
    const rows = Array.from({ length: 200 }, () => row);
    const bytes = new Uint8Array([0, 0]);
    await log.create(head, rows);
    await log.saveCheckpoint({ document, seq: 100, bytes, stateVector: bytes, deleteSetAt: 1 });
    await log.cut(document, 1);
    const damaged = { code: 'document_damaged' };
    await database.query('DELETE FROM log_row WHERE seq = 150');
    await expect(log.load(document)).rejects.toMatchObject(damaged);
    await expect(log.loadUpdates(document)).rejects.toMatchObject(damaged);
    await expect(log.read(document, 120)).rejects.toMatchObject(damaged);
    await expect(log.read(document, 0)).rejects.toMatchObject(damaged);
    expect((await log.read(document, 150)).length).toBe(50);
    await database.query('DELETE FROM log_segment');
    await expect(log.read(document, 0)).rejects.toMatchObject(damaged);
  });

  test('[R7] what is sound of a damaged document is read wherever it is kept, and the first that is lost is named', async () => {
    const { log, database } = await newLog();
    const bytes = new Uint8Array([0, 0]);
    await log.create(
      head,
      Array.from({ length: 200 }, () => row),
    );
    const sound = async () => {
      const read = await log.loadSound(document);
      return [read?.rows.map(({ seq }) => seq), read?.firstLost];
    };
    const range = (first: number, last: number) =>
      Array.from({ length: last - first + 1 }, (_, at) => first + at);
    expect(await sound()).toEqual([range(1, 200), null]);
    await log.saveCheckpoint({ document, seq: 200, bytes, stateVector: bytes, deleteSetAt: 1 });
    expect(await log.cut(document, 1)).toBe(136);
    await database.query('UPDATE log_row SET time = 6 WHERE seq = 150');
    expect(await sound()).toEqual([[], null]);
    await database.query("UPDATE log_checkpoint SET bytes = x'0001'");
    expect(await sound()).toEqual([[...range(1, 149), ...range(151, 200)], 150]);
    await database.query('DELETE FROM log_row WHERE seq = 137');
    expect(await sound()).toEqual([[...range(1, 136), ...range(138, 149), ...range(151, 200)], 137]);
    await database.query("UPDATE log_segment SET bytes = x'00'");
    expect(await sound()).toEqual([[...range(138, 149), ...range(151, 200)], 1]);
    await database.query('DELETE FROM log_segment');
    expect(await sound()).toEqual([[...range(138, 149), ...range(151, 200)], 1]);
    expect(await log.loadSound(idFromBytes<DocumentId>(new Uint8Array(16).fill(9)))).toBeNull();
  });

  test('a damaged checkpoint is as good as none: the rows are still there', async () => {
    const { log, database } = await newLog();
    await log.create(head, [row]);
    await log.saveCheckpoint({
      document,
      seq: 1,
      bytes: row.bytes,
      stateVector: new Uint8Array([0]),
      deleteSetAt: 1,
    });
    await database.query("UPDATE log_checkpoint SET bytes = x'010204'");
    expect(await log.checkpoint(document)).toBeNull();
    expect((await log.load(document))?.rows.map((one) => one.seq)).toEqual([1]);
  });

  test('[R7] a damaged checkpoint of rows that are in a segment: all of them are read', async () => {
    const { log, database } = await newLog();
    const bytes = new Uint8Array([0, 0]);
    await log.create(
      head,
      Array.from({ length: 200 }, () => row),
    );
    await log.saveCheckpoint({ document, seq: 200, bytes, stateVector: bytes, deleteSetAt: 1 });
    await log.cut(document, 1);
    await database.query('UPDATE log_checkpoint SET seq = 199');
    const loaded = await log.load(document);
    expect([loaded?.checkpoint, loaded?.rows.map((one) => one.seq)]).toEqual([
      null,
      Array.from({ length: 200 }, (_, at) => at + 1),
    ]);
    expect(await log.loadUpdates(document)).toMatchObject({ checkpointSeq: null, rowCount: 200 });
  });

  test('rows and catalogue statements stand or fall together', async () => {
    const { log, database } = await newLog();
    await database.query('CREATE TABLE thing (name TEXT PRIMARY KEY)');
    const insert = { sql: 'INSERT INTO thing VALUES (?)', parameters: ['a'] };
    await log.create(head, [row], [insert]);
    await expect(log.append([row], [insert])).rejects.toMatchObject({ code: 'conflict' });
    expect((await log.head(document))?.seq).toBe(1);
    expect(await log.append([row], [{ ...insert, parameters: ['b'] }])).toEqual([2]);
  });

  test('a full disk is said so, writes nothing, and is over when there is room again', async () => {
    const { log, database } = await newLog();
    await log.create(head, [row]);
    const pages =
      (await database.query<{ page_count: number }>('PRAGMA page_count')).rows[0]?.page_count ?? 0;
    await database.query(`PRAGMA max_page_count = ${pages + 2}`);
    const big = { ...row, bytes: new Uint8Array(1_000_000) };
    await expect(log.append([row, big])).rejects.toMatchObject({ code: 'storage_full' });
    expect((await log.head(document))?.seq).toBe(1);
    expect(await log.append([big])).toEqual([2]);
  });

  test('rows written before there were chains are chained when the next one comes', async () => {
    const { log, database, file } = await newLog();
    await log.create(head, [row, row, row]);
    const expected = [await log.chainHead(document)];
    expected.push((await log.append([row]), await log.chainHead(document)));
    await database.query('DELETE FROM log_row WHERE seq = 4');
    await database.query('UPDATE log_row SET digest = NULL');
    const again = await SqliteDatabase.open(file);
    onTestFinished(() => again.close());
    const other = new SqliteUpdateLog(again);
    expect(await other.chainHead(document)).toEqual(expected[0]);
    await other.append([row]);
    expect(await other.chainHead(document)).toEqual(expected[1]);
    const { rows } = await again.query('SELECT seq FROM log_row WHERE digest IS NULL');
    expect(rows).toEqual([]);
  });

  test('one signed head stays for each time that rows were packed, beside the newest', async () => {
    const { log, database } = await newLog();
    const rows = Array.from({ length: 100 }, () => row);
    const bytes = new Uint8Array([0, 0]);
    await log.create(head);
    for (let round = 1; round <= 4; round++) {
      for (const some of [rows.slice(0, 30), rows.slice(30)]) {
        await log.append(some);
        const chain = await log.chainHead(document);
        if (chain === null) throw new Error('no chain');
        const signed = { ...chain, time: round, signature: new Uint8Array(64) };
        await log.saveHeads([{ document, head: signed }], new Uint8Array(32));
      }
      await log.saveCheckpoint({ document, seq: round * 100, bytes, stateVector: bytes, deleteSetAt: 1 });
      await log.cut(document, 100);
    }
    const { rows: kept } = await database.query('SELECT seq FROM log_head ORDER BY seq');
    const { rows: cut } = await database.query('SELECT last_seq FROM log_segment');
    expect([kept, cut]).toEqual([[30, 200, 300, 400].map((seq) => ({ seq })), [{ last_seq: 336 }]]);
  });

  test('the file is in WAL mode and every commit is synced', async () => {
    const { database, file } = await newLog();
    expect((await database.query('PRAGMA synchronous')).rows).toEqual([{ synchronous: 2 }]);
    const other = new Database(file, { readonly: true });
    expect(other.pragma('journal_mode', { simple: true })).toBe('wal');
    other.close();
  });
});
