#!/usr/bin/env node
// What the whole history of a typed document costs in our own storage: every update byte for byte, with its time, person, device and order, the chain of digests and the
// signed heads. Also what cutting and reading it takes, and how long a commit waits meanwhile. From the project's folder:
//   node test/bench/journal.mjs [--traces large,note]
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import Sqlite from 'better-sqlite3';
import * as Y from 'yjs';
import { HeadSigner } from '../../server/log/HeadSigner.ts';
import { newSigningKey } from '../../server/signingKey.ts';
import { migrate } from '../../server/storage/sqlite/migrate.ts';
import { migrations } from '../../server/storage/sqlite/migrations/index.ts';
import { SqliteDatabase } from '../../server/storage/sqlite/SqliteDatabase.ts';
import { SqliteUpdateLog } from '../../server/storage/sqlite/SqliteUpdateLog.ts';
import { docFrom, prng, trace } from './lib/fixture.mjs';

const { values: o } = parseArgs({ options: { traces: { type: 'string', default: 'large,note' } } });

const id = (/** @type {number} */ n) => Buffer.alloc(16, n).toString('base64url');
const document = id(1);
const people = 4;

/**
 * The rows of a trace as somebody types it: log-normal pauses between keystrokes, half a minute to think now and then, hours between sittings; each sitting another person.
 * @param {Uint8Array[]} log
 */
function rowsOf(log) {
  const random = prng(5);
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  let time = 1_700_000_000_000;
  return log.map((bytes, index) => {
    const sitting = Math.floor(index / 700);
    if (index % 700 === 0) time += Math.round(3_600_000 * (1 + 20 * random()));
    else if (random() < 0.01) time += Math.round(2_000 + 30_000 * random());
    else time += Math.round(Math.exp(Math.log(160) + 0.45 * gauss()));
    const person = sitting % people;
    return {
      document,
      time,
      person: id(10 + person),
      device: id(20 + person),
      deviceTime: null,
      via: 'socket',
      operation: null,
      bytes,
      clients: [],
    };
  });
}

/** @param {string} file */
function sizes(file) {
  const database = new Sqlite(file, { readonly: true });
  const one = (/** @type {string} */ sql) => Number(database.prepare(sql).pluck().get());
  const found = {
    segments: one('SELECT count(*) FROM log_segment'),
    segmentBytes: one('SELECT sum(length(bytes) + length(digest)) FROM log_segment'),
    heads: one('SELECT sum(length(digest) + length(signature) + length(epoch) + 12) FROM log_head'),
    rowsLeft: one('SELECT count(*) FROM log_row'),
    checkpoint: one("SELECT sum(pgsize) FROM dbstat WHERE name = 'log_checkpoint'"),
    pages: one('SELECT page_count - freelist_count FROM pragma_page_count(), pragma_freelist_count()') * 4096,
  };
  database.close();
  return found;
}

/** @param {string} name */
async function measure(name) {
  const { log: updates, stats } = trace(name);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'calepin-journal-'));
  const file = path.join(folder, 'calepin.sqlite');
  const database = await SqliteDatabase.open(file);
  await migrate(database, migrations);
  const empty = sizes(file).pages;
  const log = new SqliteUpdateLog(database);
  const heads = new HeadSigner({ log, logger: console, key: newSigningKey(), delayMs: 3_600_000 });
  await log.create({ document, kind: 'note', epoch: id(2), schemaVersion: 1 });
  const rows = rowsOf(updates);
  const doc = docFrom(updates);
  const state = Y.encodeStateAsUpdate(doc);

  // Somebody types elsewhere meanwhile.
  const other = id(3);
  await log.create({ document: other, kind: 'note', epoch: id(2), schemaVersion: 1 });
  const waits = [];
  let cutting = true;
  const typing = (async () => {
    while (cutting) {
      const begun = performance.now();
      await log.append([{ ...rows[0], document: other }]);
      waits.push(performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  })();
  let [worstTurn, turn] = [0, performance.now()];
  const turns = setInterval(() => {
    worstTurn = Math.max(worstTurn, performance.now() - turn);
    turn = performance.now();
  }, 1);

  let [cut, cutMs] = [0, 0];
  for (let at = 0; at < rows.length; at += 1_000) {
    const seq = Math.min(at + 1_000, rows.length);
    await log.append(rows.slice(at, seq));
    heads.appended(document);
    await heads.signNow();
    await log.saveCheckpoint({ document, seq, bytes: state, stateVector: new Uint8Array(1), deleteSetAt: 0 });
    const begun = performance.now();
    for (let some = 1; some > 0; cut += some) some = await log.cut(document, seq === rows.length ? 1 : 1_000);
    cutMs += performance.now() - begun;
  }
  clearInterval(turns);
  cutting = false;
  await typing;
  waits.sort((a, b) => a - b);

  const reading = performance.now();
  const read = await log.read(document, 0);
  const readMs = performance.now() - reading;
  const same = read.every(
    (row, at) => Buffer.from(row.bytes).equals(rows[at].bytes) && row.time === rows[at].time,
  );
  if (read.length !== rows.length || !same)
    throw new Error('the history that is read is not the one that was written');
  const opening = performance.now();
  await log.load(document);
  const openMs = performance.now() - opening;

  await database.query('DELETE FROM log_document WHERE document = ?', [other]);
  const found = sizes(file);
  const history = found.pages - empty - found.checkpoint;
  const per = (/** @type {number} */ bytes) => (bytes / stats.keystrokes).toFixed(2);
  const times = (/** @type {number} */ bytes) => `×${(bytes / state.length).toFixed(2)}`;
  console.log(`
### ${name}: ${stats.keystrokes} keystrokes, ${rows.length} rows, ${people} people; the state has ${state.length} bytes

| | bytes | per keystroke | × state |
|---|---:|---:|---:|
| ${found.segments} segments, with times, people, order, check bytes and digests | ${found.segmentBytes} | ${per(found.segmentBytes)} | ${times(found.segmentBytes)} |
| signed heads | ${found.heads} | ${per(found.heads)} | ${times(found.heads)} |
| everything of the history as pages of the database, ${found.rowsLeft} recent rows in no segment included | ${history} | ${per(history)} | ${times(history)} |

Cut ${cut} rows in ${cutMs.toFixed(0)} ms (${((cutMs * 1000) / cut).toFixed(1)} µs a row). Meanwhile: commits of another document p50 ${waits[waits.length >> 1]?.toFixed(1)} ms, p99 ${waits[Math.floor(waits.length * 0.99)]?.toFixed(1)} ms, longest ${waits.at(-1)?.toFixed(1)} ms; longest turn of the event loop ${worstTurn.toFixed(1)} ms.
The whole history was read again in ${readMs.toFixed(0)} ms and compared; opening takes ${openMs.toFixed(1)} ms.`);
  await log.close();
  await database.close();
  fs.rmSync(folder, { recursive: true });
}

for (const name of o.traces.split(',')) await measure(name);
