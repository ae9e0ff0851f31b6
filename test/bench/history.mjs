#!/usr/bin/env node
// What looking back costs in a note of many edits: the first look, another moment, comparing, who wrote what, searching, and a page of its sittings. From the project's folder:
//   node test/bench/history.mjs [--edits 10000,100000,1000000] [--sitting 400: keystrokes of a sitting] [--sittings-only]
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as Y from 'yjs';
import { Past } from '../../server/history/Past.ts';
import { migrate } from '../../server/storage/sqlite/migrate.ts';
import { migrations } from '../../server/storage/sqlite/migrations/index.ts';
import { SqliteDatabase } from '../../server/storage/sqlite/SqliteDatabase.ts';
import { SqliteUpdateLog } from '../../server/storage/sqlite/SqliteUpdateLog.ts';
import { SqliteSittingStore } from '../../server/storage/sqlite/SqliteSittingStore.ts';
import { SqliteVersionStore } from '../../server/storage/sqlite/SqliteVersionStore.ts';
import { Rebuilder } from '../../server/log/Rebuilder.ts';
import { prng } from './lib/fixture.mjs';

const { values: o } = parseArgs({
  options: {
    edits: { type: 'string', default: '10000,100000' },
    looks: { type: 'string', default: '100' },
    sitting: { type: 'string', default: '400' },
    'sittings-only': { type: 'boolean', default: false },
  },
});
const looks = Number(o.looks);
const ofSitting = Number(o.sitting);
const id = (/** @type {number} */ n) => Buffer.alloc(16, n).toString('base64url');
const document = id(1);
const words =
  'le la les un une des jardin note carnet voisinage atelier réunion samedi eau bien commun partage chacune'.split(
    ' ',
  );

/**
 * Keystrokes of four people in turn, `--sitting` of them a sitting, in paragraphs of some hundred letters: one letter in, or one out, each.
 * @param {number} edits
 */
function* rowsOf(edits) {
  const random = prng(11);
  const int = (/** @type {number} */ n) => Math.floor(random() * n);
  const doc = new Y.Doc();
  /** @type {Uint8Array[]} */
  const updates = [];
  doc.on('update', (/** @type {Uint8Array} */ update) => updates.push(update));
  const body = doc.getXmlFragment('body');
  /** @type {Y.XmlText[]} */
  const texts = [];
  /** @type {Map<string, number>} */
  const pages = new Map();
  let time = 1_700_000_000_000;
  let [text, at, left] = [/** @type {Y.XmlText | null} */ (null), 0, ''];
  for (let edit = 0; edit < edits; edit += 1) {
    const sitting = Math.floor(edit / ofSitting);
    if (edit % ofSitting === 0) {
      time += 3_600_000;
      // A page that stays open has one id; Yjs looks at every id at each keystroke.
      const page = `${sitting % 4}:${Math.floor(edit / 1_600)}`;
      doc.clientID = pages.get(page) ?? 1 + int(0xfffffffe);
      pages.set(page, doc.clientID);
      text = null;
    } else time += 180;
    if (text === null || (left === '' && random() < 0.05)) {
      if (texts.length === 0 || random() < 0.3) {
        const made = new Y.XmlText();
        const paragraph = new Y.XmlElement('paragraph');
        paragraph.insert(0, [made]);
        body.insert(int(texts.length + 1), [paragraph]);
        texts.push(made);
        text = made;
      } else text = texts[int(texts.length)];
      at = int(text.length + 1);
    } else if (random() < 0.1 && at > 0) {
      at -= 1;
      text.delete(at, 1);
    } else {
      if (left === '') left = `${words[int(words.length)]} `;
      text.insert(at, left[0]);
      left = left.slice(1);
      at += 1;
    }
    const [bytes] = updates.splice(0);
    const person = id(10 + (sitting % 4));
    if (bytes !== undefined)
      yield {
        document,
        time,
        person,
        device: person,
        deviceTime: null,
        via: 'socket',
        operation: null,
        bytes,
        clients: [doc.clientID],
      };
  }
}

/** @param {number[]} times */
const share = (times, /** @type {number} */ part) =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))]?.toFixed(1);

/** @param {string} name @param {number} count @param {(at: number) => Promise<unknown>} work */
async function measure(name, count, work) {
  /** @type {number[]} */
  const times = [];
  for (let at = 0; at < count; at += 1) {
    const start = performance.now();
    await work(at);
    times.push(performance.now() - start);
  }
  console.log(`${name.padEnd(44)} p50 ${share(times, 0.5)} ms, p95 ${share(times, 0.95)} ms (${count})`);
}

for (const edits of o.edits.split(',').map(Number)) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'calepin-history-'));
  const database = await SqliteDatabase.open(path.join(folder, 'calepin.sqlite'));
  await migrate(database, migrations);
  const log = new SqliteUpdateLog(database);
  await log.create({ document, kind: 'note', epoch: id(2), schemaVersion: 1 });
  const some = [];
  for (const row of rowsOf(edits)) {
    some.push(row);
    if (some.length === 1_000) await log.append(some.splice(0));
  }
  if (some.length > 0) await log.append(some);
  const rebuilder = new Rebuilder(120_000);
  const { updates } = await log.loadUpdates(document);
  const { bytes, stateVector, deleteSetAt } = await rebuilder.collect(updates);
  const { seq } = await log.head(document);
  const state = bytes.length;
  await log.saveCheckpoint({ document, seq, bytes, stateVector, deleteSetAt });
  while ((await log.cut(document, 1)) > 0);
  await rebuilder.close();
  const stores = { versions: new SqliteVersionStore(database), sittings: new SqliteSittingStore(database) };
  let past = new Past({ log, ...stores });
  console.log(`\n${seq} rows, ${state} bytes of current state`);
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
    // As after a restart.
    past = new Past({ log, ...stores });
    await measure('first look, from what is kept', 1, () => past.content(document, null));
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
  console.log(`${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB of the whole process`);
  await log.close();
  await database.close();
  fs.rmSync(folder, { recursive: true });
}
