import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import type { DocumentId, Epoch, PersonId } from '#shared/domain/ids.ts';
import { backUp } from '#server/backup/backUp.ts';
import { readKeptHeads } from '#server/backup/KeptHead.ts';
import { restoreBackup } from '#server/backup/restoreBackup.ts';
import { thinDocument } from '#server/backup/thinDocument.ts';
import { verifyLog } from '#server/backup/verifyLog.ts';
import { HeadSigner } from '#server/log/HeadSigner.ts';
import { sqliteAdapters } from '#server/relayAdapters.ts';
import { newSigningKey } from '#server/signingKey.ts';
import { firstDigest, rowChecksum, sealRow } from '#server/storage/chain.ts';
import { decodeSegment } from '#server/storage/journal/decodeSegment.ts';
import { encodeSegment } from '#server/storage/journal/encodeSegment.ts';
import { segmentChecksum } from '#server/storage/journal/segments.ts';
import type { Segment } from '#server/storage/ports/Segment.ts';
import type { LogRow, NewRow, UpdateLog } from '#server/storage/ports/UpdateLog.ts';
import {
  segmentOf,
  type StoredRow,
  type StoredSegment,
  uncheckedRowOf,
} from '#server/storage/sqlite/logRows.ts';
import { testId } from '../../support/newRelay.ts';
import { thinLog } from '../../support/thinLog.ts';

const run = promisify(execFile);
const document = testId<DocumentId>(1);
/** Rows 1 to 100 and 101 to 200 are in two segments; 201 to 264 in none. */
const count = 264;

let master: string;
let folder: string;
let data: string;
let texts: string[];
beforeAll(async () => {
  master = await mkdtemp(path.join(tmpdir(), 'calepin-'));
  data = path.join(master, 'data');
  texts = await stored();
});
afterAll(() => rm(master, { recursive: true, force: true }));
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'calepin-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  data = path.join(folder, 'data');
  await cp(path.join(master, 'data'), data, { recursive: true });
});

/** Somebody types, backspaces and goes on: one update a keystroke, and the text at each. */
function typed(): { rows: NewRow[]; texts: string[] } {
  const doc = new Y.Doc();
  const text = doc.getText('text');
  const rows: NewRow[] = [];
  const texts: string[] = [];
  doc.on('update', (bytes: Uint8Array) => {
    const time = 1_700_000_000_000 + rows.length * 150;
    const person = testId<PersonId>(1 + (rows.length % 3));
    const more = { device: null, deviceTime: null, via: 'socket', operation: null, clients: [] } as const;
    rows.push({ document, time, person, bytes: new Uint8Array(bytes), ...more });
    texts.push(text.toJSON());
  });
  for (let at = 0; at < count; at++) {
    if (at % 9 === 8) text.delete(text.length - 1, 1);
    else text.insert(at % 5 === 0 ? 0 : text.length, 'abcdefg'[at % 7] as string);
  }
  return { rows, texts };
}

/** A data folder that holds the document; its heads are signed after rows 100, 200 and 264. */
async function stored(): Promise<string[]> {
  const { rows, texts } = typed();
  const { log, signingKey, close } = await opened();
  const heads = new HeadSigner({ log, key: signingKey, logger: console as never, delayMs: 3_600_000 });
  await log.create({ document, kind: 'note', epoch: testId<Epoch>(9), schemaVersion: 1 });
  for (const [from, to] of [
    [0, 164],
    [164, 264],
  ] as const) {
    await log.append(rows.slice(from, to));
    heads.appended(document);
    await heads.signNow();
    const bytes = Y.mergeUpdates(rows.slice(0, to).map((row) => row.bytes));
    await log.saveCheckpoint({ document, seq: to, bytes, stateVector: bytes, deleteSetAt: 0 });
    expect(await log.cut(document, 1)).toBe(100);
  }
  await close();
  split();
  return texts;
}

async function opened() {
  const adapters = await sqliteAdapters(data);
  return { log: adapters.log, signingKey: adapters.signingKey, close: () => adapters.close() };
}

function inDatabase<T>(work: (database: Database.Database) => T): T {
  const database = new Database(path.join(data, 'calepin.sqlite'));
  try {
    return work(database);
  } finally {
    database.close();
  }
}
const change = (sql: string, ...values: unknown[]) => inDatabase((one) => one.prepare(sql).run(...values));
const segmentsNow = (): Segment[] =>
  inDatabase((one) =>
    one
      .prepare<[], StoredSegment>('SELECT * FROM log_segment ORDER BY last_seq')
      .all()
      .map((found) => segmentOf(document, found)),
  );
