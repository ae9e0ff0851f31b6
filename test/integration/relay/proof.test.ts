import { expect, test } from 'vitest';
import type { Epoch } from '#shared/domain/ids.ts';
import { testId } from '../../support/newRelay.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { TestHeads } from '../../support/TestHeads.ts';
import { alice, benoit, open } from './support.ts';

test('[R19] who opens a document is sent the latest signed head, and each newer one; a stock client is not', async () => {
  const heads = new TestHeads();
  const { relay, document, raw } = await open({ heads });
  const epoch = (await relay.log.head(document))?.epoch as Epoch;
  const [first, second] = [heads.sign(document, epoch, 3, 1), heads.sign(document, epoch, 7, 2)];
  heads.tell(document, first);
  const client = raw(alice);
  await client.join();
  expect(await client.hear('proof')).toEqual({ kind: 'proof', head: first, publicKey: heads.publicKey });
  const stock = raw({ ...benoit, wire: 'y-sync.1' });
  await stock.join();
  heads.tell(document, second);
  expect((await client.hear('proof', 2)).head).toEqual(second);
  // What a room of another epoch would not believe is not passed on.
  heads.tell(document, heads.sign(document, testId<Epoch>(9), 8, 3));
  heads.tell(document, second);
  await client.hear('proof', 3);
  expect(client.heard.filter((one) => one.kind === 'proof').map(({ head }) => head.seq)).toEqual([3, 7, 7]);
  expect(stock.heard.filter((one) => one.kind === 'proof')).toEqual([]);
});

test('[R19] a signed head that cannot be read keeps nobody from opening', async () => {
  const heads = new TestHeads();
  heads.latest = () => Promise.reject(new Error('no disk'));
  const { relay, raw } = await open({ heads });
  const client = raw(alice);
  await client.join();
  await client.hear('access');
  await retryUntil('a line in the log', () => relay.logged.some((line) => line['level'] === 40));
  expect(client.socket.readyState).toBe(client.socket.OPEN);
});
