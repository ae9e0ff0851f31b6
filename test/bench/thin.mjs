import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as Y from 'yjs';
import { sqliteAdapters } from '../../server/relayAdapters.ts';
import { newRandom } from '../support/random.ts';

// What thinning a note to its sittings saves: four people type the prose of the guide in turns, with one backspace in twelve keystrokes, at the end or anywhere in what stands.
//   node test/bench/thin.mjs [keystrokes]

const keystrokes = Number(process.argv[2] ?? 50_000);
const perSitting = 400;
const random = newRandom(5);
const prose = readFileSync('docs/guide.md', 'utf8').replaceAll(/\s+/g, ' ');
const document = 'AQEBAQEBAQEBAQEBAQEBAQ';
const people = [
  'AgICAgICAgICAgICAgICAg',
  'AwMDAwMDAwMDAwMDAwMDAw',
  'BAQEBAQEBAQEBAQEBAQEBA',
  'BQUFBQUFBQUFBQUFBQUFBQ',
];
const folder = await mkdtemp(path.join(tmpdir(), 'calepin-bench-'));
const adapters = await sqliteAdapters(folder);
const { log } = adapters;
await log.create({ document, kind: 'note', epoch: 'CQkJCQkJCQkJCQkJCQkJCQ', schemaVersion: 1 });

let made = 0;
let time = 1_700_000_000_000;
const rows = [];
const docs = people.map((_, at) => {
  const doc = new Y.Doc();
  doc.clientID = 1_000_000_007 * (at + 1);
  return doc;
});
for (const [at, doc] of docs.entries())
  doc.on('update', (bytes, origin) => {
    if (origin === 'other') return;
    time += 80 + random.int(300);
    made += 1;
    const columns = { device: null, deviceTime: null, via: 'socket', operation: null };
    rows.push({ document, time, person: people[at], ...columns, clients: [doc.clientID], bytes });
    for (const other of docs) if (other !== doc) Y.applyUpdate(other, bytes, 'other');
  });
const paragraph = new Y.XmlElement('paragraph');
paragraph.insert(0, [new Y.XmlText()]);
docs[0].getXmlFragment('body').push([paragraph]);
const moments = [];
for (let [typed, place, who] = [0, 0, 0]; made < keystrokes;) {
  const text = docs[who].getXmlFragment('body').get(0).get(0);
  if (made % perSitting === 0) {
    moments.push(made);
    who = (who + 1) % people.length;
    place = random.chance(0.5) ? text.length : random.int(text.length + 1);
    time += 3_600_000;
  }
  if (place > 5 && random.chance(1 / 12)) text.delete(--place, 1);
  else text.insert(place++, prose[typed++ % prose.length]);
  if (rows.length >= 2_000) await log.append(rows.splice(0));
}
await log.append(rows);
const [bytes, stateVector] = [Y.encodeStateAsUpdate(docs[0]), Y.encodeStateVector(docs[0])];
await log.saveCheckpoint({ document, seq: made, bytes, stateVector, deleteSetAt: 0 });
while ((await log.cut(document, 1)) > 0);

const start = performance.now();
const told = await adapters.planThinning({ document, moments, time, isPreview: true });
const ms = performance.now() - start;
const times = (size) => `${size} bytes, ${(size / bytes.length).toFixed(2)} times the state`;
console.log(`${made} keystrokes, state ${bytes.length} bytes`);
console.log(`segments: ${times(told.bytesBefore)}, ${(told.bytesBefore / told.rows).toFixed(2)} a keystroke`);
console.log(`thinned to ${told.moments} moments: ${times(told.bytes)}; told in ${ms.toFixed(0)} ms`);
await adapters.close();
await rm(folder, { recursive: true });
