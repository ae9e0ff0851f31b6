import { afterEach, expect, test } from 'vitest';
import type { NotePage } from '#shared/api/notes.ts';
import type { Session } from '#shared/api/session.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { type TestClient, newClient } from '../../support/newClient.ts';
import { type FullRelay, type TestVisitor, newFullRelay } from '../../support/newFullRelay.ts';
import { retryUntil } from '../../support/retryUntil.ts';

const open: { close: () => unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});

async function start(options: Parameters<typeof newFullRelay>[0] = {}): Promise<FullRelay> {
  const full = await newFullRelay(options);
  open.push(full);
  return full;
}

/** Opens a note's socket as a stock client does, on a ticket of this person. */
async function connect(full: FullRelay, who: TestVisitor, note: string): Promise<TestClient> {
  const { ticket } = await who.json<{ ticket: string }>('POST', '/api/tickets', { document: note });
  const client = newClient(full.url.replace('http', 'ws') + '/sync', note as DocumentId, ticket);
  open.push(client);
  await client.synced();
  return client;
}

async function shareNote(full: FullRelay, role: 'author' | 'reader') {
  const owner = await full.signIn();
  const { note } = await owner.json<NotePage>('POST', '/api/notes', { title: 'À deux' });
  const { url } = await owner.json<{ url: string }>('POST', '/api/invitations', {
    subject: 'note',
    subjectId: note.id,
    role,
  });
  return { owner, guest: await full.join(url, 'Basile'), note: note.id };
}

test('an owner and a guest write in the same note through the whole relay, and its page follows', async () => {
  const full = await start({ storage: 'sqlite' });
  const { owner, guest, note } = await shareNote(full, 'author');
  const [one, other] = await Promise.all([connect(full, owner, note), connect(full, guest, note)]);
  one.doc.getText('title').insert(0, 'Ensemble : ');
  await retryUntil('the guest to see it', () => other.doc.getText('title').toJSON() === 'Ensemble : À deux');
  await retryUntil('the page to follow', async () => {
    const page = await guest.json<NotePage>('GET', `/api/notes/${note}`);
    return page.note.title === 'Ensemble : À deux';
  });
});

test('who loses the right to read a note loses its socket within two seconds', async () => {
  const full = await start();
  const { owner, guest, note } = await shareNote(full, 'author');
  const client = await connect(full, guest, note);
  const page = await owner.json<NotePage>('GET', `/api/notes/${note}`);
  const before = performance.now();
  await owner.fetch(`/api/notes/${note}/authors/${page.note.authors[1]?.id}`, { method: 'DELETE' });
  expect((await client.closed).code).toBe(4403);
  expect(performance.now() - before).toBeLessThan(2_000);
});

test('signing out closes the sockets of that session', async () => {
  const full = await start();
  const { guest, note } = await shareNote(full, 'author');
  const client = await connect(full, guest, note);
  await guest.fetch('/api/session', { method: 'DELETE' });
  expect((await client.closed).code).toBe(4401);
});

test('a note in the trash is closed to its readers', async () => {
  const full = await start();
  const { owner, guest, note } = await shareNote(full, 'reader');
  const client = await connect(full, guest, note);
  await owner.fetch(`/api/notes/${note}`, { method: 'DELETE' });
  expect((await client.closed).code).toBe(4403);
});

test('a relay that stops tells its sockets to come back', async () => {
  const full = await start();
  const { owner, note } = await shareNote(full, 'author');
  const client = await connect(full, owner, note);
  await full.relay.close();
  expect((await client.closed).code).toBe(1012);
});

test('a community has no launch; its first link makes one owner, once', async () => {
  const full = await start({ mode: 'community', storage: 'sqlite' });
  const launch = await full.visitor().fetch('/api/session/launch', {
    method: 'POST',
    json: { secret: new URL(full.launchUrl).hash.slice('#launch='.length), language: 'fr' },
  });
  expect([launch.status, await launch.json()]).toEqual([401, { error: { code: 'launch_invalid' } }]);
  const link = await full.relay.createOwnerLink();
  if (link === null) throw new Error('the first start makes a link');
  expect(await full.relay.createOwnerLink()).toBeNull();
  const owner = await full.join(link, 'Maëlle');
  const session = await owner.json<Session>('GET', '/api/session');
  expect([owner.path, session.person?.kind, session.relay.kind]).toEqual(['/', 'owner', 'community']);
  await expect(full.join(link, 'Someone else')).rejects.toThrow('invitation_invalid');
});
