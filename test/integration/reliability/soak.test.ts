import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import * as Y from 'yjs';
import type { DocumentId } from '#shared/domain/ids.ts';
import { encodeStep1, encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { newDatabase } from '../../support/newDatabase.ts';
import { testId } from '../../support/newRelay.ts';
import { newRandom, type Random } from '../../support/random.ts';
import type { Measured } from '../../support/soakRelay.ts';
import { startSoakRelay } from '../../support/startSoakRelay.ts';

const minutes = Number(process.env['CALEPIN_SOAK_MINUTES'] ?? 120);
const seed = Number(process.env['CALEPIN_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const MiB = 1024 * 1024;
const people = 150;
const notes = 50;
/** Of one core. */
const wantedLoad = 0.3;
const maxLetters = 600;
/** What the limits of a session let through (60 a second each) is more. */
const mostEditsATick = 300;

/** Somebody who types in a text of their own and reads nothing: the relay works for all of it, this process for little. */
class Typist {
  private readonly doc = new Y.Doc();
  private readonly text = this.doc.getText(String(this.doc.clientID));
  private readonly socket: WebSocket;

  constructor(url: string, document: DocumentId, ticket: string) {
    const socket = new WebSocket(`${url}/${document}`, ['y-sync.1', `ticket.${ticket}`]);
    this.socket = socket;
    socket.on('error', () => null);
    socket.on('open', () => socket.send(encodeStep1(Uint8Array.of(0))));
    this.doc.on('update', (update: Uint8Array) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(encodeUpdate(update));
    });
  }

  /** A text that grew long is shortened, so that what is measured is the relay and not the notes. */
  edit(random: Random): void {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    const { text } = this;
    if (text.length > maxLetters) text.delete(random.int(text.length - 200), 200);
    else text.insert(random.int(text.length + 1), random.pick(['mot ', 'é', 'une phrase. ']));
  }

  leave(): void {
    this.text.delete(0, this.text.length);
    this.socket.close();
    this.doc.destroy();
  }
}

/** Least squares. @returns units per hour. */
function slopePerHour(points: readonly { readonly atMs: number; readonly value: number }[]): number {
  const mean = (of: readonly number[]): number => of.reduce((sum, one) => sum + one, 0) / of.length;
  const [x, y] = [mean(points.map((one) => one.atMs)), mean(points.map((one) => one.value))];
  const above = points.reduce((sum, one) => sum + (one.atMs - x) * (one.value - y), 0);
  const below = points.reduce((sum, one) => sum + (one.atMs - x) ** 2, 0);
  return (above / below) * 3_600_000;
}

test.runIf(process.env['CALEPIN_LONG'] === '1')(
  `[R60] ${minutes} minutes at ${wantedLoad * 100} % of a core: the heap does not grow`,
  async () => {
    process.stdout.write(`soak: ${minutes} minutes, seed ${seed}\n`);
    const random = newRandom(seed);
    const { database, file, close } = await newDatabase();
    await database.close();
    onTestFinished(close);
    const { url, ask } = await startSoakRelay(file);
    const documents = Array.from({ length: notes }, (_, n) => testId<DocumentId>(n + 1));
    await ask({ documents });
    const arrive = async (n: number): Promise<Typist> => {
      const document = documents[n % notes] as DocumentId;
      const { ticket } = await ask<{ ticket: string }>({ ticket: document, person: 100 + n });
      return new Typist(url, document, ticket);
    };
    const clients: Typist[] = [];
    for (let n = 0; n < people; n++) clients.push(await arrive(n));
    onTestFinished(() => {
      for (const client of clients) client.leave();
    });
    const begun = performance.now();
    const heaps: { atMs: number; value: number }[] = [];
    let editsATick = 20;
    let edits = 0;
    let last = { at: begun, cpuMs: (await ask<Measured>({ measure: true })).cpuMs };
    for (let tick = 0; performance.now() - begun < minutes * 60_000; tick++) {
      for (let n = 0; n < editsATick; n++) random.pick(clients).edit(random);
      edits += editsATick;
      // Somebody closes the note and opens it again.
      if (tick % 20 === 0) {
        const n = random.int(people);
        clients[n]?.leave();
        clients[n] = await arrive(n);
      }
      if (tick % 300 === 299) {
        const now = performance.now();
        const { heap, rss, cpuMs, connections } = await ask<Measured>({ measure: true });
        const load = (cpuMs - last.cpuMs) / (now - last.at);
        last = { at: now, cpuMs };
        editsATick = Math.min(
          mostEditsATick,
          Math.max(1, Math.round(editsATick * Math.min(1.5, Math.max(0.7, wantedLoad / load)))),
        );
        if (connections < people / 2) throw new Error(`only ${connections} sockets are left`);
        heaps.push({ atMs: now - begun, value: heap / MiB });
        process.stdout.write(
          `soak: ${((now - begun) / 60_000).toFixed(1)} min, ${edits} edits, load ${(load * 100).toFixed(0)} %, heap ${(heap / MiB).toFixed(2)} MiB, rss ${(rss / MiB).toFixed(0)} MiB, ${connections} sockets\n`,
        );
      }
      await sleep(50);
    }
    // The first quarter warms up.
    const slope = slopePerHour(heaps.slice(Math.floor(heaps.length / 4)));
    process.stdout.write(`soak: heap ${slope.toFixed(2)} MiB/h\n`);
    expect(slope).toBeLessThan(1);
  },
  (minutes + 5) * 60_000,
);
