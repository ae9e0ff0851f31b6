import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pino } from 'pino';
import * as Y from 'yjs';
import { HeadSigner } from '../../server/log/HeadSigner.ts';
import { exportProof } from '../../server/proof/exportProof.ts';
import { readProof } from '../../server/proof/readProof.ts';
import { verifyProof } from '../../server/proof/verifyProof.ts';
import { sqliteAdapters } from '../../server/relayAdapters.ts';
import { createDocuments } from '../../server/room/createDocuments.ts';

// What it costs to check a long note and to make and check its proof, and for how long the event loop is held up meanwhile.
//   node test/bench/proof.mjs [edits]

const edits = Number(process.argv[2] ?? 100_000);
const document = 'AQEBAQEBAQEBAQEBAQEBAQ';
const folder = await mkdtemp(path.join(tmpdir(), 'calepin-bench-'));
const adapters = await sqliteAdapters(folder);
const { log, signingKey } = adapters;
const logger = pino({ level: 'silent' });
const heads = new HeadSigner({ log, key: signingKey, logger, delayMs: 3_600_000 });
await log.create({ document, kind: 'note', epoch: 'CQkJCQkJCQkJCQkJCQkJCQ', schemaVersion: 1 });

const doc = new Y.Doc();
let made = 0;
let rows = [];
doc.on('update', (bytes) => {
  const columns = { person: null, device: null, deviceTime: null, via: 'socket', operation: null };
  rows.push({ document, time: 1_700_000_000_000 + made++ * 150, ...columns, clients: [], bytes });
});
async function store() {
  await log.append(rows);
  rows = [];
  heads.appended(document);
  await heads.signNow();
  const [bytes, stateVector] = [Y.encodeStateAsUpdate(doc), Y.encodeStateVector(doc)];
  await log.saveCheckpoint({ document, seq: made, bytes, stateVector, deleteSetAt: 0 });
  while ((await log.cut(document, 1_000)) > 0);
}
const text = new Y.XmlText();
const paragraph = new Y.XmlElement('paragraph');
paragraph.insert(0, [text]);
doc.getXmlFragment('body').push([paragraph]);
while (made < edits) {
  if (made % 9 === 8) text.delete(text.length - 1, 1);
  else text.insert(text.length, 'abcdefg '[made % 8]);
  if (rows.length === 5_000) await store();
}
await store();

const documents = createDocuments({ log, logger, roleOf: () => 'author', signingKey });
const loop = monitorEventLoopDelay({ resolution: 1 });
loop.enable();
/** @template T @param {string} name @param {() => Promise<T>} work */
async function measure(name, work) {
  loop.reset();
  const start = performance.now();
  const result = await work();
  const [ms, held] = [performance.now() - start, loop.max / 1e6];
  console.log(`${name}: ${ms.toFixed(0)} ms, event loop held up for at most ${held.toFixed(0)} ms`);
  return result;
}
const sources = {
  log,
  documents,
  examine: adapters.examine,
  signingKey,
  namesOf: async () => new Map(),
  relay: () => 'http://localhost',
  calepin: 'bench',
  now: Date.now,
};
console.log(`${edits} edits`);
await measure('check, cold', () => adapters.examine(document, made));
await measure('check', () => adapters.examine(document, made));
const bytes = await measure('proof, taken whole', async () => {
  const { file } = await exportProof(sources, { document, seq: made, version: null });
  return new Response(file).bytes();
});
const file = path.join(folder, 'proof.gz');
await writeFile(file, bytes);
const { faults } = await measure('verify', async () => verifyProof(await readProof(file)));
console.log(`${bytes.length} bytes, ${(bytes.length / edits).toFixed(1)} an edit; ${faults.length} faults`);
await documents.close();
await adapters.close();
await rm(folder, { recursive: true });
