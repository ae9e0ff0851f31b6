import process from 'node:process';
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import { encodePing, encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { FrameFuzzer } from '../../support/fuzzFrames.ts';
import { newRelay, type TestRelay, testId } from '../../support/newRelay.ts';
import { type Plug, plugIn } from '../../support/plugIn.ts';
import { newRandom } from '../../support/random.ts';
import { rawClient, readHeard } from '../../support/rawClient.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { faultsOfLog } from '../../support/storedOnce.ts';
import { watchTurns } from '../../support/watchTurns.ts';
import { alice, benoit, device } from '../relay/support.ts';

const long = process.env['CALEPIN_LONG'] === '1';
const frames = Number(process.env['CALEPIN_FRAMES'] ?? (long ? 2_000_000 : 100_000));
const framesOverSockets = long ? 20_000 : 1_000;
const seed = Number(process.env['CALEPIN_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
/** A document takes so many; then another one, so that what was taken in does not spoil what comes. */
const framesEach = 4_000;
const framesATurn = 40;

const wide = {
  openingsPerSecond: 1e9,
  updatesPerSecond: 1e9,
  updateBurst: 1e9,
  presencePerSecond: 1e9,
  maxUnstoredFrames: 1e9,
  maxUnstoredBytes: 1e9,
  checkpointRows: 1e9,
  checkpointBytes: 1e9,
};
const mallory = { person: { id: testId<PersonId>(66), name: 'Mallory', colour: 'prune' }, device: device(6) };
const reader = { person: { id: testId<PersonId>(67), name: 'Rémi', colour: 'olive' } };
const kinds = { writer: mallory, reader, anonymous: { person: null } } as const;
/** The first are whoever sends them; 900 is Benoît's, and 901 nobody's yet. */
const clientIds = { writer: [11, 12, 900, 901], reader: [21, 900, 901], anonymous: [31, 900, 901] };

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Two people who work in the document meanwhile: what one writes must reach the other. */
async function honestPair(relay: TestRelay, document: DocumentId) {
  const [writing, reading] = [new Y.Doc(), new Y.Doc()];
  writing.clientID = 900;
  const listen = (doc: Y.Doc) => (message: Uint8Array) => {
    const heard = readHeard(message.slice());
    if (heard.kind === 'update' || heard.kind === 'step2') Y.applyUpdate(doc, heard.bytes, 'relay');
  };
  const writer = await plugIn(relay, document, benoit, listen(writing));
  const other = await plugIn(relay, document, alice, listen(reading));
  for (const one of [writer, other]) one.send(Uint8Array.of(0, 0, 1, 0));
  writing.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'relay') writer.send(encodeUpdate(update));
  });
  let written = 0;
  await turn();
  return {
    write: () => {
      written++;
      writing.getText('honest').insert(0, 'x');
    },
    // By its clock: others may delete it.
    arrived: () =>
      retryUntil('what honest people wrote to arrive', () => Y.getState(reading.store, 900) >= written),
    isOpen: () => writer.closed === null && other.closed === null,
    leave: () => {
      writer.leave();
      other.leave();
    },
  };
}

function allowed(relay: TestRelay, document: DocumentId): void {
  relay.roles.set(`${reader.person.id}/${document}`, 'reader');
  relay.roles.set(`null/${document}`, 'reader');
}

/** Everything in the log is sound, and by somebody who may write. */
async function faultsAfterwards(relay: TestRelay, document: DocumentId): Promise<string[]> {
  const faults = await faultsOfLog(relay.log, document);
  const doc = new Y.Doc();
  for (const { seq, bytes, person } of await relay.log.read(document, 0)) {
    if (person === null || person === reader.person.id) faults.push(`row ${seq} is by ${person}`);
    try {
      Y.applyUpdate(doc, bytes);
    } catch (error) {
      faults.push(`row ${seq} cannot be applied: ${String(error)}`);
    }
  }
  return faults;
}

