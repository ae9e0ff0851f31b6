import { afterEach, beforeEach, expect, test } from 'vitest';
import { asOfHeader, type Home, type HomeState } from '#shared/api/homes.ts';
import type { NoteContent, NotePage } from '#shared/api/notes.ts';
import type { Session } from '#shared/api/session.ts';
import { freePort } from '../../support/freePort.ts';
import { type Community, newCommunity, password } from '../../support/newCommunity.ts';
import { type FullRelay, newFullRelay, type TestVisitor } from '../../support/newFullRelay.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { TcpProxy } from '../../support/TcpProxy.ts';

let community: Community;
let link: TcpProxy;
let computer: FullRelay;
let ada: TestVisitor & { readonly session: Session };
let me: TestVisitor & { readonly session: Session };
let home: Home;

beforeEach(async () => {
  const port = await freePort();
  link = await TcpProxy.start(port);
  community = await newCommunity({ port, publicUrl: `http://127.0.0.1:${link.port}` });
  ada = await community.administrator();
  computer = await newFullRelay({ storage: 'sqlite' });
  me = await computer.signIn();
  home = await me.json<Home>('POST', '/api/homes', {
    address: `http://127.0.0.1:${link.port}`,
    name: 'La Ruche',
    email: 'ada@exemple.org',
    password,
  });
});
afterEach(async () => {
  await computer.close();
  await community.close();
  await link.close();
});

const stateOf = async (id: string) =>
  (await me.json<{ state: HomeState | null }>('GET', `/api/documents/${id}/home`)).state;

test('[R290] a note of a followed relay that is opened is kept here: it is read without a way there, and its rights are changed there or not at all', async () => {
  const { note } = await ada.json<NotePage>('POST', '/api/notes', { title: 'Le verger' });
  expect(await stateOf(note.id)).toBeNull();
  const kept = await me.json<HomeState>('PUT', `/api/homes/${home.id}/documents/${note.id}`, {
    kind: 'note',
  });
  expect(kept).toMatchObject({
    document: note.id,
    relay: home.id,
    role: 'author',
    isWhole: true,
    waiting: 0,
  });
  const page = await me.json<NotePage>('GET', `/api/notes/${note.id}`);
  expect([page.role, page.note.title, page.note.authors.map(({ id }) => id)]).toEqual([
    'author',
    'Le verger',
    [me.session.person?.id],
  ]);
  const { visibility } = await me
    .json<NotePage>('PATCH', `/api/notes/${note.id}`, { visibility: 'members' })
    .then((changed) => changed.note);
  expect(visibility).toBe('members');
  expect((await ada.json<NotePage>('GET', `/api/notes/${note.id}`)).note.visibility).toBe('members');

  link.cut();
  await retryUntil('it is out of reach', async () => (await stateOf(note.id))?.reachable === false);
  expect((await me.json<NoteContent>('GET', `/api/notes/${note.id}/content`)).title).toBe('Le verger');
  const away = await me.fetch(`/api/notes/${note.id}`);
  expect([away.status, away.headers.has(asOfHeader)]).toEqual([200, true]);
  const refused = await me.fetch(`/api/notes/${note.id}`, {
    method: 'PATCH',
    json: { visibility: 'public' },
  });
  expect([refused.status, await refused.json()]).toMatchObject([
    503,
    { error: { code: 'home_unreachable' } },
  ]);
  link.mend();
  await me.fetch(`/api/homes/${home.id}/retry`, { method: 'POST' });
  await retryUntil('it is back', async () => (await stateOf(note.id))?.reachable === true);
  expect((await ada.json<NotePage>('GET', `/api/notes/${note.id}`)).note.visibility).toBe('members');
});

test('[R290] a note of this computer that is placed lives there from then on, at the next contact', async () => {
  const { note } = await me.json<NotePage>('POST', '/api/notes', { title: 'Né ici' });
  link.cut();
  await retryUntil('it is out of reach', async () => {
    const { homes } = await me.json<{ homes: Home[] }>('GET', '/api/homes');
    return homes[0]?.isReachable === false;
  });
  const placed = await me.json<HomeState>('POST', `/api/homes/${home.id}/place`, { document: note.id });
  expect(placed).toMatchObject({ relay: home.id, reason: 'created', lastContact: null });
  expect(placed.waiting).toBeGreaterThan(0);
  const again = await me.fetch(`/api/homes/${home.id}/place`, {
    method: 'POST',
    json: { document: note.id },
  });
  expect(again.status).toBe(409);
  const { homes } = await me.json<{ homes: Home[] }>('GET', '/api/homes');
  expect([homes[0]?.documents, homes[0]?.waiting]).toEqual([1, placed.waiting]);
  link.mend();
  await me.fetch(`/api/homes/${home.id}/retry`, { method: 'POST' });
  await retryUntil('nothing waits', async () => (await stateOf(note.id))?.waiting === 0);
  const there = () => ada.json<NotePage>('GET', `/api/notes/${note.id}`);
  await retryUntil('it is read there', async () => (await there()).note.title === 'Né ici');
  expect((await there()).role).toBe('author');
});
