import { expect, test } from 'vitest';
import { Broadcast } from '#server/room/Broadcast.ts';
import type { Connection } from '#server/ws/Connection.ts';

/** A connection that keeps what is written to it. */
function reader(isBehind: boolean): { connection: Connection; written: () => string } {
  const parts: Buffer[] = [];
  const connection = { isBehind, write: (frames: Buffer) => parts.push(frames) };
  return { connection: connection as unknown as Connection, written: () => Buffer.concat(parts).toString() };
}

test('[R50] a reader that is behind is left without presence and gets every update', () => {
  const [behind, quick] = [reader(true), reader(false)];
  const members = new Map([behind, quick].map(({ connection }) => [connection, { joined: true }]));
  const broadcast = new Broadcast(members, 0);
  broadcast.push(Buffer.from('presence '), null, true);
  broadcast.push(Buffer.from('update '), null);
  broadcast.flush();
  expect([behind.written(), quick.written()]).toEqual(['update ', 'presence update ']);
});
