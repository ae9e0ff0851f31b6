#!/usr/bin/env node
// What looking back costs in a note of many edits: the bytes kept, the first look, another moment, comparing, who wrote what, searching, a page of its sittings, and the memory that takes. From the
// project's folder:
//   node test/bench/history.mjs [--edits 10000,100000,1000000] [--sitting 400: keystrokes of a sitting] [--sittings-only] [--looks 100]
// The note is made by another process, so that the memory told is that of looking back.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Sqlite from 'better-sqlite3';
import { Past } from '../../server/history/Past.ts';
import { migrate } from '../../server/storage/sqlite/migrate.ts';
import { migrations } from '../../server/storage/sqlite/migrations/index.ts';
import { SqliteDatabase } from '../../server/storage/sqlite/SqliteDatabase.ts';
import { SqliteUpdateLog } from '../../server/storage/sqlite/SqliteUpdateLog.ts';
import { SqliteSittingStore } from '../../server/storage/sqlite/SqliteSittingStore.ts';
import { SqliteVersionStore } from '../../server/storage/sqlite/SqliteVersionStore.ts';
import { Rebuilder } from '../../server/log/Rebuilder.ts';
import { prng } from './lib/fixture.mjs';
import { circumstances, memoryMb } from './lib/largeRelay.mjs';
import { id, rowsOf } from './lib/longNote.mjs';

const { values: o } = parseArgs({
  options: {
    edits: { type: 'string', default: '10000,100000' },
    looks: { type: 'string', default: '100' },
    sitting: { type: 'string', default: '400' },
    'sittings-only': { type: 'boolean', default: false },
    make: { type: 'string' },
  },
});
const looks = Number(o.looks);
const ofSitting = Number(o.sitting);
const document = id(1);

/** Makes the note in a folder: its rows in segments, its checkpoint; and says how many bytes its state has. */
async function make(/** @type {string} */ folder, /** @type {number} */ edits) {
  const database = await SqliteDatabase.open(path.join(folder, 'calepin.sqlite'));
  await migrate(database, migrations);
  const log = new SqliteUpdateLog(database);
  await log.create({ document, kind: 'note', epoch: id(2), schemaVersion: 1 });
  const some = [];
  for (const row of rowsOf({ document, edits, ofSitting })) {
    some.push(row);
    if (some.length === 1_000) await log.append(some.splice(0));
  }
  if (some.length > 0) await log.append(some);
  const rebuilder = new Rebuilder(1_200_000);
  const { updates } = await log.loadUpdates(document);
  const { bytes, stateVector, deleteSetAt } = await rebuilder.collect(updates);
  const { seq } = await log.head(document);
  await log.saveCheckpoint({ document, seq, bytes, stateVector, deleteSetAt });
  while ((await log.cut(document, 1)) > 0);
  await rebuilder.close();
  await log.close();
  await database.close();
  process.stdout.write(String(bytes.length));
}

/** What the file holds of the note, in bytes: of its journal, and of what is derived from it for who looks back. */
function sizes(/** @type {string} */ file) {
  const database = new Sqlite(file, { readonly: true });
  const one = (/** @type {string} */ sql) => Number(database.prepare(sql).pluck().get() ?? 0);
  const pagesOf = (/** @type {string} */ table) =>
    one(
      `SELECT sum(pgsize) FROM dbstat WHERE name IN (SELECT name FROM sqlite_schema WHERE tbl_name = '${table}')`,
    );
  const found = {
    segments: one('SELECT sum(length(bytes) + length(digest)) FROM log_segment'),
    chronicle: one('SELECT sum(length(bytes)) FROM log_past'),
    sittings: pagesOf('sitting'),
  };
  database.close();
  return found;
}

/** @param {number[]} times */
const share = (times, /** @type {number} */ part) =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))]?.toFixed(1);

/**
 * How long something takes, there and back, and how much processor time all threads of this process use for it: on a machine that is busy with other work the second says more.
 * @param {string} name @param {number} count @param {(at: number) => Promise<unknown>} work
 */
