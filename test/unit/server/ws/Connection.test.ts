import { PassThrough } from 'node:stream';
import type { WebSocket } from 'ws';
import { expect, test } from 'vitest';
import { relayLimits } from '#server/room/RelayLimits.ts';
import { ClientSocket } from '#server/ws/ClientSocket.ts';
import { Connection } from '#server/ws/Connection.ts';
import { frameMessage } from '#server/ws/frame.ts';

const session = {
  person: null,
  sessionId: 's',
  device: null,
  wire: 'calepin.1',
  schema: null,
  epoch: null,
} as const;
const limits = { ...relayLimits, dropPresenceBytes: 10_000, maxQueuedBytes: 20_000, slowMs: 100 };

/** A connection over a socket that nobody reads until `read` is called. */
function open() {
  const socket = new PassThrough({ highWaterMark: 1_000 });
  const closes: [number, string][] = [];
  const reading: ('paused' | 'resumed')[] = [];
  const webSocket = {
    close: (code: number, reason: string) => closes.push([code, reason]),
    pause: () => reading.push('paused'),
    resume: () => reading.push('resumed'),
  } as unknown as WebSocket;
  const client = new ClientSocket(webSocket, socket, session, limits);
  return { socket, closes, reading, client, connection: new Connection(client, session) };
}

const frame = (bytes: number): Buffer => frameMessage(new Uint8Array(bytes));
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('[R50] presence is left out for a reader that is behind, and one for whom too much waits is closed with 4513', () => {
  const { connection, closes } = open();
  expect(connection.isBehind).toBe(false);
  connection.write(frame(12_000));
  connection.write(frame(2_000));
  expect([connection.isBehind, closes]).toEqual([true, []]);
  for (let times = 0; times < 10; times++) connection.write(frame(2_000));
  expect(closes).toEqual([[4513, 'slow_reader']]);
  expect(connection.closed).toBe(true);
});

test('[R50] a reader that does not drain in time is closed with 4513, one that drains is not', async () => {
  const stuck = open();
  stuck.connection.write(frame(3_000));
  stuck.connection.write(frame(3_000));
  stuck.client.checkPatience(Date.now() + 50);
  expect(stuck.closes).toEqual([]);
  stuck.client.checkPatience(Date.now() + 150);
  expect(stuck.closes).toEqual([[4513, 'slow_reader']]);

  const reading = open();
  reading.connection.write(frame(3_000));
  reading.connection.write(frame(3_000));
  reading.socket.resume();
  await turn();
  await turn();
  reading.client.checkPatience(Date.now() + 150);
  expect(reading.closes).toEqual([]);
});

test('the state leaves in parts as the socket takes them, what is sent meanwhile follows it, and it does not count as behind', async () => {
  const { connection, socket, closes } = open();
  const parts = [frame(300_000), frame(300_000), frame(10)];
  const sent = connection.sendState(parts);
  connection.write(frame(5));
  connection.send(Uint8Array.of(1, 2, 3));
  await turn();
  expect(connection.isBehind).toBe(false);
  const got: Buffer[] = [];
  socket.on('data', (data: Buffer) => got.push(data));
  await sent;
  await turn();
  const expected = Buffer.concat([...parts, frame(5), frameMessage(Uint8Array.of(1, 2, 3))]);
  expect(Buffer.concat(got).equals(expected)).toBe(true);
  expect(closes).toEqual([]);
});

test('what one turn says to a client leaves in one write, and nothing leaves after closing', async () => {
  const { connection, socket } = open();
  const writes: number[] = [];
  socket.on('data', (data: Buffer) => writes.push(data.length));
  connection.send(Uint8Array.of(1));
  connection.send(Uint8Array.of(2));
  await turn();
  await turn();
  expect(writes).toEqual([6]);
  connection.send(Uint8Array.of(3));
  connection.close(4403, 'not_allowed');
  connection.send(Uint8Array.of(4));
  await turn();
  await turn();
  expect(writes).toEqual([6, 3]);
});

test('[R86] what is on its way to the disk counts for the socket, until it is there or its document is closed', () => {
  const { client, reading, socket } = open();
  const closed: string[] = [];
  const share = (name: string) => ({
    prefix: Buffer.from(name),
    closed: () => closed.push(name),
  });
  const [one, other] = [
    new Connection(client, session, share('a')),
    new Connection(client, session, share('b')),
  ];
  for (let times = 0; times < 100; times++) one.receiveWrite(10);
  const last = Array.from({ length: 29 }, () => other.receiveWrite(10)).at(-1) ?? 0;
  expect(reading).toEqual(['paused']);
  other.settle(last, 10);
  expect(reading).toEqual(['paused', 'resumed']);
  other.receiveWrite(10);
  expect(reading).toEqual(['paused', 'resumed', 'paused']);
  one.close(4403, 'not_allowed');
  expect(reading).toEqual(['paused', 'resumed', 'paused', 'resumed']);
  one.settle(1, 10);
  for (let times = 0; times < 99; times++) other.receiveWrite(10);
  expect([reading.length, closed, one.closed, other.closed, client.closed]).toEqual([
    4,
    ['a'],
    true,
    false,
    false,
  ]);
  other.receiveWrite(10);
  expect(reading.at(-1)).toBe('paused');
  socket.destroy();
});
