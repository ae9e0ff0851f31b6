// How long it takes until a computer that was offline for a day has, and has given, everything; and how long other people wait for one another meanwhile.
//   node test/bench/mirror.mjs [--notes 20] [--edits 5000: of all notes] [--pairs 10: of others, who write meanwhile] [--rate 5: edits a second of each] [--quiet 15: seconds before] [--apart: the computer has a processor to itself, the home and everybody else the other]
import { execFileSync, fork } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { TcpProxy } from '../support/TcpProxy.ts';
import { asker, circumstances, enterBoth, quantile, root, startRelay } from './lib/largeRelay.mjs';
import { relayFlags } from './lib/relayFlags.mjs';

const { values: o } = parseArgs({
  options: {
    notes: { type: 'string', default: '20' },
    edits: { type: 'string', default: '5000' },
    pairs: { type: 'string', default: '10' },
    rate: { type: 'string', default: '5' },
    quiet: { type: 'string', default: '15' },
    apart: { type: 'boolean', default: false },
  },
});
const [noteCount, edits, pairCount, rate] = [o.notes, o.edits, o.pairs, o.rate].map(Number);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'calepin-mirror-bench-'));
const homeFolder = path.join(folder, 'home');
const computerFolder = path.join(folder, 'computer');

const home = await startRelay(homeFolder);
const { asAdministrator, asMember, manager } = await enterBoth(home);
const newNote = async (ask, title) =>
  JSON.parse(await ask('/api/notes', { method: 'POST', body: { title } })).note.id;
const notes = [];
for (let at = 0; at < noteCount; at++) notes.push(await newNote(asAdministrator, `Note ${at}`));

const proxy = await TcpProxy.start(Number(new URL(home.origin).port));
const computer = await startComputer(`http://127.0.0.1:${proxy.port}`);
await computer.ask('keep', { documents: notes });
if (o.apart) {
  const pin = (processor, pid) => execFileSync('taskset', ['-acp', String(processor), String(pid)]);
  pin(1, computer.pid);
  for (const pid of [home.child.pid, process.pid]) pin(0, pid);
}

/** Opens a document with a stock client. */
async function openAt(origin, ask, document) {
  const { ticket } = JSON.parse(await ask('/api/tickets', { method: 'POST', body: { document } }));
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${origin.replace('http', 'ws')}/sync`, document, doc, {
    WebSocketPolyfill: WebSocket,
    protocols: ['y-sync.1', `ticket.${ticket}`],
    disableBc: true,
  });
  while (!provider.synced) await sleep(5);
  return { doc, text: doc.getText('title'), close: () => provider.destroy() };
}

// Other people, two in each of their notes.
const waits = { before: [], meanwhile: [] };
let phase = 'before';
const pairs = [];
for (let at = 0; at < pairCount; at++) {
  const note = await newNote(asMember, `Paire ${at}`);
  const [writer, reader] = [
    await openAt(home.origin, asMember, note),
    await openAt(home.origin, asMember, note),
  ];
  const sent = new Map();
  let count = 0;
  reader.doc.on('update', () => {
    const now = performance.now();
    const seen = reader.text.length;
    for (const [length, { begun, during }] of sent) {
      if (length > seen) break;
      sent.delete(length);
      waits[during].push(now - begun);
    }
  });
  const write = () => {
    writer.text.insert(writer.text.length, 'abcdefg '[count++ % 8]);
    sent.set(writer.text.length, { begun: performance.now(), during: phase });
  };
  pairs.push({ write, timer: null, writer, reader });
}
for (const [at, pair] of pairs.entries())
  setTimeout(
    () => {
      pair.timer = setInterval(pair.write, 1000 / rate);
    },
    (1000 / rate / pairs.length) * at,
  );

// A day with no network.
proxy.cut();
const windows = [];
for (const note of notes) windows.push(await openAt(computer.url, computer.signedIn, note));
const empty = windows.filter(({ text }) => text.length === 0).length;
if (empty > 0) throw new Error(`${empty} notes are empty`);
for (let index = 0; index < edits; index++) {
  const { text } = windows[index % windows.length];
  if (index % 9 === 8) text.delete(text.length - 1, 1);
  else text.insert(text.length, 'abcdefg '[index % 8]);
  if (index % 200 === 199) await sleep(20);
}
const waiting = async () => (await computer.ask('states')).reduce((sum, one) => sum + one.waiting, 0);
while ((await waiting()) < edits) await sleep(50);
await sleep(Number(o.quiet) * 1000);

// And back.
phase = 'meanwhile';
proxy.mend();
const begun = performance.now();
await computer.ask('retry');
for (;;) {
  const states = await computer.ask('states');
  if (states.every(({ waiting: count, reachable }) => count === 0 && reachable)) break;
  await sleep(20);
}
const seconds = (performance.now() - begun) / 1000;
for (const { timer } of pairs) clearInterval(timer);
await sleep(500);
for (const { writer, reader } of pairs) for (const one of [writer, reader]) one.close();
for (const one of windows) one.close();
await computer.ask('stop');
await home.stop();

const { sqliteAdapters } = await import('../../server/index.ts');
const [there, here] = [await sqliteAdapters(homeFolder), await sqliteAdapters(computerFolder)];
let rows = 0;
let own = 0;
for (const note of notes) {
  const [one, other] = [await there.log.chainHead(note), await here.log.chainHead(note)];
  if (!Buffer.from(one.digest).equals(other.digest)) throw new Error(`${note} is not equal`);
  const all = await there.log.read(note, 0);
  rows += all.length;
  own += all.filter((row) => row.person === manager.id && row.deviceTime !== null).length;
}
await Promise.all([there.close(), here.close(), proxy.close()]);
fs.rmSync(folder, { recursive: true, force: true });

const p95 = (list) => quantile(list, 0.95);
console.log(circumstances());
if (o.apart) console.log('the computer has a processor to itself');
console.log(
  `${noteCount} notes, ${edits} edits offline, each a row of its own at the home: ${own} (of ${rows} rows in all)`,
);
console.log(`equal on both sides after ${seconds.toFixed(1)} s`);
console.log(
  `others' p95: ${p95(waits.before).toFixed(1)} ms before (${waits.before.length} edits), ${p95(waits.meanwhile).toFixed(1)} ms meanwhile (${waits.meanwhile.length}): ${(p95(waits.meanwhile) / p95(waits.before)).toFixed(2)} times`,
);
process.exit(0);

async function startComputer(origin) {
  fs.mkdirSync(computerFolder, { recursive: true });
  const script = path.join(root, 'test/bench/lib/computer.mjs');
  const child = fork(script, [computerFolder, origin, home.origin, asAdministrator.cookie(), manager.id], {
    execArgv: relayFlags,
  });
  process.once('exit', () => child.kill());
  const answers = new Map();
  const ready = Promise.withResolvers();
  child.on('message', (message) => {
    if (message.ready !== undefined) ready.resolve(message);
    else if (message.error !== undefined) answers.get(message.number).reject(new Error(message.error));
    else answers.get(message.number).resolve(message.answer);
  });
  let number = 0;
  const ask = (command, argument = {}) => {
    const answer = Promise.withResolvers();
    answers.set(++number, answer);
    child.send({ number, command, ...argument });
    return answer.promise;
  };
  const { ready: url, secret } = await ready.promise;
  const signedIn = asker(url);
  await signedIn('/api/session/launch', { method: 'POST', body: { secret, language: 'fr' } });
  return { url, ask, signedIn, pid: child.pid };
}
