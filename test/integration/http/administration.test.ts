import { expect, onTestFinished, test } from 'vitest';
import type { AdministeredPerson } from '#shared/api/administration.ts';
import type { NotePage } from '#shared/api/notes.ts';
import type { RegisterPage } from '#shared/api/register.ts';
import type { Session } from '#shared/api/session.ts';
import { type Community, accountBody, newCommunity } from '../../support/newCommunity.ts';
import { newFullRelay, type TestVisitor } from '../../support/newFullRelay.ts';
import { storages } from '../../support/storages.ts';

async function start(options: Parameters<typeof newCommunity>[0] = {}): Promise<Community> {
  const community = await newCommunity(options);
  onTestFinished(() => community.close());
  return community;
}

async function addMember(relay: Community, ada: TestVisitor, email: string) {
  const invitation = { subject: 'relay', role: 'member' };
  const { url } = await ada.json<{ url: string }>('POST', '/api/invitations', invitation);
  const visitor = relay.visitor();
  const body = accountBody(email, new URL(url).hash.slice(1));
  const { person } = await visitor.json<Session>('POST', '/api/account', body);
  return { visitor, id: person!.id };
}

const peopleOf = async (who: TestVisitor): Promise<AdministeredPerson[]> =>
  (await who.json<{ people: AdministeredPerson[] }>('GET', '/api/administration/people')).people;
const recovery = (who: TestVisitor, id: string) =>
  who.fetch(`/api/administration/people/${id}/recovery-link`, { method: 'POST' });
const setRole = async (who: TestVisitor, id: string, role: string): Promise<number> =>
  (await who.fetch(`/api/administration/people/${id}`, { method: 'PATCH', json: { role } })).status;

test.each(storages)(
  'an administrator sees everybody with their e-mails and roles, and gives a role, over %s',
  async (storage) => {
    const relay = await start({ storage });
    const ada = await relay.administrator();
    const { note } = await ada.json<NotePage>('POST', '/api/notes', { title: 'Secret' });
    const invitation = { subject: 'note', subjectId: note.id, role: 'reader' };
    const { url } = await ada.json<{ url: string }>('POST', '/api/invitations', invitation);
    await relay.join(url, 'Grace');
    const bob = await addMember(relay, ada, 'bob@exemple.org');
    const people = await peopleOf(ada);
    expect(people.map(({ name, kind, role, email }) => [name, kind, role, email])).toEqual([
      ['Grace', 'guest', 'member', null],
      ['ada', 'account', 'administrator', 'ada@exemple.org'],
      ['bob', 'account', 'member', 'bob@exemple.org'],
    ]);

    expect(await setRole(ada, bob.id, 'administrator')).toBe(204);
    expect(await peopleOf(bob.visitor)).toHaveLength(3);
    const { entries } = await bob.visitor.json<RegisterPage>('GET', '/api/administration/register');
    expect(entries[0]).toMatchObject({
      act: 'relay.role',
      by: { name: 'ada' },
      person: { name: 'bob' },
      value: 'administrator',
    });
    // It opens no note, and the register does not say what they say.
    expect((await bob.visitor.fetch(`/api/notes/${note.id}`)).status).toBe(403);
    expect(JSON.stringify(entries)).not.toContain('Secret');
  },
);

test('a relay keeps an administrator, and a guest is none', async () => {
  const relay = await start({ storage: 'sqlite' });
  const ada = await relay.administrator();
  const bob = await addMember(relay, ada, 'bob@exemple.org');
  const self = ada.session.person!.id;
  expect(await setRole(ada, self, 'member')).toBe(409);
  expect(await setRole(ada, bob.id, 'administrator')).toBe(204);
  // Both leave at once: one stays.
  const answers = await Promise.all([setRole(ada, self, 'member'), setRole(bob.visitor, bob.id, 'member')]);
  expect(answers.sort((a, b) => a - b)).toEqual([204, 409]);

  const { note } = await ada.json<NotePage>('POST', '/api/notes', {});
  const invitation = { subject: 'note', subjectId: note.id, role: 'reader' };
  const { url } = await ada.json<{ url: string }>('POST', '/api/invitations', invitation);
  const guest = await relay.join(url, 'Grace');
  const { person } = await guest.json<Session>('GET', '/api/session');
  const statuses = [await setRole(ada, person!.id, 'administrator')];
  statuses.push(await setRole(bob.visitor, person!.id, 'administrator'));
  expect(statuses.sort((a, b) => a - b)).toEqual([403, 409]);
});

test('a member, a guest and a visitor administer nothing, and the relay of one computer has nothing to administer', async () => {
  const relay = await start();
  const ada = await relay.administrator();
  const bob = await addMember(relay, ada, 'bob@exemple.org');
  const local = await newFullRelay();
  onTestFinished(() => local.close());
  const person = await local.signIn();
  for (const [who, status] of [
    [bob.visitor, 403],
    [relay.visitor(), 401],
    [person, 404],
  ] as const) {
    expect((await who.fetch('/api/administration/people')).status).toBe(status);
    for (const path of ['register', 'register.csv'])
      expect((await who.fetch(`/api/administration/${path}`)).status).toBe(status);
    expect(await setRole(who, bob.id, 'administrator')).toBe(status);
    for (const id of [bob.id, 'A'.repeat(22)]) expect((await recovery(who, id)).status).toBe(status);
    // Who is there and who is not is answered alike.
    expect(await setRole(who, 'A'.repeat(22), 'administrator')).toBe(status);
  }
  expect(await setRole(ada, 'A'.repeat(22), 'administrator')).toBe(403);
});

test.each(storages)(
  'an administrator makes a link by which somebody chooses another password, once; it is in the register, over %s',
  async (storage) => {
    const relay = await start({ storage });
    const ada = await relay.administrator();
    const bob = await addMember(relay, ada, 'bob@exemple.org');
    const answer = await recovery(ada, bob.id);
    const { url, expiresAt } = (await answer.json()) as { url: string; expiresAt: number };
    expect([answer.status, new URL(url).pathname, expiresAt > Date.now()]).toEqual([
      201,
      '/new-password',
      true,
    ]);
    const token = new URL(url).hash.slice(1);
    const body = { token, password: 'another password' };
    const choose = () => relay.visitor().fetch('/api/account/new-password', { method: 'POST', json: body });
    expect((await choose()).status).toBe(204);
    expect((await bob.visitor.json<Session>('GET', '/api/session')).person).toBeNull();
    const signedIn = { email: 'bob@exemple.org', password: 'another password' };
    const back = await relay.visitor().json<Session>('POST', '/api/account/sign-in', signedIn);
    expect(back.person?.id).toBe(bob.id);
    expect((await choose()).status).toBe(404);
    const { entries } = await ada.json<RegisterPage>('GET', '/api/administration/register');
    expect(entries).toContainEqual(
      expect.objectContaining({
        act: 'account.recovery_link_made',
        by: expect.objectContaining({ name: 'ada' }),
        person: expect.objectContaining({ name: 'bob' }),
      }),
    );
    expect(JSON.stringify(entries)).not.toContain(token);
    expect((await recovery(ada, 'A'.repeat(22))).status).toBe(403);
  },
);
