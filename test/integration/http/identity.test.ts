import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { type Authorship, authorshipSchema, type Sittings, sittingsSchema } from '#shared/api/history.ts';
import type { CarnetPage } from '#shared/api/collections.ts';
import type { NotePage } from '#shared/api/notes.ts';
import type { Session } from '#shared/api/session.ts';
import { versionListSchema } from '#shared/api/versions.ts';
import { bodyOf } from '#shared/document/fields.ts';
import type { CarnetId, NoteId, PersonId } from '#shared/domain/ids.ts';
import { type Community, newCommunity, password } from '../../support/newCommunity.ts';
import { newClient, type TestClient } from '../../support/newClient.ts';
import type { TestVisitor } from '../../support/newFullRelay.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { storages } from '../../support/storages.ts';

describe.each(storages)('a guest who signs in to an account that they have, over %s', (storage) => {
  let relay: Community;
  let ada: TestVisitor & { readonly session: Session };
  let adaId: PersonId;
  let note: NoteId;
  let guest: TestVisitor;
  let guestId: PersonId;
  const clients: TestClient[] = [];

  beforeEach(async () => {
    relay = await newCommunity({ storage });
    ada = await relay.administrator();
    adaId = ada.session.person!.id;
    const chloe = await accountOf('chloe@exemple.org');
    note = (await chloe.json<NotePage>('POST', '/api/notes', { title: 'À deux' })).note.id;
    guest = await relay.join(await invitationTo(chloe, note, 'author'), 'Ada en visite');
    guestId = (await guest.json<Session>('GET', '/api/session')).person!.id;
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await relay.close();
  });

  async function invitationTo(who: TestVisitor, subjectId: NoteId, role: string): Promise<string> {
    const body = { subject: 'note', subjectId, role };
    return (await who.json<{ url: string }>('POST', '/api/invitations', body)).url;
  }
  async function accountOf(email: string): Promise<TestVisitor> {
    const { url } = await ada.json<{ url: string }>('POST', '/api/invitations', {
      subject: 'relay',
      subjectId: null,
      role: 'member',
    });
    const visitor = relay.visitor();
    const secret = new URL(url).hash.slice(1);
    await visitor.json('POST', '/api/account', { name: 'Chloé', email, password, language: 'fr', secret });
    return visitor;
  }
  const signIn = (who: TestVisitor, join?: boolean) =>
    who.json<Session>('POST', '/api/account/sign-in', {
      email: 'ada@exemple.org',
      password,
      ...(join === undefined ? {} : { join }),
    });
  async function write(who: TestVisitor, words: string, doc?: Y.Doc): Promise<TestClient> {
    const { ticket } = await who.json<{ ticket: string }>('POST', '/api/tickets', { document: note });
    const client = newClient(`${relay.url.replace('http', 'ws')}/sync`, note, ticket, doc && { doc });
    clients.push(client);
    await client.synced();
    const text = new Y.XmlText(words);
    const element = new Y.XmlElement('paragraph');
    element.insert(0, [text]);
    bodyOf(client.doc).push([element]);
    await retryUntil(`« ${words} » to be stored`, async () =>
      JSON.stringify(await who.json('GET', `/api/notes/${note}/content`)).includes(words),
    );
    return client;
  }
  const page = (who: TestVisitor) => who.json<NotePage>('GET', `/api/notes/${note}`);
  const history = async (who: TestVisitor): Promise<{ authorship: Authorship; sittings: Sittings }> => ({
    authorship: authorshipSchema.parse(await who.json('GET', `/api/notes/${note}/history/authorship`)),
    sittings: sittingsSchema.parse(await who.json('GET', `/api/notes/${note}/history/sittings`)),
  });

  test('[R117] is one person: what they wrote, may do, said and read as a guest is the account’s', async () => {
    await write(guest, 'Écrit en visite.');
    await guest.json('POST', `/api/notes/${note}/versions`, { name: 'La mienne' });
    const own = (await guest.json<NotePage>('POST', '/api/notes', { title: 'Seule' })).note.id;
    const carnet = (await guest.json<CarnetPage>('POST', '/api/carnets', { title: 'Visites' })).collection
      .id as CarnetId;
    await guest.json('POST', `/api/carnets/${carnet}/entries`, { memberIds: [note] });
    const before = await history(guest);
    expect(before.authorship.people.map(({ id }) => id)).toContain(guestId);

    const session = await signIn(guest, true);
    expect([session.person?.id, session.joined, session.former]).toEqual([adaId, true, [guestId]]);
    // Any browser of hers, at once.
    const roles = await Promise.all([page(ada), ada.json<NotePage>('GET', `/api/notes/${own}`)]);
    expect(roles.map(({ role }) => role)).toEqual(['author', 'author']);
    expect(roles[0]!.note.authors.map(({ name }) => name)).toEqual(['Chloé', 'ada']);
    const { collection, entries, managers } = await ada.json<CarnetPage>('GET', `/api/carnets/${carnet}`);
    expect([collection.role, managers.map(({ id }) => id)]).toEqual(['manager', [adaId]]);
    expect(entries.map(({ integratedBy }) => integratedBy?.id)).toEqual([adaId]);

    await write(ada, 'Écrit chez elle.');
    const { authorship, sittings } = await history(ada);
    const writers = new Set(authorship.runs.map(({ person }) => person));
    expect([...writers]).toEqual([adaId]);
    expect(authorship.people.filter(({ id }) => id === guestId)).toEqual([]);
    const wrote = sittings.sittings.flatMap(({ people }) => people.map(({ person }) => person));
    expect(wrote).not.toContain(guestId);
    expect(sittings.sittings.flatMap(({ versions }) => versions.map(({ person }) => person))).toContain(
      adaId,
    );
    expect(sittings.people.map(({ id }) => id).filter((id) => id === adaId)).toHaveLength(1);
    const { versions } = versionListSchema.parse(await ada.json('GET', `/api/notes/${note}/versions`));
    expect(versions.find(({ name }) => name === 'La mienne')?.person?.id).toBe(adaId);
    // What she wrote in visit is no news to her.
    expect(await ada.json('GET', `/api/notes/${note}/news?after=1`)).toEqual({ news: null });
    // The rows keep what their digests hold.
    expect((await relay.log.read(note, 0)).map(({ person }) => person)).toContain(guestId);
  });

  test('[R117] what is made again from the log, after a restart too, is of the account', async () => {
    const carnet = (await guest.json<CarnetPage>('POST', '/api/carnets', { title: 'Visites' })).collection
      .id as CarnetId;
    await guest.json('POST', `/api/carnets/${carnet}/entries`, { memberIds: [note] });
    await signIn(guest, true);
    const { catalogue, indexer } = relay.relay.operations;
    await catalogue.derived.clear();
    await indexer.indexNow(carnet);
    expect((await catalogue.derived.entries(carnet)).map(({ integratedBy }) => integratedBy)).toEqual([
      adaId,
    ]);
    // She takes out what she put in.
    await ada.json('DELETE', `/api/carnets/${carnet}/entries/${note}`);
  });

  test('[R117] a guest who would rather not stays somebody else, and so does who has no guest’s session', async () => {
    expect((await signIn(guest)).former).toEqual([]);
    const { catalogue } = relay.relay.operations;
    expect((await catalogue.persons.get(guestId))?.name).toBe('Ada en visite');
    expect((await page(ada).catch(() => null))?.role).toBeUndefined();
    // The session of the guest is over with that; another sign-in has nothing to join.
    const again = await signIn(guest, true);
    expect([again.joined, again.former]).toEqual([undefined, []]);
    expect((await signIn(relay.visitor(), true)).joined).toBeUndefined();
    expect((await catalogue.register.page({ act: 'account.joined' }, null, 9)).length).toBe(0);
  });

  test('[R117] a wrong password joins nothing', async () => {
    const answer = await guest.fetch('/api/account/sign-in', {
      method: 'POST',
      json: { email: 'ada@exemple.org', password: 'pas le bon', join: true },
    });
    expect(answer.status).toBe(401);
    expect((await guest.json<Session>('GET', '/api/session')).person?.id).toBe(guestId);
  });

  test('[R117] the guest’s sockets close with their session, and what was not sent yet is sent as the account', async () => {
    const client = await write(guest, 'Envoyé.');
    await signIn(guest, true);
    expect((await client.closed).code).toBe(4401);
    // The same document, with the same client id, under the account.
    const doc = client.doc;
    const back = await write(guest, 'Resté en chemin.', doc);
    expect(bodyOf(back.doc).toJSON()).toContain('Resté en chemin.');
    expect((await relay.log.read(note, 0)).at(-1)?.person).toBe(adaId);
    expect((await guest.json<Session>('GET', '/api/session')).person?.id).toBe(adaId);
  });

  test('[R117] the register says it, as lines before it say what the guest did', async () => {
    await signIn(guest, true);
    const { catalogue } = relay.relay.operations;
    const lines = await catalogue.register.of(adaId);
    const joined = lines.filter(({ act }) => act === 'account.joined');
    expect(joined.map(({ by, person }) => [by, person])).toEqual([[adaId, guestId]]);
    expect(lines.some(({ act, person }) => act === 'note.invited' && person === guestId)).toBe(true);
  });

  test('[R117] a reader does not see further back than the guest did', async () => {
    const owner = await accountOf('denis@exemple.org');
    const old = (await owner.json<NotePage>('POST', '/api/notes', { title: 'Vieille' })).note.id;
    await owner.json('POST', `/api/notes/${old}/versions`, { name: 'Avant la visite' });
    const reader = await relay.join(await invitationTo(owner, old, 'reader'), 'Lectrice');
    const acts = (who: TestVisitor) => who.json<{ acts: unknown[] }>('GET', `/api/notes/${old}/acts`);
    expect((await acts(reader)).acts).toEqual([]);
    await signIn(reader, true);
    expect((await acts(ada)).acts).toEqual([]);
  });
});