test(`[R20–R26, R31, R34] ${frames} fuzzed frames of writers, readers and visitors: nothing breaks, stalls, is stored malformed or reaches others`, async () => {
  process.stdout.write(`fuzz: ${frames} frames, seed ${seed}\n`);
  const relay = await newRelay({ limits: wide });
  onTestFinished(() => relay.close());
  const random = newRandom(seed);
  const fuzzers = Object.entries(clientIds).map(
    ([kind, ids]) => [kind as keyof typeof kinds, new FrameFuzzer(random, ids)] as const,
  );
  const turns = watchTurns();
  onTestFinished(() => turns.stop());
  const closes: Record<string, number> = {};
  const faults: string[] = [];
  let longestMs = 0;
  for (let sent = 0; sent < frames;) {
    const document = await relay.newDocument(1000 + Math.floor(sent / framesEach));
    allowed(relay, document);
    const honest = await honestPair(relay, document);
    // From here on the client id is theirs.
    honest.write();
    const plugs = new Map<string, Plug>();
    for (let n = 0; n < framesEach && sent < frames; n++, sent++) {
      const [kind, fuzzer] = random.pick(fuzzers);
      let plug = plugs.get(kind);
      if (plug === undefined || plug.closed !== null) {
        const code = plug?.closed?.code;
        if (code !== undefined) closes[code] = (closes[code] ?? 0) + 1;
        plug = await plugIn(relay, document, kinds[kind]);
        plugs.set(kind, plug);
        if (random.int(2) === 0) plug.send(Uint8Array.of(0, 0, 1, 0));
      }
      plug.send(fuzzer.next());
      if (n % framesATurn === 0) await turn();
      if (n % 400 === 0) honest.write();
    }
    await honest.arrived();
    if (!honest.isOpen()) faults.push(`document ${document}: somebody else was closed`);
    honest.leave();
    for (const plug of plugs.values()) plug.leave();
    longestMs = Math.max(longestMs, turns.longestMs());
    faults.push(...(await faultsAfterwards(relay, document)));
    // Looking at the log is not the relay's work.
    await turn();
    turns.longestMs();
  }
  process.stdout.write(`fuzz: longest turn ${longestMs.toFixed(1)} ms, closed ${JSON.stringify(closes)}\n`);
  expect(faults).toEqual([]);
  expect(longestMs).toBeLessThan(250);
  // A document that a writer spoilt is set aside, and the log says so; nothing else went wrong.
  expect(
    relay.logged.filter((line) => line['level'] === 50 && line['msg'] !== 'a document is set aside'),
  ).toEqual([]);
  // So much work, however slowly the machine does it.
}, 600_000);

test(`[R20] ${framesOverSockets} fuzzed frames over sockets: the relay answers everyone after each`, async () => {
  const relay = await newRelay({ limits: wide });
  onTestFinished(() => relay.close());
  const document = await relay.newDocument();
  allowed(relay, document);
  const random = newRandom(seed);
  const fuzzer = new FrameFuzzer(random, clientIds.writer);
  const good = rawClient(relay.url, document, relay.ticket(document, { ...benoit, wire: 'calepin.1' }));
  await good.join();
  for (let sent = 0; sent < framesOverSockets;) {
    const values = random.pick(Object.values(kinds));
    const bad = rawClient(relay.url, document, relay.ticket(document, { ...values, wire: 'calepin.1' }));
    for (let times = 0; times < 10 && sent < framesOverSockets; times++, sent++) bad.send(fuzzer.next());
    bad.send(encodePing(9));
    await retryUntil('an answer or a close', () => {
      const answered = bad.heard.some((one) => one.kind === 'pong' && one.number === 9);
      return answered || bad.socket.readyState === bad.socket.CLOSED;
    });
    bad.socket.terminate();
  }
  good.send(encodePing(1));
  await good.hear('pong');
  expect(await faultsAfterwards(relay, document)).toEqual([]);
});
