import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Epoch } from '#shared/domain/ids.ts';
import { encodeResume, encodeStep1 } from '#shared/protocol/encodeMessage.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { TestHeads } from '../../support/TestHeads.ts';
import { alice, benoit } from '../relay/support.ts';
import { open } from './support.ts';

test('[R19, R83] a mirror that follows the rows is told the latest signed head when it has them, and each newer one, never before its rows', async () => {
  const heads = new TestHeads();
  const { relay, document, writer, mirror } = await open({ heads });
  const author = await writer(benoit);
  for (const letter of 'abc') author.write(letter);
  await author.stored(3);
  const epoch = (await relay.log.head(document))?.epoch as Epoch;
  const [first, second] = [heads.sign(document, epoch, 3, 1), heads.sign(document, epoch, 4, 2)];
  heads.tell(document, first);
  const client = mirror(alice).on(document);
  client.open();
  expect(await client.hear('proof')).toEqual({ kind: 'proof', head: first, publicKey: heads.publicKey });
  author.write('d');
  await author.stored(4);
  heads.tell(document, second);
  expect((await client.hear('proof', 2)).head).toEqual(second);
  const order = client.heard.flatMap((one): (number | string)[] =>
    one.kind === 'row' ? [one.row.seq] : one.kind === 'proof' ? [`head ${one.head.seq}`] : [],
  );
  expect(order).toEqual([1, 2, 3, 'head 3', 4, 'head 4']);
});

test('[R17, R83] a mirror of who may not see the history resumes as on a socket of its own: where nothing was missed, it is sent no state and asked for none', async () => {
  const { relay, document, writer, mirror } = await open();
  const author = await writer(benoit);
  author.write('texte');
  await author.stored(1);
  relay.roles.set(`${alice.person.id}/${document}`, 'reader');
  const { epoch, seq } = (await relay.log.head(document)) ?? { epoch: '' as Epoch, seq: 0 };
  const client = mirror(alice).on(document);
  client.open({ epoch, seq });
  await client.hear('opened');
  client.send(encodeResume(epoch, seq, new Map()));
  client.send(encodeStep1(Y.encodeStateVector(author.doc)));
  await client.hear('hello');
  expect(client.heard.map(({ kind }) => kind).filter((kind) => kind !== 'awareness')).toEqual([
    'opened',
    'step2',
    'hello',
    'access',
  ]);
  author.write(' et suite');
  await retryUntil('what is new', () => client.heard.some(({ kind }) => kind === 'update'));
});
