import { fork } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import * as Y from 'yjs';
import type { DocumentId } from '#shared/domain/ids.ts';
import { encodeStep1, encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { newDatabase } from '../../support/newDatabase.ts';
import { testId } from '../../support/newRelay.ts';
import { readHeard } from '../../support/rawClient.ts';
import { startSoakRelay } from '../../support/startSoakRelay.ts';

const fuzzingPeer = fileURLToPath(new URL('../../support/fuzzingPeer.ts', import.meta.url));
const seed = Number(process.env['CALEPIN_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const rounds = 12;
const keystrokes = 100;
const keystrokeMs = 10;
const document = testId<DocumentId>(1);

const quantile = (times: readonly number[], q: number): number =>
  times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * q)] ?? Infinity;

test.runIf(process.env['CALEPIN_LONG'] === '1')(
  '[R20] while somebody fuzzes the same note, what others write arrives about as fast as before',
  async () => {
    process.stdout.write(`fuzzed peers: seed ${seed}\n`);
    const { database, file, close } = await newDatabase();
    await database.close();
    onTestFinished(close);
    const { url, ask } = await startSoakRelay(file);
    await ask({ documents: [document] });
    const ticketOf = async (person: number): Promise<string> =>
      (await ask<{ ticket: string }>({ ticket: document, person })).ticket;
    const connect = async (person: number): Promise<WebSocket> => {
      const ticket = await ticketOf(person);
      const socket = new WebSocket(`${url}/${document}`, ['y-sync.1', `ticket.${ticket}`]);
      socket.on('error', () => null);
      await new Promise((resolve) => socket.once('open', resolve));
      socket.send(encodeStep1(Uint8Array.of(0)));
      return socket;
    };
    const [writer, reader] = [await connect(1), await connect(2)];
    const doc = new Y.Doc();
    doc.on('update', (update: Uint8Array) => writer.send(encodeUpdate(update)));
    const sentAt: number[] = [];
    let times: number[] = [];
    reader.on('message', (data: Buffer) => {
      const heard = readHeard(data);
      if (heard.kind !== 'update') return;
      const to = Y.parseUpdateMeta(heard.bytes).to.get(doc.clientID);
      if (to !== undefined) times.push(performance.now() - (sentAt[to - 1] ?? 0));
    });
    const type = async (): Promise<number> => {
      times = [];
      for (let n = 0; n < keystrokes; n++) {
        sentAt.push(performance.now());
        doc.getText('honest').insert(0, 'x');
        await sleep(keystrokeMs);
      }
      while (times.length < keystrokes) await sleep(5);
      return quantile(times, 0.95);
    };
    const fuzzing = fork(fuzzingPeer, [`${url}/${document}`, String(seed)]);
    onTestFinished(() => {
      fuzzing.kill('SIGKILL');
    });
    let frames = 0;
    fuzzing.on('message', (word) => {
      if (word === 'ticket') void ticketOf(66).then((ticket) => fuzzing.send({ ticket }));
    });
    const stopFuzzing = async (): Promise<void> => {
      fuzzing.send('stop');
      for (;;) {
        const [word] = (await once(fuzzing, 'message')) as [string | number];
        if (typeof word !== 'number') continue;
        frames = word;
        return;
      }
    };
    await type();
    // By turns, so that what else the machine does falls on both.
    const [quiet, fuzzed]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      quiet.push(await type());
      fuzzing.send('start');
      fuzzed.push(await type());
      await stopFuzzing();
    }
    const [before, meanwhile] = [quantile(quiet, 0.5), quantile(fuzzed, 0.5)];
    process.stdout.write(
      `fuzzed peers: ${frames} frames; p95 ${before.toFixed(1)} ms without, ${meanwhile.toFixed(1)} ms meanwhile, ${(meanwhile / before).toFixed(2)} times\n`,
    );
    expect(meanwhile / before).toBeLessThan(1.5);
  },
);
