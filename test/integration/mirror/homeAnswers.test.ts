import { afterEach, beforeEach, expect, test } from 'vitest';
import { asOfHeader, type Home } from '#shared/api/homes.ts';
import type { NotePage } from '#shared/api/notes.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { newId } from '#server/secrets.ts';
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
  computer = await newFullRelay();
  me = await computer.signIn();
  home = await me.json<Home>('POST', '/api/homes', {
    address: `http://127.0.0.1:${link.port}`,
    email: 'ada@exemple.org',
    password,
  });
});
afterEach(async () => {
  await computer.close();
  await community.close();
  await link.close();
});

const at = (path: string) => me.fetch(`/api/homes/${home.id}/at${path}`);
const isAway = async () => {
  const { homes } = await me.json<{ homes: Home[] }>('GET', '/api/homes');
  return homes[0]?.isReachable === false;
};

test('[R288] a page of a followed relay is shown as the person of this computer, and again while it is out of reach, with its time', async () => {
  const { note } = await ada.json<NotePage>('POST', '/api/notes', { title: 'Le verger' });
  const before = Date.now();
  const shown = await at(`/notes/${note.id}`);
  expect([shown.status, shown.headers.get(asOfHeader)]).toEqual([200, null]);
  const page = (await shown.json()) as NotePage;
  expect(page.note.authors.map(({ id, name }) => [id, name])).toEqual([[me.session.person?.id, 'ada']]);
  expect(JSON.stringify(page)).not.toContain(ada.session.person?.id);

  link.cut();
  await retryUntil('it is out of reach', isAway);
  const again = await at(`/notes/${note.id}`);
  expect([again.status, await again.json()]).toEqual([200, page]);
  const asOf = Date.parse(again.headers.get(asOfHeader) ?? '');
  expect(asOf).toBeGreaterThanOrEqual(before);
  expect(asOf).toBeLessThanOrEqual(Date.now());

  const never = await at('/communities');
  expect([never.status, await never.json()]).toMatchObject([503, { error: { code: 'home_unreachable' } }]);
});

test('[R288] what may be seen no more is not shown from memory', async () => {
  const { note } = await ada.json<NotePage>('POST', '/api/notes', { title: 'Le verger' });
  expect((await at(`/notes/${note.id}`)).status).toBe(200);
  const { catalogue, now } = community.relay.operations;
  const boris = { ...ada.session.person!, id: newId<PersonId>(), name: 'Boris', createdAt: now() };
  await catalogue.persons.add(boris);
  await catalogue.notes.addPerson(note.id, boris.id, 'author', now());
  await catalogue.notes.removeAuthor(note.id, ada.session.person!.id);
  expect((await at(`/notes/${note.id}`)).status).toBe(403);
  link.cut();
  await retryUntil('it is out of reach', isAway);
  expect((await at(`/notes/${note.id}`)).status).toBe(503);
});

test('[R288] only lists and pages are asked of a home, and only by who is signed in here', async () => {
  for (const path of ['/session', '/notes/../session', '/administration/people', '/events'])
    expect((await at(path)).status).toBe(404);
  const stranger = await computer.visitor().fetch(`/api/homes/${home.id}/at/notes`);
  expect(stranger.status).toBe(401);
  const unknown = await me.fetch(`/api/homes/${'A'.repeat(22)}/at/notes`);
  expect(unknown.status).toBe(403);
});
