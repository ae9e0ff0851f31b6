import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import { encodeStep1, encodeStep2, encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { newRelay, type TestRelay, testId } from '../../support/newRelay.ts';
import { type Plug, plugIn } from '../../support/plugIn.ts';
import { newRandom, type Random } from '../../support/random.ts';
import { readHeard } from '../../support/rawClient.ts';
import { faultsOfLog } from '../../support/storedOnce.ts';
import { randomEdit, shown } from '../convergence/randomEdit.ts';

const long = process.env['CALEPIN_LONG'] === '1';
const seeds = long ? 1_000 : 30;
const firstSeed = Number(process.env['CALEPIN_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A client whose frames, both ways, come twice, late and in another order. */
class MessyClient {
  readonly doc = new Y.Doc();
  private plug: Plug | null = null;
  private readonly relay: TestRelay;
  private readonly document: DocumentId;
  private readonly n: number;
  private readonly random: Random;
  private out: Uint8Array[] = [];
  private in: Uint8Array[] = [];

  constructor(relay: TestRelay, document: DocumentId, n: number, random: Random) {
    this.relay = relay;
    this.document = document;
    this.n = n;
    this.random = random;
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'relay') this.out.push(encodeUpdate(update));
    });
  }

  get isIdle(): boolean {
    return this.plug?.closed === null && this.out.length === 0 && this.in.length === 0;
  }

  /** Why the relay ended the connection, if it did. */
  get closed(): number | null {
    return this.plug?.closed?.code ?? null;
  }

  async join(): Promise<void> {
    this.plug?.leave();
    this.out = [encodeStep1(Y.encodeStateVector(this.doc))];
    this.in = [];
    const person = { id: testId<PersonId>(this.n), name: `${this.n}`, colour: 'azur' };
    this.plug = await plugIn(this.relay, this.document, { person }, (message) => {
      this.in.push(message.slice());
    });
  }

  /** Lets some of what waits pass. */
  step(isMessy: boolean): void {
    for (const message of this.take(this.in, isMessy)) this.hear(message);
    for (const frame of this.take(this.out, isMessy)) this.plug?.send(frame);
  }

  private take(queue: Uint8Array[], isMessy: boolean): Uint8Array[] {
    if (!isMessy) return queue.splice(0);
    const taken: Uint8Array[] = [];
    for (let times = this.random.int(4); times > 0 && queue.length > 0; times--) {
      const dice = this.random.int(10);
      const at = dice < 6 ? 0 : this.random.int(queue.length);
      taken.push(queue[at] as Uint8Array);
      // Otherwise it comes again.
      if (dice !== 0 && dice !== 9) queue.splice(at, 1);
    }
    return taken;
  }

  private hear(message: Uint8Array): void {
    const heard = readHeard(message);
    if (heard.kind === 'update' || heard.kind === 'step2') Y.applyUpdate(this.doc, heard.bytes, 'relay');
    else if (heard.kind === 'step1') this.out.push(encodeStep2(Y.encodeStateAsUpdate(this.doc, heard.bytes)));
  }
}

/** @returns what went wrong; empty when nothing did. */
async function run(relay: TestRelay, document: DocumentId, seed: number): Promise<string[]> {
  const random = newRandom(seed);
  const clients = [1, 2, 3].map((n) => new MessyClient(relay, document, n, random));
  const closes: number[] = [];
  const settle = async (isMessy: boolean): Promise<void> => {
    for (const client of clients) {
      client.step(isMessy);
      if (client.closed !== null) {
        closes.push(client.closed);
        await client.join();
      }
    }
    await turn();
  };
  for (const client of clients) await client.join();
  for (let step = 0; step < 60; step++) {
    randomEdit(random.pick(clients).doc, random);
    await settle(true);
  }
  const equal = async (): Promise<boolean> => {
    const read = await relay.documents.read(document);
    const stored = JSON.stringify(read === null ? null : shown(read.doc));
    return clients.every(({ doc }) => JSON.stringify(shown(doc)) === stored);
  };
  // A client that was never told of a loss comes back once, as it does after any break of its link.
  for (const client of clients) await client.join();
  for (let step = 0; step < 200 && !(clients.every((one) => one.isIdle) && (await equal())); step++) {
    await settle(false);
  }
  const faults = await faultsOfLog(relay.log, document);
  if (!(await equal())) faults.push('not all are equal to the log');
  if (closes.some((code) => code !== 4500)) faults.push(`closed with ${closes.join(', ')}`);
  return faults;
}

test(`[R1, R2, R22] frames that come twice and in another order, ${seeds} seeds: all end equal, each row once in the log`, async () => {
  process.stdout.write(`reordered frames: seeds ${firstSeed} to ${firstSeed + seeds - 1}\n`);
  const wide = { updatesPerSecond: 1e9, updateBurst: 1e9, commitSpacingMs: 0 };
  const relay = await newRelay({ limits: wide });
  onTestFinished(() => relay.close());
  const failures: Record<string, string[]> = {};
  for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
    const faults = await run(relay, await relay.newDocument(1000 + seed - firstSeed), seed);
    if (faults.length > 0) failures[`seed ${seed}`] = faults;
  }
  expect(failures).toEqual({});
  expect(relay.logged.filter((line) => line['level'] === 50)).toEqual([]);
});
