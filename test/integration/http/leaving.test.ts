import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { BasePage, CarnetPage } from '#shared/api/collections.ts';
import type { CommunityPage } from '#shared/api/communities.ts';
import type { LeavingChoice, LeavingPlan } from '#shared/api/leaving.ts';
import type { NotePage } from '#shared/api/notes.ts';
import type { Session } from '#shared/api/session.ts';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import { forgetLeaving } from '#server/operations/forgetPerson.ts';
import { type Community, accountBody, newCommunity, password } from '../../support/newCommunity.ts';
import { newClient } from '../../support/newClient.ts';
import { newFullRelay, type TestVisitor } from '../../support/newFullRelay.ts';
import { storages } from '../../support/storages.ts';

const day = 24 * 60 * 60 * 1000;
const unknown = 'A'.repeat(22);

type Somebody = TestVisitor & { readonly id: PersonId };
interface Place {
  readonly relay: Community;
  readonly ada: Somebody;
  clock: number;
  member(name: string): Promise<Somebody>;
  forget(): Promise<number>;
}

async function start(storage: 'memory' | 'sqlite' = 'memory'): Promise<Place> {
  const place = { clock: Date.now() };
  const relay = await newCommunity({ storage, now: () => place.clock });
  onTestFinished(() => relay.close());
  const admin = await relay.administrator();
  const ada = Object.assign(admin, { id: admin.session.person!.id });
  return Object.assign(place, {
    relay,
    ada,
    async member(name: string) {
      const { url } = await ada.json<{ url: string }>('POST', '/api/invitations', {
        subject: 'relay',
        role: 'member',
      });
      const visitor = relay.visitor();
      const body = accountBody(`${name}@exemple.org`, new URL(url).hash.slice(1));
      const { person } = await visitor.json<Session>('POST', '/api/account', body);
      return Object.assign(visitor, { id: person!.id });
    },
    forget: () => forgetLeaving(relay.relay.operations, new AbortController().signal),
  });
}

const planOf = (who: TestVisitor) => who.json<LeavingPlan>('GET', '/api/account/leaving');
const leave = (
  who: TestVisitor,
  choices: Record<string, LeavingChoice> = {},
  communities: Record<string, string> = {},
  word: string | null = password,
) =>
  who.fetch('/api/account/leaving', {
    method: 'POST',
    json: { choices, communities, ...(word === null ? {} : { password: word }) },
  });
