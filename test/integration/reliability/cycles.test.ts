import process from 'node:process';
import { expect, onTestFinished, test } from 'vitest';
import { encodeAwareness, encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { heapInUse } from '../../support/collectGarbage.ts';
import { newRelay } from '../../support/newRelay.ts';
import { rawClient } from '../../support/rawClient.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { alice, benoit, typed } from '../relay/support.ts';

const long = process.env['CALEPIN_LONG'] === '1';
const cycles = long ? 10_000 : 300;
const MiB = 1024 * 1024;

const resources = (): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
};

test(`[R60] after ${cycles} times coming and going, rooms, timers, listeners and memory are as they were`, async () => {
  const relay = await newRelay({ limits: { keepStateMs: 5, presencePerSecond: 1, openingsPerSecond: 1e9 } });
  onTestFinished(() => relay.close());
  const documents = [await relay.newDocument(1), await relay.newDocument(2)];
  const isEmpty = (): boolean => {
    const { rooms, connections } = relay.documents.stats();
    return rooms === 0 && connections === 0;
  };
  const cycle = async (n: number): Promise<void> => {
    const document = documents[n % documents.length] as (typeof documents)[number];
    const [one, other] = [alice, benoit].map((values) =>
      rawClient(relay.url, document, relay.ticket(document, { ...values, wire: 'calepin.1' })),
    ) as [ReturnType<typeof rawClient>, ReturnType<typeof rawClient>];
    await one.join();
    one.send(encodeUpdate(typed('toujours le même', 5)));
    // Beyond the rate: a timer waits in the room when its sender goes.
    for (let clock = 1; clock < 4; clock++) {
      one.send(encodeAwareness([{ client: 5, clock, state: '{}' }]));
    }
    await one.stored(1);
    if (n % 3 === 0) one.socket.close();
    else if (n % 3 === 1) one.socket.terminate();
    else one.send(Uint8Array.of(99));
    // This one goes while it may still be on its way in.
    other.socket.terminate();
    await one.closed;
  };
  const round = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n++) await cycle(n);
    await retryUntil('everybody to be gone', isEmpty);
  };
  // What is made once and kept is not counted: caches, compiled code.
  await round(60);
  const before = { resources: resources(), heap: heapInUse(), exits: process.listenerCount('exit') };
  await round(cycles);
  // Sockets that were reset are let go by the operating system a little later.
  await retryUntil(
    'handles and timers to be gone',
    () =>
      (resources()['TCPSocketWrap'] ?? 0) <= (before.resources['TCPSocketWrap'] ?? 0) &&
      (resources()['Timeout'] ?? 0) <= (before.resources['Timeout'] ?? 0),
  );
  expect(process.listenerCount('exit')).toBe(before.exits);
  relay.forgetLogged();
  const grown = heapInUse() - before.heap;
  process.stdout.write(`cycles: ${cycles}, heap ${(grown / MiB).toFixed(2)} MiB more\n`);
  expect(grown).toBeLessThan(2 * MiB);
  expect(await relay.log.head(documents[0] as (typeof documents)[number])).toMatchObject({ seq: 1 });
});