async function measure(name, count, work) {
  /** @type {number[]} */
  const times = [];
  const before = process.cpuUsage();
  for (let at = 0; at < count; at += 1) {
    const start = performance.now();
    await work(at);
    times.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(before);
  const used = ((user + system) / 1_000 / count).toFixed(1);
  console.log(
    `${name.padEnd(44)} p50 ${share(times, 0.5)} ms, p95 ${share(times, 0.95)} ms, CPU ${used} ms (${count})`,
  );
}

const memory = (/** @type {string} */ when) => {
  const { now, most } = memoryMb(process.pid);
  console.log(`memory of the process ${when}: ${now} MB, at most ${most} MB so far`);
};

async function look(/** @type {string} */ file, /** @type {number} */ state) {
  const database = await SqliteDatabase.open(file);
  const log = new SqliteUpdateLog(database);
  const { seq } = await log.head(document);
  const stores = { versions: new SqliteVersionStore(database), sittings: new SqliteSittingStore(database) };
  let past = new Past({ log, ...stores });
  console.log(`\n${seq} rows, ${state} bytes of current state`);
  memory('before');
  const random = prng(3);
  const any = () => 1 + Math.floor(random() * seq);
  if (!o['sittings-only']) {
    await measure('first look, the worker started, at half', 1, () =>
      past.content(document, { seq: Math.ceil(seq / 2) }),
    );
    await measure('the rest of it', 1, () => past.content(document, null));
    await past.close();
    const kept = await log.past(document);
    console.log(`${kept?.bytes.length ?? 0} bytes of its chronicle are kept, up to row ${kept?.seq ?? 0}`);
    memory('that read all rows');
    // As after a restart.
    past = new Past({ log, ...stores });
    await measure('first look, from what is kept', 1, () => past.content(document, null));
    memory('that read what is kept');
    await measure('another moment', looks, () => past.content(document, { seq: any() }));
    await measure('moments one after the other', looks, (at) =>
      past.content(document, { seq: Math.ceil(seq / 2) + at }),
    );
    await measure('who wrote what, all of it', 10, () => past.authorship(document, { seq: any() }));
    await measure('comparing with 2,000 rows before', 10, () => {
      const to = any();
      return past.compare(document, Math.max(1, to - 2_000), to);
    });
    await measure('comparing any two moments', 3, () => {
      const [from, to] = [any(), any()].toSorted((a, b) => a - b);
      return past.compare(document, from, to);
    });
    await measure('searching for a phrase', 5, () => past.search(document, 'jardin partage', 50));
  }
  await measure('sittings, none kept yet', 1, () => past.sittings(document, null, 100));
  await measure('a page of sittings', 10, () => past.sittings(document, null, 100));
  await measure('density', 10, () => past.density(document, 400, { from: null, to: null }));
  await past.close();
  const again = new Past({ log, ...stores });
  await measure('a page of kept sittings, no worker started', 20, () => again.sittings(document, null, 100));
  await measure('any page of kept sittings', 20, () =>
    again.sittings(document, 1 + Math.floor(random() * 200), 100),
  );
  await measure('density of kept sittings', 20, () => again.density(document, 400, { from: null, to: null }));
  console.log(`${(await again.sittings(document, null, 1)).total} sittings`);
  await again.close();
  memory('afterwards');
  await log.close();
  await database.close();
}

const self = fileURLToPath(import.meta.url);
if (o.make !== undefined) await make(o.make, Number(o.edits));
else {
  console.log(circumstances());
  for (const edits of o.edits.split(',')) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'calepin-history-'));
    const file = path.join(folder, 'calepin.sqlite');
    const making = [self, '--make', folder, '--edits', edits, '--sitting', o.sitting];
    const state = Number(execFileSync(process.execPath, making, { encoding: 'utf8' }));
    await look(file, state);
    const per = (/** @type {number} */ bytes) =>
      `${(bytes / Number(edits)).toFixed(2)} bytes a keystroke, ${(bytes / state).toFixed(2)} times the state`;
    for (const [name, bytes] of Object.entries(sizes(file))) console.log(`${name.padEnd(10)} ${per(bytes)}`);
    fs.rmSync(folder, { recursive: true });
  }
}
