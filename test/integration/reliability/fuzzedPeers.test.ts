import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import * as Y from 'yjs';
import type { DocumentId } from '#shared/domain/ids.ts';
import { encodeStep1, encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { FrameFuzzer } from '../../support/fuzzFrames.ts';
import { newDatabase } from '../../support/newDatabase.ts';
import { testId } from '../../support/newRelay.ts';
import { newRandom } from '../../support/random.ts';
import { readHeard } from '../../support/rawClient.ts';
import { startSoakRelay } from '../../support/startSoakRelay.ts';

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
    const connect = async (person: number): Promise<WebSocket> => {
      const { ticket } = await ask<{ ticket: string }>({ ticket: document, person });
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
    const fuzzer = new FrameFuzzer(newRandom(seed), [11, 12, 13]);
    let frames = 0;
    const fuzz = async (isOver: () => boolean): Promise<void> => {
      let bad: WebSocket | null = null;
      while (!isOver()) {
        if (bad === null || bad.readyState !== WebSocket.OPEN) bad = await connect(66);
        for (let n = 0; n < 5; n++, frames++) bad.send(fuzzer.next());
        await sleep(5);
      }
      bad?.terminate();
    };
    await type();
    // By turns, so that what else the machine does falls on both.
    const [quiet, fuzzed]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      quiet.push(await type());
      let isOver = false;
      const fuzzing = fuzz(() => isOver);
      fuzzed.push(await type());
      isOver = true;
      await fuzzing;
    }
    const [before, meanwhile] = [quantile(quiet, 0.5), quantile(fuzzed, 0.5)];
    process.stdout.write(
      `fuzzed peers: ${frames} frames; p95 ${before.toFixed(1)} ms without, ${meanwhile.toFixed(1)} ms meanwhile, ${(meanwhile / before).toFixed(2)} times\n`,
    );
    expect(meanwhile / before).toBeLessThan(1.5);
  },
);
