import { stat } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Home } from '#shared/api/homes.ts';
import type { Session } from '#shared/api/session.ts';
import { FakeTimers } from '../../support/fakeTimers.ts';
import { freePort } from '../../support/freePort.ts';
import { type Community, newCommunity, password } from '../../support/newCommunity.ts';
import { type FullRelay, newFullRelay, type TestVisitor } from '../../support/newFullRelay.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { TcpProxy } from '../../support/TcpProxy.ts';

/** A community's relay behind a link that can be cut, and a computer. */
let community: Community;
let link: TcpProxy;
let computer: FullRelay;
let ada: TestVisitor & { readonly session: Session };
let me: TestVisitor & { readonly session: Session };
const timers = new FakeTimers(1_700_000_000_000);

beforeEach(async () => {
  const port = await freePort();
  link = await TcpProxy.start(port);
  community = await newCommunity({ port, publicUrl: `http://127.0.0.1:${link.port}` });
  ada = await community.administrator();
  computer = await newFullRelay({ storage: 'sqlite', timers });
  me = await computer.signIn();
});
afterEach(async () => {
  await computer.close();
  await community.close();
  await link.close();
});

const follow = (more: object = {}) =>
  me.json<Home>('POST', '/api/homes', {
    address: `http://127.0.0.1:${link.port}`,
    name: 'La Ruche',
    email: 'ada@exemple.org',
    password,
    ...more,
  });
const homes = async () => (await me.json<{ homes: Home[] }>('GET', '/api/homes')).homes;
const refused = async (body: object) => {
  const answer = await me.fetch('/api/homes', { method: 'POST', json: body });
  return [answer.status, ((await answer.json()) as { error: { code: string } }).error.code];
};

test('[R286] a relay is followed by an account there; whoever that is there is the person of this computer', async () => {
  const home = await follow();
  const { person } = ada.session;
  expect(home).toMatchObject({
    origin: `http://127.0.0.1:${link.port}`,
    name: 'La Ruche',
    personThere: person?.id,
    nameThere: 'ada',
    isReachable: true,
    problem: null,
    documents: 0,
    mending: 0,
    waiting: 0,
    waitingSince: null,
  });
  expect(await homes()).toEqual([home]);
  const { relay } = computer;
  const here = me.session.person?.id;
  expect(relay.operations.identities.of(person!.id)).toBe(here);
  expect((await relay.operations.catalogue.persons.get(person!.id))?.id).toBe(here);
  expect(JSON.stringify(home)).not.toContain('cookie');
  expect(await refused({ address: home.origin, email: 'ada@exemple.org', password })).toEqual([
    409,
    'conflict',
  ]);
});

test('[R286] what keeps the session there is readable for its owner alone, and gone when the relay is followed no more', async () => {
  const home = await follow();
  const file = path.join(computer.dataFolder!, 'secrets', `home-session-${home.id}`);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const sessions = async () =>
    (await ada.json<{ sessions: unknown[] }>('GET', '/api/sessions')).sessions.length;
  expect(await sessions()).toBe(2);
  expect((await me.fetch(`/api/homes/${home.id}`, { method: 'DELETE' })).status).toBe(204);
  expect(await homes()).toEqual([]);
  expect(await sessions()).toBe(1);
  await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
  // What was written there under that id stays theirs.
  expect(computer.relay.operations.identities.of(ada.session.person!.id)).toBe(me.session.person?.id);
});

test('[R286] nothing is followed that is no community’s relay, and no password crosses a network in the clear', async () => {
  const account = { email: 'ada@exemple.org', password };
  expect(await refused({ address: computer.url, ...account })).toEqual([502, 'no_relay_there']);
  expect(await refused({ address: `http://127.0.0.1:${await freePort()}`, ...account })).toEqual([
    502,
    'no_relay_there',
  ]);
  for (const address of [
    'http://ruche.example.org',
    'ftp://ruche.example.org',
    'https://a:b@ruche.example.org',
    'a b',
  ])
    expect(await refused({ address, ...account })).toEqual([400, 'invalid_request']);
  const wrong = { address: `http://127.0.0.1:${link.port}`, ...account, password: 'pas le bon mot' };
  expect(await refused(wrong)).toEqual([401, 'sign_in_failed']);
  expect(await homes()).toEqual([]);
});

test('[R287] whether a relay answers is said as it is: lost with the link, back at the next try, or at once when asked', async () => {
  const { id } = await follow();
  const standing = async () => {
    const [home] = await homes();
    return [home?.isReachable, home?.problem];
  };
  link.cut();
  await retryUntil('it is out of reach', async () => (await standing())[0] === false);
  expect(await standing()).toEqual([false, 'home_unreachable']);
  link.mend();
  await me.fetch(`/api/homes/${id}/retry`, { method: 'POST' });
  await retryUntil('it is back', async () => (await standing())[0] === true);
  link.cut();
  await retryUntil('it is out of reach again', async () => (await standing())[0] === false);
  link.mend();
  timers.advance(60_000);
  await retryUntil('it is back by itself', async () => (await standing())[0] === true);
});

test('[R287] a session that ended there is said to have, and another is begun by the same account only', async () => {
  const { id } = await follow();
  const { sessions } = await ada.json<{ sessions: { id: string; current: boolean }[] }>(
    'GET',
    '/api/sessions',
  );
  const other = sessions.find(({ current }) => !current);
  await ada.fetch(`/api/sessions/${other?.id}`, { method: 'DELETE' });
  timers.advance(60_000);
  await retryUntil('it is said', async () => (await homes())[0]?.problem === 'not_signed_in');
  const again = await me.json<Home>('POST', `/api/homes/${id}/session`, {
    email: 'ada@exemple.org',
    password,
  });
  expect([again.problem, again.isReachable]).toEqual([null, true]);
});

test('[R286] it is still followed after a restart, over the same session', async () => {
  const home = await follow();
  const before = await (await ada.fetch('/api/sessions')).json();
  await computer.relay.close();
  const again = await newFullRelay({ dataDir: computer.dataFolder!, timers });
  me = await again.signIn();
  await retryUntil('it is reached', async () => (await homes())[0]?.isReachable === true);
  expect(await homes()).toEqual([{ ...home, lastContact: timers.now() }]);
  const shown = (value: unknown) => (value as { sessions: unknown[] }).sessions.length;
  expect(shown(await (await ada.fetch('/api/sessions')).json())).toBe(shown(before));
  await again.close();
});

test('[R286] a community relay follows no other', async () => {
  const answer = await ada.fetch('/api/homes');
  expect([answer.status, await answer.json()]).toEqual([404, { error: { code: 'not_found_route' } }]);
});