const tailNow = (): LogRow[] =>
  inDatabase((one) =>
    one
      .prepare<[], StoredRow>('SELECT * FROM log_row ORDER BY seq')
      .all()
      .map((found) => uncheckedRowOf(document, found)),
  );

/** Stores a segment under the place of another, its checksum made to agree. */
function put(segment: Segment): void {
  const { first, last, digest, bytes } = segment;
  change('DELETE FROM log_segment WHERE first_seq = ?', first);
  change(
    'INSERT INTO log_segment (number, first_seq, last_seq, digest, checksum, bytes) VALUES (1, ?, ?, ?, ?, ?)',
    first,
    last,
    digest,
    segmentChecksum(segment),
    bytes,
  );
}

/** The one segment of rows 1 to 200 becomes two. */
function split(): void {
  const [whole] = segmentsNow();
  if (whole === undefined) throw new Error('no segment');
  const { rows, checks } = decodeSegment(document, 1, 200, whole.bytes);
  const half = rows.slice(0, 100);
  const digest = half.reduce((before, row) => sealRow(row, before).digest, firstDigest(document));
  const make = (some: readonly LogRow[], from: number, end: Uint8Array): Segment => ({
    document,
    first: from + 1,
    last: from + some.length,
    digest: end,
    bytes: encodeSegment(some, checks.slice(from, from + some.length)),
    statement: null,
  });
  put(make(half, 0, digest));
  put(make(rows.slice(100), 100, whole.digest));
}

/** Changes what a segment says, as somebody would who knows the format and corrects the checksum. */
function rewrite(index: number, edit: (rows: LogRow[], checks: number[]) => void, seal = false): void {
  const segment = segmentsNow()[index] as Segment;
  const { first, last } = segment;
  const decoded = decodeSegment(document, first, last - first + 1, segment.bytes);
  const rows = [...decoded.rows];
  const checks = [...decoded.checks];
  edit(rows, checks);
  let { digest } = segment;
  if (seal) {
    digest = index === 0 ? firstDigest(document) : (segmentsNow()[index - 1] as Segment).digest;
    for (const [at, row] of rows.entries()) {
      ({ digest } = sealRow(row, digest));
      checks[at] = digest[0] as number;
    }
  }
  const renumbered = rows.map((row, at) => ({ ...row, seq: first + at }));
  put({ ...segment, digest, bytes: encodeSegment(renumbered, Uint8Array.from(checks)) });
}

const found = async () => (await verifyLog(data)).faults.map(({ kind, seq }) => [kind, seq]);

describe('what somebody changed who corrected every checksum', () => {
  test('[R93] nothing is found in what was written', async () => {
    const { faults, notes, rows } = await verifyLog(data);
    expect([faults, notes, rows]).toEqual([[], [], count]);
  });

  test('[R93] a row in a segment, altered, is named', async () => {
    rewrite(1, (rows) => (rows[36] = { ...(rows[36] as LogRow), person: testId<PersonId>(99) }));
    const { faults } = await verifyLog(data);
    expect(faults.map(({ message }) => message)).toEqual([
      `Document ${document}: row 137 is not what was written (in the segment of rows 101 to 200).`,
    ]);
  });

  test('[R93] two rows in a segment, swapped, are named', async () => {
    rewrite(0, (rows) => {
      [rows[20], rows[70]] = [rows[70] as LogRow, rows[20] as LogRow];
    });
    const { faults } = await verifyLog(data);
    expect(faults.map(({ message }) => message)).toEqual([
      `Document ${document}: rows 21 and 71 were swapped (in the segment of rows 1 to 100).`,
    ]);
  });

  test('[R93] a row taken out of a segment is named', async () => {
    rewrite(0, (rows, checks) => {
      rows.splice(41, 1);
      checks.splice(41, 1);
    });
    expect(await found()).toEqual([['gap', 42]]);
  });

  test('[R93] a segment taken out is named by its rows', async () => {
    change('DELETE FROM log_segment WHERE first_seq = 101');
    expect(await found()).toEqual([['gap', 200]]);
  });

  test('[R93] a row in no segment: altered, taken out, swapped, taken out and those after it numbered anew', async () => {
    const before = tailNow();
    const set = (seq: number, row: LogRow) =>
      change(
        'UPDATE log_row SET time = ?, person = ?, bytes = ?, checksum = ? WHERE seq = ?',
        row.time,
        row.person,
        row.bytes,
        rowChecksum({ ...row, seq }),
        seq,
      );
    const rowAt = (seq: number) => before.find((row) => row.seq === seq) as LogRow;
    set(220, { ...rowAt(220), time: 5 });
    expect(await found()).toEqual([['row', 220]]);
    set(220, rowAt(230));
    set(230, rowAt(220));
    expect(await found()).toEqual([['swapped', 230]]);
    set(220, rowAt(220));
    set(230, rowAt(230));
    expect(await found()).toEqual([]);
    change('DELETE FROM log_row WHERE seq = 240');
    expect(await found()).toEqual([['gap', 240]]);
    for (const row of before.filter(({ seq }) => seq > 240)) {
      const seq = row.seq - 1;
      change(
        'UPDATE log_row SET seq = ?, checksum = ? WHERE seq = ?',
        seq,
        rowChecksum({ ...row, seq }),
        row.seq,
      );
    }
    const { faults } = await verifyLog(data);
    expect(faults[0]?.message).toBe(
      `Document ${document}: row 240 was taken out, and those after it were numbered anew.`,
    );
  });

  test('[R93] also every digest: then the signed heads say from where on it was written anew', async () => {
    rewrite(1, (rows) => (rows[10] = { ...(rows[10] as LogRow), person: testId<PersonId>(99) }), true);
    let { digest } = segmentsNow()[1] as Segment;
    for (const row of tailNow()) {
      ({ digest } = sealRow(row, digest));
      change('UPDATE log_row SET digest = ? WHERE seq = ?', digest, row.seq);
    }
    const { faults } = await verifyLog(data);
    expect(faults.map(({ kind }) => kind)).toEqual(['head']);
    expect(faults[0]?.message).toContain('rows 1 to 164 are not those of the head signed of row 164');
  });

  test('[R93] the last rows, taken out: the signed head says so', async () => {
    change('DELETE FROM log_row WHERE seq > 250');
    change('DELETE FROM log_checkpoint');
    const { faults } = await verifyLog(data);
    expect(faults.map(({ kind, seq }) => [kind, seq])).toEqual([['gap', 264]]);
    expect(faults[0]?.message).toContain('the rows after 250 are missing');
  });
});

