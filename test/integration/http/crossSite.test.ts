import { afterEach, beforeEach, expect, test } from 'vitest';
import WebSocket from 'ws';
import type { NotePage } from '#shared/api/notes.ts';
import { type FullRelay, type TestVisitor, newFullRelay } from '../../support/newFullRelay.ts';

let full: FullRelay;
let owner: TestVisitor;
let note: string;

beforeEach(async () => {
  full = await newFullRelay();
  owner = await full.signIn();
  note = (await owner.json<NotePage>('POST', '/api/notes', { title: 'Privé' })).note.id;
});
afterEach(() => full.close());

/** How the relay answers an opening: 101, or the status of its refusal. */
function open(address: string, protocols: string[], headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(full.url.replace('http', 'ws') + address, protocols, { headers });
    socket.on('error', () => null);
    socket.once('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.once('unexpected-response', (_, response) => {
      socket.terminate();
      resolve(response.statusCode ?? 0);
    });
  });
}

const ticket = async (): Promise<string> =>
  (await owner.json<{ ticket: string }>('POST', '/api/tickets', { document: note })).ticket;

test('a page of another site opens no socket, though it got hold of a ticket', async () => {
  const protocols = async () => ['y-sync.1', `ticket.${await ticket()}`];
  for (const origin of ['https://evil.example', 'null', `${full.url}.evil.example`, `${full.url}/`])
    expect([origin, await open(`/sync/${note}`, await protocols(), { origin })]).toEqual([origin, 403]);
  expect(await open(`/sync/${note}`, await protocols(), { origin: full.url })).toBe(101);
});

test('neither the cookie nor anything in the address opens a socket', async () => {
  const own = { origin: full.url, cookie: owner.cookie };
  const secret = owner.cookie.split('=')[1] ?? '';
  expect(await open(`/sync/${note}`, [], own)).toBe(401);
  expect(await open(`/sync/${note}`, ['calepin.1'], own)).toBe(401);
  expect(await open(`/sync/${note}`, ['y-sync.1'], { ...own, authorization: `Bearer ${secret}` })).toBe(401);
  const good = await ticket();
  expect(await open(`/sync/${note}?ticket=${good}`, ['y-sync.1'], own)).toBe(401);
  expect(await open(`/sync/${note}?session=${secret}`, ['y-sync.1', 'ticket.'], own)).toBe(401);
});

test('a secret in an address signs nobody in', async () => {
  const secret = owner.cookie.split('=')[1] ?? '';
  for (const query of [
    `session=${secret}`,
    `token=${secret}`,
    `access_token=${secret}`,
    `ticket=${await ticket()}`,
  ])
    expect((await full.visitor().fetch(`/api/notes/${note}?${query}`)).status).toBe(403);
});

test('the secrets of links are behind #, where no server sees them', async () => {
  const { url } = await owner.json<{ url: string }>('POST', '/api/invitations', {
    subject: 'note',
    subjectId: note,
    role: 'reader',
  });
  for (const link of [url, full.launchUrl]) {
    const { pathname, search, hash } = new URL(link);
    expect([pathname.length < 8, search, hash.length > 43]).toEqual([true, '', true]);
  }
});