const newNote = async (who: TestVisitor, title: string, community?: string, visibility?: string) => {
  const { note } = await who.json<NotePage>('POST', '/api/notes', { title });
  if (community !== undefined) await who.json('PATCH', `/api/notes/${note.id}`, { community });
  if (visibility !== undefined) await who.json('PATCH', `/api/notes/${note.id}`, { visibility });
  return note.id;
};
/** Files in which a word stands as it is; none in memory. */
const filesWith = async (folder: string | null, word: string): Promise<string[]> => {
  const found: string[] = [];
  if (folder === null) return found;
  for (const one of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (one.isFile() && (await readFile(path.join(one.parentPath, one.name))).includes(word))
      found.push(one.name);
  return found;
};

test.each(storages)(
  'everything that would be left alone is asked about, done after seven days, and the person is forgotten, over %s',
  async (storage) => {
    const place = await start(storage);
    const { relay, ada } = place;
    const bob = await place.member('bobineau');
    const carol = await place.member('carol');
    const { community } = await bob.json<CommunityPage>('POST', '/api/communities', { name: 'Voisinages' });
    const join = async (who: TestVisitor, role: string) => {
      const body = { subject: 'community', subjectId: community.id, role };
      const { url } = await bob.json<{ url: string }>('POST', '/api/invitations', body);
      await who.json('POST', '/api/invitations/accept', { secret: new URL(url).hash.slice(1) });
    };
    await join(carol, 'member');
    const [thrown, given, ours, left] = [
      await newNote(bob, 'À jeter'),
      await newNote(bob, 'Pour Carol', community.id),
      await newNote(bob, 'Aux responsables', community.id),
      await newNote(bob, 'À laisser', undefined, 'public'),
    ];
    const shared = await newNote(bob, 'À deux', community.id);
    await bob.json('POST', `/api/notes/${shared}/authors`, { personId: carol.id });
    const { collection: carnet } = await bob.json<CarnetPage>('POST', '/api/carnets', { title: 'Le carnet' });
    const { collection: base } = await bob.json<BasePage>('POST', '/api/bases', { title: 'La base' });
    await bob.json('PATCH', `/api/bases/${base.id}`, { community: community.id });
    const { collection: shut } = await bob.json<BasePage>('POST', '/api/bases', { title: 'La vieille base' });
    await ada.json('POST', `/api/notes/${left}/messages`, { text: 'Bonjour' });

    const plan = await planOf(bob);
    expect(plan).toMatchObject({ dueAt: null, isLastAdministrator: false, confirmBy: { password: true } });
    const offered = plan.notes.map((one): [string, string[] | undefined] => [
      one.title,
      one.community?.people.map(({ name }) => name),
    ]);
    expect(new Map(offered)).toEqual(
      new Map([
        ['À jeter', undefined],
        ['Pour Carol', ['carol']],
        ['Aux responsables', ['carol']],
        ['À laisser', undefined],
      ]),
    );
    expect(plan.carnets.map((one) => one.title)).toEqual(['Le carnet']);
    expect(new Set(plan.bases.map((one) => one.title))).toEqual(new Set(['La base', 'La vieille base']));
    expect(plan.communities.map((one) => [one.name, one.people.map(({ name }) => name)])).toEqual([
      ['Voisinages', ['carol']],
    ]);

    const choices: Record<string, LeavingChoice> = {
      [thrown]: { act: 'trash' },
      [given]: { act: 'hand', to: carol.id },
      [ours]: { act: 'hand', to: carol.id },
      [left]: { act: 'leave' },
      [carnet.id]: { act: 'trash' },
      [base.id]: { act: 'hand', to: carol.id },
      [shut.id]: { act: 'trash' },
    };
    const heirs = { [community.id]: carol.id };
    // What is not decided, or cannot be so, is never guessed.
    const { [thrown]: _, ...some } = choices;
    const { [base.id]: __, ...others } = choices;
    for (const [wrong, to] of [
      [some, heirs],
      [others, heirs],
      [{ ...choices, [thrown]: { act: 'leave' } }, heirs],
      [{ ...choices, [thrown]: { act: 'hand', to: null } }, heirs],
      [{ ...choices, [given]: { act: 'hand', to: ada.id } }, heirs],
      [choices, {}],
      [choices, { [community.id]: ada.id }],
    ] as [Record<string, LeavingChoice>, Record<string, string>][])
      expect((await leave(bob, wrong, to)).status).toBe(409);
    expect((await leave(bob, choices, heirs, 'not the password')).status).toBe(401);
    expect((await bob.json<Session>('GET', '/api/session')).person).not.toBeNull();

    const { ticket } = await bob.json<{ ticket: string }>('POST', '/api/tickets', { document: thrown });
    const client = newClient(`${relay.url.replace('http', 'ws')}/sync`, thrown as DocumentId, ticket);
    onTestFinished(() => client.close());
    await client.synced();
    const asked = await leave(bob, choices, heirs);
    expect(await asked.json()).toEqual({ dueAt: place.clock + 7 * day });
    expect((await client.closed).code).toBe(4401);
    expect((await bob.json<Session>('GET', '/api/session')).person).toBeNull();
    // Nothing is done before its time, but that the community has a responsable.
    place.clock += 7 * day - 1;
    expect(await place.forget()).toBe(0);
    const page = await carol.json<CommunityPage>('GET', `/api/communities/${community.id}`);
    expect(page.responsables.map(({ name }) => name)).toEqual(['bobineau', 'carol']);

    place.clock += 1;
    expect(await place.forget()).toBe(1);
    expect(await place.forget()).toBe(0);
    const { catalogue } = relay.relay.operations;
    expect((await catalogue.notes.get(thrown))?.trashedAt).toBe(place.clock);
    expect((await catalogue.carnets.get(carnet.id))?.trashedAt).toBe(place.clock);
    expect((await catalogue.bases.get(shut.id))?.trashedAt).toBe(place.clock);
    expect((await catalogue.bases.get(base.id))?.managers).toEqual([carol.id]);
    for (const id of [given, ours, shared])
      expect((await catalogue.notes.get(id))?.authors).toEqual([carol.id]);
    expect((await catalogue.communities.get(community.id))?.responsables).toEqual([carol.id]);
    const seen = await ada.json<NotePage>('GET', `/api/notes/${left}`);
    expect(seen.note.authors).toEqual([{ id: bob.id, kind: 'departed', name: '', colour: 'ardoise' }]);
    const html = await (
      await fetch(`${relay.url}/notes/${left}`, { headers: { accept: 'text/html' } })
    ).text();
    expect(html).toContain('Personne partie');
    expect(html).not.toContain('bobineau');
    expect(await catalogue.notices.list(bob.id, 10)).toEqual([]);
    const back = { email: 'bobineau@exemple.org', password };
    expect((await relay.visitor().fetch('/api/account/sign-in', { method: 'POST', json: back })).status).toBe(
      401,
    );
    expect((await catalogue.register.of(bob.id)).map((one) => one.act)).toEqual(
      expect.arrayContaining(['account.created', 'account.deletion_asked', 'account.deleted']),
    );
    // Not a word of them stands in the files; of others it does.
    const kept = relay.dataFolder === null ? 0 : 1;
    expect(await filesWith(relay.dataFolder, 'bobineau')).toEqual([]);
    expect((await filesWith(relay.dataFolder, 'carol@exemple.org')).length >= kept).toBe(true);
  },
  60_000,
);

test('an account that is closed is closed on every device, at once', async () => {
  const place = await start();
  const { relay } = place;
  const bob = await place.member('bob');
  const phone = relay.visitor();
  await phone.json<Session>('POST', '/api/account/sign-in', { email: 'bob@exemple.org', password });
  const note = await newNote(bob, 'À moi');
  const clients = [];
  for (const who of [bob, phone]) {
    const { ticket } = await who.json<{ ticket: string }>('POST', '/api/tickets', { document: note });
    const client = newClient(`${relay.url.replace('http', 'ws')}/sync`, note as string as DocumentId, ticket);
    onTestFinished(() => client.close());
    await client.synced();
    clients.push(client);
  }
  expect((await leave(bob, { [note]: { act: 'trash' } })).status).toBe(200);
  for (const client of clients) expect((await client.closed).code).toBe(4401);
  expect((await phone.json<Session>('GET', '/api/session')).person).toBeNull();
});

test('signing in again within seven days keeps everything', async () => {
  const place = await start();
  const bob = await place.member('bob');
  const note = await newNote(bob, 'À moi');
  expect((await leave(bob, { [note]: { act: 'trash' } })).status).toBe(200);
  place.clock += 7 * day - 1;
  const back = await bob.json<Session>('POST', '/api/account/sign-in', {
    email: 'bob@exemple.org',
    password,
  });
  expect(back).toMatchObject({ stayed: true, person: { id: bob.id, name: 'bob' } });
  place.clock += day;
  expect(await place.forget()).toBe(0);
  expect((await bob.json<NotePage>('GET', `/api/notes/${note}`)).note.title).toBe('À moi');
  const again = await bob.json<Session>('POST', '/api/account/sign-in', {
    email: 'bob@exemple.org',
    password,
  });
  expect(again.stayed).toBeUndefined();
});

test('the only administrator, and who is alone in a community, leave nobody without', async () => {
  const place = await start();
  const { ada } = place;
  expect((await planOf(ada)).isLastAdministrator).toBe(true);
  expect((await leave(ada)).status).toBe(409);
  const bob = await place.member('bob');
  await bob.json('POST', '/api/communities', { name: 'Seul' });
  expect((await planOf(bob)).communities).toMatchObject([{ name: 'Seul', people: [] }]);
  expect((await leave(bob)).status).toBe(409);
  expect((await bob.json<Session>('GET', '/api/session')).person).not.toBeNull();
});

test('whoever finds a browser open deletes nothing: a password, or a sign-in of a moment ago', async () => {
  const place = await start();
  const bob = await place.member('bob');
  const internal = place.relay.relay.operations.accounts;
  const sessions = internal.sessions.bind(internal);
  internal.sessions = async (person) =>
    (await sessions(person)).map((one) => ({ ...one, createdAt: one.createdAt - 11 * 60_000 }));
  const refused = await leave(bob, {}, {}, null);
  expect([refused.status, await refused.json()]).toEqual([403, { error: { code: 'sign_in_again' } }]);
  internal.sessions = sessions;
  expect((await leave(bob, {}, {}, null)).status).toBe(200);
});

test('a guest leaves too, and takes it back from the same browser', async () => {
  const place = await start();
  const { relay, ada } = place;
  const note = await newNote(ada, 'À lire');
  const { url } = await ada.json<{ url: string }>('POST', '/api/invitations', {
    subject: 'note',
    subjectId: note,
    role: 'reader',
  });
  const guest = await relay.join(url, 'Grace Hopper');
  expect(await planOf(guest)).toMatchObject({ confirmBy: null, dueAt: null });
  expect((await leave(guest, {}, {}, null)).status).toBe(200);
  expect((await planOf(guest)).dueAt).toBe(place.clock + 7 * day);
  await guest.json('DELETE', '/api/account/leaving');
  expect((await planOf(guest)).dueAt).toBeNull();
  expect((await leave(guest, {}, {}, null)).status).toBe(200);
  place.clock += 7 * day;
  expect(await place.forget()).toBe(1);
  const { person } = await guest.json<Session>('GET', '/api/session');
  expect(person).toBeNull();
  expect((await relay.relay.operations.catalogue.notes.get(note))?.readers).toEqual([]);
});

test('a visitor has nothing to delete, and the relay of one computer has no accounts', async () => {
  const place = await start();
  const local = await newFullRelay();
  onTestFinished(() => local.close());
  const person = await local.signIn();
  for (const [who, status] of [
    [place.relay.visitor(), 401],
    [person, 404],
  ] as const) {
    expect((await who.fetch('/api/account/leaving')).status).toBe(status);
    expect((await who.fetch('/api/account/leaving', { method: 'DELETE' })).status).toBe(status);
    expect((await leave(who, { [unknown]: { act: 'trash' } })).status).toBe(status);
  }
});