describe('damage', () => {
  test('[R7] every flipped bit of a segment is found when it is read, and the rest is still there', async () => {
    const { bytes } = segmentsNow()[0] as Segment;
    const { log, close } = await opened();
    onTestFinished(close);
    const damaged: string[] = [];
    log.onDamaged((of) => damaged.push(of));
    for (let at = 0; at < 60; at++) {
      const flipped = new Uint8Array(bytes);
      const place = Math.floor((at / 60) * bytes.length);
      flipped[place] = (flipped[place] as number) ^ (1 << (at % 8));
      change('UPDATE log_segment SET bytes = ? WHERE first_seq = 1', flipped);
      await expect(log.read(document, 0)).rejects.toMatchObject({ code: 'document_damaged' });
    }
    expect(new Set(damaged)).toEqual(new Set([document]));
    expect((await log.read(document, 100)).length).toBe(count - 100);
    expect((await log.load(document))?.rows).toEqual([]);
    expect((await verifyLog(data)).faults.map(({ kind }) => kind)).toContain('segment');
  });

  test('[R7] nothing damaged is sealed into a segment', async () => {
    change('UPDATE log_row SET time = 6 WHERE seq = 230');
    const { log, close } = await opened();
    onTestFinished(close);
    const more = typed().rows.slice(0, 80);
    await log.append(more);
    await log.saveCheckpoint({
      document,
      seq: 344,
      bytes: new Uint8Array(2),
      stateVector: new Uint8Array(1),
      deleteSetAt: 0,
    });
    await expect(log.cut(document, 1)).rejects.toMatchObject({ code: 'document_damaged' });
    expect((await log.segments(document)).at(-1)?.last).toBe(200);
  });
});

