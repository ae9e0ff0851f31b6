import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeAwareness, encodeQueryAwareness } from '#shared/protocol/encodeMessage.ts';
import { newClient } from '../../support/newClient.ts';
import type { RawClient } from '../../support/rawClient.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { alice, benoit, open } from './support.ts';

const entries = (client: RawClient) =>
  client.heard.flatMap((one) => (one.kind === 'awareness' ? one.entries : []));
const present = (client: number, clock: number, state: object | null = {}) =>
  encodeAwareness([{ client, clock, state: JSON.stringify(state) }]);
const stamped = { id: alice.person.id, name: 'Alice', colour: 'azur' };

test('[R30] whoever a client claims to be, the others are told what its session says', async () => {
  const { writer } = await open();
  const [author, reader] = [await writer(alice), await writer(benoit)];
  author.send(
    present(7, 1, { cursor: 3, user: { id: benoit.person.id, name: 'Benoît', colour: 'prune', x: 1 } }),
  );
  await reader.hear('awareness');
  expect(entries(reader)).toEqual([
    { client: 7, clock: 1, state: JSON.stringify({ cursor: 3, user: stamped }) },
  ]);
});

test('[R31] what a client repeats of others is passed over, and newer presence of another closes it', async () => {
  const { relay, writer } = await open();
  const [author, other] = [await writer(alice), await writer(benoit)];
  author.send(present(7, 5));
  await other.hear('awareness');
  other.send(present(8, 1));
  other.send(present(7, 5, { user: stamped }));
  other.send(present(7, 4, null));
  await author.hear('awareness');
  other.send(present(7, 6, null));
  expect((await other.closed).code).toBe(4403);
  await retryUntil('Benoît to be gone', () =>
    entries(author).some((one) => one.client === 8 && one.state === 'null'),
  );
  expect(entries(author).some((one) => one.client === 7)).toBe(false);
  expect(relay.logged.some((line) => line['msg'] === 'forged presence')).toBe(true);
});

test('[R31] a connection has one client id; a second one is passed over', async () => {
  const { writer } = await open();
  const [author, reader] = [await writer(alice), await writer(benoit)];
  author.send(present(7, 1));
  author.send(present(9, 1));
  author.send(present(7, 2));
  await reader.hear('awareness', 2);
  expect(entries(reader).map((one) => one.client)).toEqual([7, 7]);
});

test('[R32] a newcomer is told who is there, who asks is told, and who leaves is taken out', async () => {
  const { writer } = await open();
  const author = await writer(alice);
  author.send(present(7, 3));
  const reader = await writer(benoit);
  await reader.hear('awareness');
  reader.send(encodeQueryAwareness());
  await reader.hear('awareness', 2);
  author.socket.terminate();
  await reader.hear('awareness', 3);
  const state = JSON.stringify({ user: stamped });
  expect(entries(reader)).toEqual([
    { client: 7, clock: 3, state },
    { client: 7, clock: 3, state },
    { client: 7, clock: 4, state: 'null' },
  ]);
});

test('[R32] a visitor without a name is not shown', async () => {
  const { writer } = await open();
  const [visitor, reader] = [await writer({ person: null }), await writer(benoit)];
  visitor.send(present(7, 1));
  visitor.send(Uint8Array.of(19, 1));
  await visitor.hear('pong');
  reader.send(encodeQueryAwareness());
  await reader.hear('awareness');
  expect(entries(reader)).toEqual([]);
});

test('[R31] presence that is too large closes with 4413', async () => {
  const { writer } = await open();
  const author = await writer(alice);
  author.send(present(7, 1, { a: 'x'.repeat(5000) }));
  expect((await author.closed).code).toBe(4413);
});

test('[R51] of presence beyond the rate, the newest arrives', async () => {
  const { writer } = await open({ limits: { presencePerSecond: 20 } });
  const [author, reader] = [await writer(alice), await writer(benoit)];
  for (let clock = 1; clock <= 200; clock++) author.send(present(7, clock));
  await retryUntil('the newest', () => entries(reader).some((one) => one.clock === 200));
  expect(entries(reader).length).toBeLessThan(60);
});

test('[R33] a stock client that would hear nothing is sent an empty presence message, and stays', async () => {
  const { writer } = await open({ limits: { keepAliveMs: 2_600 } });
  const stock = await writer({ ...alice, wire: 'y-sync.1' });
  await stock.hear('awareness');
  expect(entries(stock)).toEqual([]);
});

test('[R24] a reload under a new Y.Doc and a reconnection under the same one are both let in', async () => {
  const { relay, document } = await open();
  const doc = new Y.Doc();
  const first = newClient(relay.url, document, relay.ticket(document, alice), { doc });
  await first.synced();
  first.text.insert(0, 'a');
  await retryUntil('it to be stored', async () => (await relay.log.head(document))?.seq === 1);
  first.provider.destroy();
  const again = newClient(relay.url, document, relay.ticket(document, alice), { doc });
  const reloaded = newClient(relay.url, document, relay.ticket(document, alice));
  await Promise.all([again.synced(), reloaded.synced()]);
  doc.getText('text').insert(1, 'b');
  await retryUntil('it to arrive', () => reloaded.text.length === 2);
  expect(reloaded.text.toJSON()).toBe('ab');
  again.close();
  reloaded.close();
});
