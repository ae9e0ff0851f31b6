import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import Database from 'better-sqlite3';
import { beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { verifyLog } from '#server/backup/verifyLog.ts';
import type { DocumentId, Epoch, PersonId } from '#shared/domain/ids.ts';
import { firstDigest, sealRow } from '#server/storage/chain.ts';
import type { LogRow } from '#server/storage/ports/UpdateLog.ts';
import { LogOperations } from '#server/storage/sqlite/logOperations.ts';
import * as stored from '#server/storage/sqlite/logRows.ts';
import { readPage } from '#server/storage/sqlite/readJournal.ts';
import { SqliteUpdateLog } from '#server/storage/sqlite/SqliteUpdateLog.ts';
import { newDatabase } from '../../support/newDatabase.ts';
import { testId } from '../../support/newRelay.ts';
import { newRandom, type Random } from '../../support/random.ts';

const long = process.env['CALEPIN_LONG'] === '1';
const flipsInRows = long ? 3_000_000 : 20_000;
const flipsInFile = long ? 20_000 : 400;
const seed = long ? Math.floor(Math.random() * 2 ** 32) : 20_261_123;
const timeout = long ? 3_600_000 : 300_000;
const document = testId<DocumentId>(1);
const lastRow = 400;

let file: string;
beforeAll(async () => {
  const made = await newDatabase();
  file = made.file;
  const log = new SqliteUpdateLog(made.database);
  await log.create({ document, kind: 'note', epoch: testId<Epoch>(2), schemaVersion: 1 });
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (let n = 0; n < lastRow; n++) doc.getText('text').insert(n, n % 50 === 0 ? 'é'.repeat(200) : 'a');
  await log.append(
    updates.map((bytes, n) => ({
      document,
      time: 1_790_000_000_000 + 37 * n,
      person: testId<PersonId>(3),
      device: null,
      deviceTime: n % 3 === 0 ? 1_790_000_000_000 : null,
      via: 'socket',
      operation: null,
      bytes,
      clients: [doc.clientID],
    })),
  );
  const bytes = Y.encodeStateAsUpdate(doc);
  const stateVector = Y.encodeStateVector(doc);
  await log.saveCheckpoint({ document, seq: lastRow, bytes, stateVector, deleteSetAt: bytes.length - 1 });
  await log.cut(document, 100);
  await log.close();
  await made.database.close();
  return made.close;
});

type Column = string | number | Uint8Array | null;

/** What a column holds when one bit of it is another. */
function flipped(value: Exclude<Column, null>, random: Random): Column {
  if (typeof value === 'number') return Number(BigInt(value) ^ (1n << BigInt(random.int(48))));
  const bytes = Buffer.from(value as string);
  const bit = random.int(bytes.length * 8);
  bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return typeof value === 'string' ? bytes.toString() : bytes;
}

const bytesOf = (value: Column): number =>
  value === null ? 0 : typeof value === 'number' ? 6 : value.length;

/** The same record with one bit flipped, of any of its columns, a long one more often. */
function damaged<T extends object>(record: T, random: Random): T {
  const columns = Object.entries(record) as [string, Column][];
  let at = random.int(columns.reduce((sum, [, value]) => sum + bytesOf(value), 0));
  for (const [name, value] of columns) {
    at -= bytesOf(value);
    if (value !== null && at < 0) return { ...record, [name]: flipped(value, random) };
  }
  throw new Error('a record without a bit');
}

function isRefused(read: () => unknown): boolean {
  try {
    return read() === null;
  } catch {
    return true;
  }
}

function readAll(database: Database.Database): LogRow[] {
  const rows: LogRow[] = [];
  for (;;) {
    const page = readPage(database, document, rows.length, Number.MAX_SAFE_INTEGER);
    if (page.length === 0) return rows;
    rows.push(...page);
  }
}

test(
  `[R7] of ${flipsInRows} bits flipped in stored rows, segments and checkpoints, every one is found (seed ${seed})`,
  () => {
    const database = new Database(file, { readonly: true });
    const rows = database
      .prepare<[], stored.StoredRow>(
        'SELECT seq, time, person, device, device_time, via, operation, bytes, checksum, digest FROM log_row ORDER BY seq',
      )
      .all();
    const segments = database
      .prepare<[], stored.StoredSegment>(
        'SELECT first_seq, last_seq, digest, statement, checksum, bytes FROM log_segment',
      )
      .all();
    const checkpoint = database
      .prepare<[], stored.StoredCheckpoint>(
        'SELECT seq, bytes, state_vector, delete_set_at, checksum FROM log_checkpoint',
      )
      .get() as stored.StoredCheckpoint;
    database.close();
    expect(rows.length).toBeGreaterThan(50);
    expect(segments.length).toBe(1);
    const before = (at: number): Uint8Array =>
      rows[at - 1]?.digest ?? segments[0]?.digest ?? firstDigest(document);
    const readers = [
      ...rows.map((record, at) => ({
        record,
        // Its digest is looked at when rows are packed or verified.
        read: (one: typeof record) => {
          const { digest } = sealRow(stored.rowOf(document, one), before(at));
          return Buffer.from(digest).equals(one.digest as Uint8Array) ? one : null;
        },
      })),
      ...segments.map((record) => ({
        record,
        read: (one: typeof record) => stored.segmentOf(document, one),
      })),
      { record: checkpoint, read: (one: typeof checkpoint) => stored.checkpointOf(document, one) },
    ] as { record: object; read: (one: object) => unknown }[];
    const random = newRandom(seed);
    const missed: unknown[] = [];
    for (const { record, read } of readers) expect(isRefused(() => read(record))).toBe(false);
    for (let count = 0; count < flipsInRows; count++) {
      const { record, read } = random.pick(readers);
      const one = damaged(record, random);
      if (!isRefused(() => read(one))) missed.push(one);
    }
    expect(missed).toEqual([]);
    // For docs/reliability.md.
    if (long) process.stdout.write(`bit flips: ${flipsInRows} in rows, seed ${seed}, all found\n`);
  },
  timeout,
);

test(
  `[R7] of ${flipsInFile} bits flipped in the pages of the log, none ends the reader or alters a row, and every one that hides a row is found (seed ${seed})`,
  async () => {
    const sound = new Database(file, { readonly: true });
    const rows = readAll(sound);
    const pages = sound
      .prepare<[], { at: number; size: number }>(
        "SELECT pgoffset AS at, pgsize AS size FROM dbstat WHERE name LIKE '%log_%'",
      )
      .all();
    sound.close();
    expect(rows.length).toBe(lastRow);
    const random = newRandom(seed);
    const descriptor = openSync(file, 'r+');
    const byte = Buffer.alloc(1);
    const counts = { harmless: 0, refused: 0, hidden: 0 };
    const missed: string[] = [];
    for (let count = 0; count < flipsInFile; count++) {
      const page = random.pick(pages);
      const [at, bit] = [page.at + random.int(page.size), random.int(8)];
      readSync(descriptor, byte, 0, 1, at);
      const was = byte.readUInt8();
      writeSync(descriptor, Buffer.of(was ^ (1 << bit)), 0, 1, at);
      try {
        const found = readFile();
        counts[found.length === lastRow ? 'harmless' : 'hidden'] += 1;
        if (found.some((row, index) => !isDeepStrictEqual(row, rows[index])))
          missed.push(`byte ${at}, bit ${bit}: a row is another`);
        if (found.length < lastRow && (await isVerified()))
          missed.push(`byte ${at}, bit ${bit}: ${lastRow - found.length} rows are hidden`);
      } catch {
        counts.refused += 1;
      }
      writeSync(descriptor, byte, 0, 1, at);
    }
    closeSync(descriptor);
    expect(missed).toEqual([]);
    expect(counts.refused).toBeGreaterThan(0);
    // For docs/reliability.md.
    if (long) process.stdout.write(`bit flips: seed ${seed}, in the file ${JSON.stringify(counts)}\n`);
  },
  timeout,
);

/** Everything of the log in the file, as the relay reads it. */
function readFile(): LogRow[] {
  const database = new Database(file, { readonly: true });
  try {
    new LogOperations(database).load(document);
    return readAll(database);
  } finally {
    database.close();
  }
}

/** Whether `npm run calepin -- verify` has nothing to say. */
async function isVerified(): Promise<boolean> {
  const { documents, faults } = await verifyLog(path.dirname(file));
  return documents > 0 && faults.length === 0;
}
