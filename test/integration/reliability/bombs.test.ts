import process from 'node:process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodePing, encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { newRelay, type TestRelay } from '../../support/newRelay.ts';
import { plugIn } from '../../support/plugIn.ts';
import { type Heard, readHeard } from '../../support/rawClient.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { watchTurns } from '../../support/watchTurns.ts';
import { alice, benoit, typed } from '../relay/support.ts';
import { bombs } from './bombs.ts';

const MiB = 1024 * 1024;
let relay: TestRelay;
beforeAll(async () => {
  relay = await newRelay();
});
afterAll(() => relay.close());

const inMemory = (): number => {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

test.each(bombs.map((bomb, n) => ({ ...bomb, n })))(
  '[R20, R21, R22, R26, R34] $name: $answer, in bounded time and memory, and others notice nothing',
  async ({ answer, frame, n }) => {
    const document = await relay.newDocument(1000 + n);
    const heard: Heard[] = [];
    const bad = await plugIn(relay, document, alice, (message) => heard.push(readHeard(message.slice())));
    let arrived = 0;
    const good = await plugIn(relay, document, benoit, (message) => {
      if (readHeard(message).kind === 'stored') arrived++;
    });
    const bytes = frame();
    const turns = watchTurns();
    const before = inMemory();
    bad.send(bytes);
    const grown = inMemory() - before;
    if (bad.closed === null) {
      bad.send(encodePing(1));
      // What is large is read in a worker: its answer may come after.
      await retryUntil('an answer', () => bad.closed !== null || heard.some((one) => one.kind === 'pong'));
    }
    good.send(encodeUpdate(typed('rien vu')));
    await retryUntil('what others write to be stored', () => arrived === 1);
    const longestMs = turns.longestMs();
    turns.stop();
    const refused = heard.find((one) => one.kind === 'refused');
    const asked = heard.some((one) => one.kind === 'step1');
    const [closed, said] = [bad.closed?.code, refused?.code];
    const unrefused = asked ? 'asked' : 'taken';
    const kept = said === undefined ? unrefused : `refused ${said}`;
    expect(closed === undefined ? kept : `closed ${closed}`).toBe(answer);
    expect(longestMs).toBeLessThan(250);
    expect(grown).toBeLessThan(200 * MiB);
    const stored = (await relay.log.read(document, 0)).length;
    expect(answer === 'taken' ? 1 : stored).toBe(1);
    bad.leave();
    good.leave();
  },
);
