import { expect, onTestFinished, test } from 'vitest';
import type { PersonId } from '#shared/domain/ids.ts';
import { SqliteUpdateLog } from '#server/storage/sqlite/SqliteUpdateLog.ts';
import { newClient, type TestClient } from '../support/newClient.ts';
import { newDatabase } from '../support/newDatabase.ts';
import { newRelay, testId } from '../support/newRelay.ts';
import { retryUntil } from '../support/retryUntil.ts';

async function open() {
  const { database, close } = await newDatabase();
  const relay = await newRelay({ log: new SqliteUpdateLog(database) });
  const clients: TestClient[] = [];
  onTestFinished(async () => {
    for (const client of clients) client.close();
    await relay.close();
    await close();
  });
  const document = await relay.newDocument();
  const join = (name: string, n: number): TestClient => {
    const person = { id: testId<PersonId>(n), name, colour: 'azur' };
    const client = newClient(relay.url, document, relay.ticket(document, { person }));
    clients.push(client);
    return client;
  };
  return { relay, document, join };
}

test('two stock providers, each on a ticket of its own, write at once and converge, and so does the log', async () => {
  const { relay, document, join } = await open();
  const alice = join('Alice', 1);
  const benoit = join('Benoît', 2);
  await Promise.all([alice.synced(), benoit.synced()]);
  for (let index = 0; index < 100; index++) {
    alice.text.insert(alice.text.length, `a${index} `);
    benoit.text.insert(0, `é${index} `);
    if (index % 10 === 9) await new Promise((resolve) => setImmediate(resolve));
  }
  const whole = (client: TestClient) =>
    client.text.length === alice.text.length && client.text.toJSON().includes('a99');
  await retryUntil('both texts to be whole', () => whole(benoit) && alice.text.toJSON().includes('é99 '));
  expect(benoit.text.toJSON()).toBe(alice.text.toJSON());
  const stored = await relay.documents.read(document);
  expect(stored?.doc.getText('text').toJSON()).toBe(alice.text.toJSON());
});

test('each sees who the other is as their session says, whatever they claim', async () => {
  const { join } = await open();
  const alice = join('Alice', 1);
  const benoit = join('Benoît', 2);
  alice.provider.awareness.setLocalStateField('user', { name: 'Somebody else', id: 'x' });
  await Promise.all([alice.synced(), benoit.synced()]);
  await retryUntil('Benoît to see Alice', () =>
    benoit.provider.awareness.getStates().has(alice.doc.clientID),
  );
  expect(benoit.provider.awareness.getStates().get(alice.doc.clientID)).toEqual({
    user: { id: testId(1), name: 'Alice', colour: 'azur' },
  });
  alice.close();
  await retryUntil('Alice to be gone', () => !benoit.provider.awareness.getStates().has(alice.doc.clientID));
});
