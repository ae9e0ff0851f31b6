import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import { encodeStep2, encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { newDatabase } from '../support/newDatabase.ts';
import { testId } from '../support/newRelay.ts';
import { type RawClient, rawClient } from '../support/rawClient.ts';
import { retryUntil } from '../support/retryUntil.ts';

const child = fileURLToPath(new URL('../support/relayChild.ts', import.meta.url));
const document = testId<DocumentId>(1);

async function start(file: string) {
  const relay: ChildProcess = fork(child, [file], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  onTestFinished(() => {
    relay.kill('SIGKILL');
  });
  const [{ url }] = (await once(relay, 'message')) as [{ url: string }];
  const join = async (n: number): Promise<RawClient> => {
    const person = { id: testId<PersonId>(n), name: `${n}`, colour: 'azur' };
    relay.send({ document, values: { person, wire: 'calepin.1' } });
    const [{ ticket }] = (await once(relay, 'message')) as [{ ticket: string }];
    return rawClient(url, document, ticket);
  };
  const kill = async (): Promise<void> => {
    const gone = once(relay, 'exit');
    relay.kill('SIGKILL');
    await gone;
  };
  return { join, kill };
}

const settled = (client: RawClient): number =>
  Math.max(0, ...client.heard.map((one) => (one.kind === 'stored' ? one.settled : 0)));

test('[R5] a relay killed while people type loses nothing that it acknowledged, and takes the rest again', async () => {
  const { database, file, close } = await newDatabase();
  await database.close();
  onTestFinished(close);
  const people = [1, 2, 3].map((n) => {
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    return { n, doc, updates, acknowledged: 0 };
  });
  for (const round of [1, 2]) {
    const relay = await start(file);
    const writing: { person: (typeof people)[number]; client: RawClient }[] = [];
    // One after the other: tickets are asked for over one channel.
    for (const person of people) {
      const client = await relay.join(person.n);
      await client.join();
      // Everything that was not acknowledged is in it.
      client.send(encodeStep2(Y.encodeStateAsUpdate(person.doc)));
      await client.stored(1);
      person.acknowledged = person.updates.length;
      writing.push({ person, client });
    }
    const typing = setInterval(() => {
      for (const { person, client } of writing) {
        person.doc.getText(`text ${person.n}`).insert(0, `${round}`);
        client.send(encodeUpdate(person.updates.at(-1) ?? new Uint8Array()));
      }
    }, 1);
    await retryUntil('some to be acknowledged', () => writing.every(({ client }) => settled(client) > 25));
    await relay.kill();
    clearInterval(typing);
    await Promise.all(writing.map(({ client }) => client.closed));
    for (const { person, client } of writing) person.acknowledged += settled(client) - 1;

    const again = await start(file);
    const stored = await (await again.join(9)).join();
    for (const { n, doc, updates, acknowledged } of people) {
      const expected = new Y.Doc();
      for (const update of updates.slice(0, acknowledged)) Y.applyUpdate(expected, update);
      const [has, must] = [stored, expected].map((one) => one.getText(`text ${n}`).length);
      expect(has, `round ${round}, person ${n}`).toBeGreaterThanOrEqual(must ?? Infinity);
      expect(has).toBeLessThanOrEqual(doc.getText(`text ${n}`).length);
    }
    await again.kill();
  }
}, 60_000);
