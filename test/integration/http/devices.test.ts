import { expect, onTestFinished, test } from 'vitest';
import type { NotePage } from '#shared/api/notes.ts';
import type { Session } from '#shared/api/session.ts';
import type { SessionEntry } from '#shared/api/sessions.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import type { RelayAdapters } from '#server/index.ts';
import { type Community, newCommunity, password } from '../../support/newCommunity.ts';
import type { TestVisitor } from '../../support/newFullRelay.ts';
import { type RawClient, rawClient } from '../../support/rawClient.ts';
import { startOwnClock } from '../../support/ownClock.ts';
import { storages } from '../../support/storages.ts';

async function start(options: Parameters<typeof newCommunity>[0] = {}): Promise<Community> {
  const community = await newCommunity(options);
  onTestFinished(() => community.close());
  return community;
}

async function signIn(relay: Community, userAgent = ''): Promise<TestVisitor> {
  const visitor = relay.visitor();
  const answer = await visitor.fetch('/api/account/sign-in', {
    method: 'POST',
    json: { email: 'ada@exemple.org', password },
    headers: { 'user-agent': userAgent },
  });
  expect(answer.status).toBe(200);
  return visitor;
}

const list = async (who: TestVisitor): Promise<SessionEntry[]> =>
  (await who.json<{ sessions: SessionEntry[] }>('GET', '/api/sessions')).sessions;
const isSignedIn = async (who: TestVisitor): Promise<boolean> =>
  (await who.json<Session>('GET', '/api/session')).person !== null;
const askTicket = (who: TestVisitor, note: NoteId): Promise<{ ticket: string }> =>
  who.json('POST', '/api/tickets', { document: note, wire: 'calepin.1' });

async function connect(relay: Community, who: TestVisitor, note: NoteId): Promise<RawClient> {
  const { ticket } = await askTicket(who, note);
  const client = rawClient(`${relay.url.replace('http', 'ws')}/sync`, note, ticket);
  onTestFinished(() => client.socket.terminate());
  await client.join();
  return client;
}

test.each(storages)('a person sees where they are signed in, over %s', async (storage) => {
  const relay = await start({ storage });
  const ada = await relay.administrator();
  const other = await signIn(relay, 'Another/1.0');
  const sessions = await list(other);
  expect(sessions).toHaveLength(2);
  const here = sessions.find(({ current }) => current);
  expect(here).toMatchObject({ userAgent: 'Another/1.0' });
  expect(Math.abs(Date.now() - (here?.usedAt ?? 0))).toBeLessThan(60_000);
  expect((await list(ada)).find(({ current }) => current)?.id).not.toBe(here?.id);
  // Neither what signs in nor anybody else's.
  const [, token = ''] = /=(\w+)\./.exec(other.cookie) ?? [];
  expect(JSON.stringify(sessions)).not.toContain(token);
  expect((await relay.visitor().fetch('/api/sessions')).status).toBe(401);
});

test.each(storages)(
  'ending one session closes its sockets within two seconds, and no others, over %s',
  async (storage) => {
    const relay = await start({ storage });
    const ada = await relay.administrator();
    const { note } = await ada.json<NotePage>('POST', '/api/notes', { title: 'Ici' });
    const lost = await signIn(relay);
    const [here, there] = await Promise.all([connect(relay, ada, note.id), connect(relay, lost, note.id)]);
    const unused = await askTicket(lost, note.id);
    const id = (await list(ada)).find(({ current }) => !current)?.id;
    const tookMs = startOwnClock();
    await ada.json('DELETE', `/api/sessions/${id}`);
    expect((await there.closed).code).toBe(4401);
    expect(tookMs()).toBeLessThan(2_000);
    expect([await isSignedIn(lost), await isSignedIn(ada)]).toEqual([false, true]);
    expect(here.socket.readyState).toBe(here.socket.OPEN);
    const late = rawClient(`${relay.url.replace('http', 'ws')}/sync`, note.id, unused.ticket);
    await expect(late.closed).resolves.toMatchObject({ code: 401 });
    expect(await list(ada)).toHaveLength(1);
  },
);

test('« Se déconnecter partout » closes every socket of the person within two seconds, and nobody else’s', async () => {
  const relay = await start({ storage: 'sqlite' });
  const ada = await relay.administrator();
  const { note } = await ada.json<NotePage>('POST', '/api/notes', { title: 'Partout' });
  const invitation = { subject: 'note', subjectId: note.id, role: 'author' };
  const { url } = await ada.json<{ url: string }>('POST', '/api/invitations', invitation);
  const guest = await relay.join(url, 'Grace');
  const devices = [ada, await signIn(relay), await signIn(relay)];
  const sockets = await Promise.all(devices.map((who) => connect(relay, who, note.id)));
  const others = await connect(relay, guest, note.id);
  const tookMs = startOwnClock();
  const answer = await ada.fetch('/api/sessions', { method: 'DELETE' });
  expect(answer.headers.getSetCookie()[0]).toMatch(/^calepin-[^=]+=; Max-Age=0/);
  expect(await Promise.all(sockets.map(async ({ closed }) => (await closed).code))).toEqual([
    4401, 4401, 4401,
  ]);
  expect(tookMs()).toBeLessThan(2_000);
  expect(await Promise.all(devices.map(isSignedIn))).toEqual([false, false, false]);
  expect(others.socket.readyState).toBe(others.socket.OPEN);
  expect(await isSignedIn(guest)).toBe(true);
  const acts = (await relay.relay.operations.catalogue.register.page({}, null, 10)).map(({ act }) => act);
  expect(acts).toContain('account.signed_out_everywhere');
});

test('nobody ends somebody else’s session, nor learns of it', async () => {
  const relay = await start();
  const ada = await relay.administrator();
  const { note } = await ada.json<NotePage>('POST', '/api/notes', {});
  const invitation = { subject: 'note', subjectId: note.id, role: 'author' };
  const { url } = await ada.json<{ url: string }>('POST', '/api/invitations', invitation);
  const guest = await relay.join(url, 'Grace');
  const id = (await list(ada))[0]?.id;
  const answers = [];
  for (const target of [id, 'A'.repeat(32), '..', 'é']) {
    const answer = await guest.fetch(`/api/sessions/${encodeURIComponent(target ?? '')}`, {
      method: 'DELETE',
    });
    answers.push([answer.status, await answer.text()]);
  }
  expect(new Set(answers.slice(0, 2).map(String)).size).toBe(1);
  expect(answers[0]?.[0]).toBe(403);
  expect(await isSignedIn(ada)).toBe(true);
});

test('a session that ends while a ticket is being decided gets none', async () => {
  const relay = await start({
    adapt: (adapters: RelayAdapters) => ({
      ...adapters,
      log: new Proxy(adapters.log, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name);
          if (typeof value !== 'function') return value;
          if (name !== 'head') return value.bind(target);
          return async (...given: unknown[]) => {
            const head: unknown = await value.apply(target, given);
            await whileDeciding();
            return head;
          };
        },
      }),
    }),
  });
  let whileDeciding = (): Promise<unknown> => Promise.resolve();
  const ada = await relay.administrator();
  const { note } = await ada.json<NotePage>('POST', '/api/notes', {});
  const lost = await signIn(relay);
  const id = (await list(ada)).find(({ current }) => !current)?.id;
  whileDeciding = () => {
    whileDeciding = () => Promise.resolve();
    return ada.json('DELETE', `/api/sessions/${id}`);
  };
  await expect(askTicket(lost, note.id)).rejects.toThrow('not_signed_in');
});
