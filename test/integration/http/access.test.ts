import { afterEach, expect, test } from 'vitest';
import type { CarnetPage } from '#shared/api/collections.ts';
import type { NotePage } from '#shared/api/notes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { blankPrinter } from '../../support/blankPrinter.ts';
import { type TestClient, newClient } from '../../support/newClient.ts';
import { type FullRelay, type TestVisitor, newFullRelay } from '../../support/newFullRelay.ts';
import { rawClient } from '../../support/rawClient.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { startOwnClock } from '../../support/ownClock.ts';

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
  const tookMs = startOwnClock();
  await owner.fetch(`/api/notes/${note}/authors/${page.note.authors[1]?.id}`, { method: 'DELETE' });
  expect((await client.closed).code).toBe(4403);
  expect(tookMs()).toBeLessThan(2_000);
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

test('each act that takes a right on a carnet away reaches its sockets within two seconds', async () => {
  const full = await start();
  const owner = await full.signIn();
  const { collection: carnet } = await owner.json<CarnetPage>('POST', '/api/carnets', { title: 'Ensemble' });
  const change = (json: object) => owner.json('PATCH', `/api/carnets/${carnet.id}`, json);
  const { url } = await owner.json<{ url: string }>('POST', '/api/invitations', {
    subject: 'carnet',
    subjectId: carnet.id,
    role: 'contributor',
  });
  const contributor = await full.join(url, 'Basile');
  const visitor = full.visitor();

  await change({ visibility: 'public' });
  const [stays, leaves] = [
    await connect(full, contributor, carnet.id),
    await connect(full, visitor, carnet.id),
  ];
  const tookMs = startOwnClock();
  await change({ visibility: 'authors' });
  expect((await leaves.closed).code).toBe(4403);
  expect(stays.provider.wsconnected).toBe(true);

  await owner.fetch(`/api/carnets/${carnet.id}`, { method: 'DELETE' });
  expect((await stays.closed).code).toBe(4403);
  expect(tookMs()).toBeLessThan(2_000);
});

test('a changed contribution policy changes the role that a reader is told', async () => {
  const full = await start();
  const owner = await full.signIn();
  const { collection: carnet } = await owner.json<CarnetPage>('POST', '/api/carnets', { title: 'Ensemble' });
  const change = (json: object) => owner.json('PATCH', `/api/carnets/${carnet.id}`, json);
  await change({ visibility: 'members', contributionPolicy: 'members' });
  const { note } = await owner.json<NotePage>('POST', '/api/notes', {});
  const { url } = await owner.json<{ url: string }>('POST', '/api/invitations', {
    subject: 'note',
    subjectId: note.id,
    role: 'reader',
  });
  const member = await full.join(url, 'Basile');
  const { ticket } = await member.json<{ ticket: string }>('POST', '/api/tickets', {
    document: carnet.id,
    wire: 'calepin.1',
  });
  const client = rawClient(`${full.url.replace('http', 'ws')}/sync`, carnet.id, ticket);
  open.push({ close: () => client.socket.terminate() });
  await client.join();
  expect(await client.hear('access')).toMatchObject({ role: 'contributor' });
  await change({ contributionPolicy: 'contributors' });
  expect(await client.hear('access', 2)).toMatchObject({ role: 'reader' });
});

test('signing out ends the line by which a page hears of changes', async () => {
  const full = await start();
  const { guest, note, owner } = await shareNote(full, 'author');
  const answer = await guest.fetch('/api/events');
  const reader = answer.body?.getReader();
  await reader?.read();
  await guest.fetch('/api/session', { method: 'DELETE' });
  let heard = '';
  for (;;) {
    const part = await reader?.read();
    if (part?.done !== false) break;
    heard += new TextDecoder().decode(part.value);
  }
  await owner.json('PATCH', `/api/notes/${note}`, { visibility: 'members' });
  expect(heard).not.toContain(note);
  expect(full.relay.operations.events.listeners).toBe(0);
});

test('a book that was printed is not handed to who lost the right to read it meanwhile', async () => {
  const full = await start({ pdfPrinter: blankPrinter });
  const { owner, guest, note } = await shareNote(full, 'author');
  const { id } = await guest.json<{ id: string }>('POST', '/api/exports', {
    subject: 'note',
    subjectId: note,
  });
  await retryUntil(
    'the book to be printed',
    async () => (await guest.json<{ step: string }>('GET', `/api/exports/${id}`)).step === 'done',
  );
  expect((await guest.fetch(`/api/exports/${id}/file`)).status).toBe(200);
  const page = await owner.json<NotePage>('GET', `/api/notes/${note}`);
  await owner.fetch(`/api/notes/${note}/authors/${page.note.authors[1]?.id}`, { method: 'DELETE' });
  const refused = await guest.fetch(`/api/exports/${id}/file`);
  expect([refused.status, await refused.json()]).toEqual([403, { error: { code: 'not_allowed' } }]);
});

test('a relay that stops tells its sockets to come back', async () => {
  const full = await start();
  const { owner, note } = await shareNote(full, 'author');
  const client = await connect(full, owner, note);
  await full.relay.close();
  expect((await client.closed).code).toBe(1012);
});

test('a community has no launch, and gives the first link once', async () => {
  const full = await start({ mode: 'community', storage: 'sqlite' });
  const launch = await full.visitor().fetch('/api/session/launch', {
    method: 'POST',
    json: { secret: new URL(full.launchUrl).hash.slice('#launch='.length), language: 'fr' },
  });
  expect([launch.status, await launch.json()]).toEqual([401, { error: { code: 'launch_invalid' } }]);
  const link = await full.relay.createAdministratorLink();
  if (link === null) throw new Error('the first start makes a link');
  expect(await full.relay.createAdministratorLink()).toBeNull();
  // It makes an account, not a guest.
  await expect(full.join(link, 'Maëlle')).rejects.toThrow('invalid_request');
});