describe('a head that somebody kept', () => {
  async function keptHead(): Promise<Record<string, unknown>> {
    const { log, close } = await opened();
    const head = await log.signedHead(document);
    await close();
    const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex');
    return { ...head, document, digest: hex(head?.digest), signature: hex(head?.signature) };
  }
  const against = async (kept: unknown) => verifyLog(data, undefined, readKeptHeads(JSON.stringify(kept)));

  test('[R93] agrees, or shows that rows were written anew by somebody who also changed the heads', async () => {
    const kept = await keptHead();
    expect((await against(kept)).notes.join()).toContain('agrees with all rows up to it');
    expect((await against({ document, kind: 'shorter', kept, later: null })).faults).toEqual([]);
    change('DELETE FROM log_head');
    rewrite(0, (rows) => (rows[3] = { ...(rows[3] as LogRow), time: 7 }), true);
    const [first, second] = segmentsNow() as [Segment, Segment];
    let { digest } = first;
    const later = decodeSegment(document, 101, 100, second.bytes).rows;
    const checks = later.map((row) => ({ digest } = sealRow(row, digest)).digest[0] as number);
    put({ ...second, digest, bytes: encodeSegment(later, Uint8Array.from(checks)) });
    for (const row of tailNow()) {
      ({ digest } = sealRow(row, digest));
      change('UPDATE log_row SET digest = ? WHERE seq = ?', digest, row.seq);
    }
    expect(await found()).toEqual([]);
    expect((await against(kept)).faults.map(({ kind, seq }) => [kind, seq])).toEqual([['head', 264]]);
  });

  test('[R93] is told from one that this relay never signed; the command takes a file', async () => {
    const kept = await keptHead();
    const forged = { ...kept, signature: '00'.repeat(64) };
    expect((await against(forged)).faults[0]?.message).toContain('is not signed by this Calepin');
    const file = path.join(folder, 'head.json');
    await writeFile(file, JSON.stringify(forged));
    const command = run(process.execPath, ['scripts/calepin.mjs', 'verify', data, `--head=${file}`]);
    await expect(command).rejects.toMatchObject({
      stdout: expect.stringContaining('not signed by this Calepin'),
    });
    expect(() => readKeptHeads('nothing')).toThrow('no signed head');
  });

  test('of before a restore is not compared with rows that came after it', async () => {
    const { folder: backup, manifest } = await backUp(data, path.join(folder, 'backups'));
    expect(manifest.rows).toBe(count);
    const more = await opened();
    await more.log.append(typed().rows.slice(0, 1));
    const heads = new HeadSigner({
      ...more,
      key: more.signingKey,
      logger: console as never,
      delayMs: 3_600_000,
    });
    heads.appended(document);
    await heads.close();
    await more.close();
    const kept = await keptHead();
    await restoreBackup(backup, data, { replace: true });
    const { faults, notes } = await against(kept);
    expect([faults, notes.join()]).toEqual([[], expect.stringContaining('before a restore')]);
    const again = await opened();
    onTestFinished(again.close);
    expect(await again.log.signedHead(document)).toBeNull();
    expect((await again.log.read(document, 0)).length).toBe(count);
  });
});

describe('a range that was thinned', () => {
  test('[R94] later rows build on one update as they did on its rows; verify says so, and finds no fault', async () => {
    expect(await thinDocument(data, document, 210)).toMatchObject({ first: 1, last: 200, moments: 1 });
    expect(await thinDocument(data, document, 210)).toBeNull();
    const { faults, notes } = await verifyLog(data);
    expect([faults, notes.length]).toEqual([[], 1]);
    expect(notes[0]).toContain(`Document ${document}: rows 1 to 200 were thinned on`);
    const { log, close } = await opened();
    onTestFinished(close);
    const rows = await log.read(document, 0);
    expect(rows.map(({ seq }) => seq)).toEqual([200, ...Array.from({ length: 64 }, (_, at) => 201 + at)]);
    const doc = new Y.Doc({ gc: false });
    for (const { seq, bytes } of rows) {
      Y.applyUpdate(doc, bytes);
      expect(doc.getText('text').toJSON()).toBe(texts[seq - 1]);
    }
    expect(await log.read(document, 0, 150)).toEqual([]);
  });

  test('[R161] what was kept of its past goes with the rows', async () => {
    const { log, signingKey, close } = await opened();
    onTestFinished(close);
    const { epoch } = (await log.head(document))!;
    const bytes = new Uint8Array([1, 2, 3]);
    await log.savePast({ document, epoch, seq: 150, format: 1, people: [], bytes });
    expect((await log.past(document))?.seq).toBe(150);
    await thinLog(log, signingKey, document, { after: 0, upTo: 100 });
    expect(await log.past(document)).toBeNull();
  });

  test('[R94] in the middle of a log', async () => {
    const { log, signingKey, close } = await opened();
    onTestFinished(close);
    expect(await thinLog(log, signingKey, document, { after: 50, upTo: count })).toMatchObject({
      first: 101,
      last: 200,
    });
    expect(await thinLog(log, signingKey, document, { after: 50, upTo: 150 })).toBeNull();
    const doc = new Y.Doc();
    for (const { bytes } of await log.read(document, 0)) Y.applyUpdate(doc, bytes);
    expect(doc.getText('text').toJSON()).toBe(texts.at(-1));
    expect((await verifyLog(data)).faults).toEqual([]);
  });

  test('[R94] a statement that another signed is a fault', async () => {
    const { log, close } = await opened();
    const unsigned = Object.assign(Object.create(log) as UpdateLog, { saveHeads: () => Promise.resolve() });
    await thinLog(unsigned, newSigningKey(), document, { after: 0, upTo: 100 });
    await close();
    const { faults, notes } = await verifyLog(data);
    expect([faults.map(({ kind, seq }) => [kind, seq]), notes]).toEqual([[['segment', 100]], []]);
    expect(faults[0]?.message).toContain('is not signed by this Calepin');
  });
});
