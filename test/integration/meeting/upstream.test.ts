import { expect, onTestFinished, test, vi } from 'vitest';
import type { Authorship } from '#shared/api/history.ts';
import type { Home } from '#shared/api/homes.ts';
import type { HostedMeeting, JoinedMeetingSummary } from '#shared/api/meeting.ts';
import type { OpenClaims } from '#shared/api/mirror.ts';
import { titleOf } from '#shared/document/fields.ts';
import type { CarnetId, DocumentId, NoteId } from '#shared/domain/ids.ts';
import { noDiscovery } from '#server/meeting/Discovery.ts';
import { CopySender } from '#server/mirror/CopySender.ts';
import type { Session } from '#shared/api/session.ts';
import type { Ticket } from '#shared/api/tickets.ts';
import { freePort } from '../../support/freePort.ts';
import { newCommunity, password } from '../../support/newCommunity.ts';
import { type FullRelay, newFullRelay, type TestVisitor } from '../../support/newFullRelay.ts';
import { newAccount, newNoteOf, openAt, titleAt, write } from '../../support/newMirroring.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { TcpProxy } from '../../support/TcpProxy.ts';

/** A home with a carnet of one note of Ada's, and Ada's computer, which keeps both. Bob has an account there too. */
async function begin() {
  const port = await freePort();
  const link = await TcpProxy.start(port);
  const home = await newCommunity({ port, publicUrl: `http://127.0.0.1:${link.port}` });
  onTestFinished(async () => {
    await home.close();
    await link.close();
  });
  const ada = await home.administrator();
  const bob = await newAccount(home, ada, 'bob@exemple.org');
  const note = await newNoteOf(ada, 'Ordre du jour');
  const made = await ada.json<{ collection: { id: CarnetId } }>('POST', '/api/carnets', {
    title: 'Réunions',
  });
  const carnet = made.collection.id;
  await ada.json('POST', `/api/carnets/${carnet}/entries`, { memberIds: [note] });
  await home.relay.operations.catalogue.notes.addPerson(note, bob.id, 'author', 1);

  const host = await newComputer({ meetingAddresses: ['127.0.0.1'] });
  const followed = await follow(host.me, link, 'ada@exemple.org');
  for (const [id, kind] of [
    [carnet, 'carnet'],
    [note, 'note'],
  ] as const)
    await host.me.json('PUT', `/api/homes/${followed.id}/documents/${id}`, { kind });
  await retryUntil(
    'the entry to be here',
    async () => (await host.full.relay.operations.catalogue.derived.entries(carnet)).length === 1,
  );
  const away = async () => {
    link.cut();
    await retryUntil(
      'it is out of reach',
      () => host.full.relay.operations.mirror?.state(note)?.reachable === false,
    );
  };
  const back = async () => {
    link.mend();
    await host.me.json('POST', `/api/homes/${followed.id}/retry`);
  };
  return { home, link, ada, bob, note, carnet, host, away, back };
}

async function newComputer(options: Parameters<typeof newFullRelay>[0] = {}) {
  const full = await newFullRelay({ discovery: noDiscovery, ...options });
  onTestFinished(() => full.close());
  return { full, me: await full.signIn() };
}

const follow = (me: TestVisitor, link: TcpProxy, email: string) =>
  me.json<Home>('POST', '/api/homes', {
    address: `http://127.0.0.1:${link.port}`,
    name: 'La Ruche',
    email,
    password,
  });

/** A computer joins the meeting of another, and has a whole copy of what it holds. */
async function join(
  host: TestVisitor,
  guest: { full: FullRelay; me: TestVisitor },
  carnet: CarnetId,
  note: NoteId,
  name = 'Zoé',
) {
  const open = await host.json<HostedMeeting>('GET', '/api/meeting');
  const { meeting } =
    open.meeting === null
      ? await host.json<HostedMeeting>('POST', '/api/meeting', { carnets: [carnet], mayWrite: true })
      : open;
  const joined = await guest.me.json<JoinedMeetingSummary>('POST', '/api/joined-meetings', {
    code: meeting!.code,
    place: meeting!.places[0],
    name,
  });
  await retryUntil('the copy to be whole', () => {
    const state = guest.full.relay.operations.mirror?.state(note);
    return state?.relay === joined.id && state.isWhole;
  });
  return joined;
}

const rows = (full: FullRelay, id: DocumentId) => full.log.read(id, 0);
const digest = async (full: FullRelay, id: DocumentId) =>
  Buffer.from((await full.log.chainHead(id))!.digest).toString('hex');
const people = async (who: TestVisitor, note: NoteId) =>
  (await who.json<Authorship>('GET', `/api/notes/${note}/history/authorship`)).people.map(
    ({ name, kind, statedBy }) => [name, kind, statedBy ?? null],
  );
const toHave = (full: FullRelay, note: NoteId, words: string) =>
  retryUntil(`the title to have « ${words} »`, async () => (await titleAt(full, note)).includes(words));

test('[R305] [R332] what guests wrote without the home in what lives there goes there as their host states it, equal on all three; then they show that it is theirs', async () => {
  const { home, link, bob, ada, note, carnet, host, away, back } = await begin();
  await away();
  const zoe = await newComputer();
  await join(host.me, zoe, carnet, note);
  const [theirs, hers] = [await openAt(zoe.full, zoe.me, note), await openAt(host.full, host.me, note)];
  write(theirs, ' de Zoé');
  await toHave(host.full, note, ' de Zoé');
  write(hers, ' et d’Ada');
  await toHave(zoe.full, note, ' et d’Ada');
  write(theirs, ', puis de Zoé');
  await toHave(host.full, note, ', puis de Zoé');
  await retryUntil(
    'guest and host to be equal',
    async () => (await digest(zoe.full, note)) === (await digest(host.full, note)),
  );
  await host.me.json('DELETE', '/api/meeting');
  // Meanwhile something is written at the home.
  await home.relay.operations.documents.change(note, { person: bob.id, operation: 'restore' }, (doc) => {
    titleOf(doc).insert(0, 'Mardi : ');
  });

  await back();
  await toHave(home, note, ', puis de Zoé');
  await retryUntil('host and home to be equal', async () => {
    const state = host.full.relay.operations.mirror?.state(note);
    return state?.waiting === 0 && (await digest(host.full, note)) === (await digest(home, note));
  });
  expect(await people(ada, note)).toEqual([
    ['bob', 'account', null],
    ['ada', 'account', null],
    ['Zoé', 'stated', 'ada'],
  ]);
  // At the host's they are whom it let in.
  expect((await people(host.me, note)).map(([name, kind]) => [name, kind])).toContainEqual(['Zoé', 'guest']);
  const stated = (await rows(home, note)).filter(({ via }) => via === 'mirror').map(({ person }) => person);
  expect(new Set(stated).size).toBe(2);

  const followed = await follow(zoe.me, link, 'bob@exemple.org');
  const claims = `/api/joined-meetings/claims/${followed.id}`;
  expect(await zoe.me.json<OpenClaims>('GET', claims)).toEqual({
    open: [{ claim: expect.any(String), name: 'Zoé', statedBy: 'ada' }],
  });
  await zoe.me.json('POST', claims);
  expect(await zoe.me.json<OpenClaims>('GET', claims)).toEqual({ open: [] });
  expect(await people(ada, note)).toEqual([
    ['bob', 'account', null],
    ['ada', 'account', null],
  ]);
  await retryUntil('all three to be equal', async () => {
    const state = zoe.full.relay.operations.mirror?.state(note);
    if (state?.relay !== followed.id || state.waiting > 0) return false;
    const all = await Promise.all([home, host.full, zoe.full].map((full) => digest(full, note)));
    return new Set(all).size === 1;
  });
  // What she wrote is hers at home too, whoever it was sent as.
  const me = (await zoe.me.json<Session>('GET', '/api/session')).person;
  const here = await zoe.me.json<Authorship>('GET', `/api/notes/${note}/history/authorship`);
  expect(here.people.map(({ id }) => id)).toContain(me?.id);
  expect(here.people.map(({ kind }) => kind)).not.toContain('stated');
});

test('[R343] [R344] what a guest confirms while their host brings it is refused nobody: it goes as stated anew, or waits until they bring it themselves', async () => {
  const { home, link, bob, note, carnet, host, away, back } = await begin();
  await away();
  const zoe = await newComputer();
  await join(host.me, zoe, carnet, note);
  const theirs = await openAt(zoe.full, zoe.me, note);
  write(theirs, ' un');
  await toHave(host.full, note, ' un');
  await host.me.json('DELETE', '/api/meeting');
  const { joined } = zoe.full.relay.operations;
  const confirm = () =>
    bob.json('POST', '/api/mirror/claims', { secrets: [joined!.claims.list()[0]!.secret] });
  const recovered = async () =>
    (await host.me.json<{ notes: { title: string }[] }>('GET', '/api/notes')).notes
      .map(({ title }) => title)
      .filter((title) => title.startsWith('Copie récupérée'));
  const settled = () =>
    retryUntil('host and home to be equal', async () => {
      const state = host.full.relay.operations.mirror?.state(note);
      return state?.waiting === 0 && (await digest(host.full, note)) === (await digest(home, note));
    });

  const { follower } = host.full.relay.operations;
  const fetch = follower!.fetch.bind(follower);
  let confirms: 'before' | 'after' | null = 'after';
  const confirmOnce = async (): Promise<void> => {
    confirms = null;
    await confirm();
  };
  vi.spyOn(follower!, 'fetch').mockImplementation(async (...asked) => {
    const names = asked[1] === '/api/mirror/stated';
    if (names && confirms === 'before') await confirmOnce();
    const answer = await fetch(...asked);
    if (names && confirms === 'after') await confirmOnce();
    return answer;
  });
  // Between the host’s naming them and its bringing their rows.
  await back();
  await settled();
  expect([await titleAt(home, note), await recovered()]).toEqual(['Ordre du jour un', []]);
  expect(confirms).toBeNull();

  // Before that, and the client id is theirs by then.
  await away();
  await join(host.me, zoe, carnet, note);
  // The page that was open all along, under its own client id.
  const { ticket } = await zoe.me.json<Ticket>('POST', '/api/tickets', { document: note });
  theirs.reconnect(zoe.full.url.replace('http', 'ws') + '/sync', ticket);
  await theirs.synced();
  write(theirs, ' deux');
  await toHave(host.full, note, ' deux');
  write(await openAt(host.full, host.me, note), ' (Ada)');
  await toHave(zoe.full, note, ' (Ada)');
  await host.me.json('DELETE', '/api/meeting');
  confirms = 'before';
  const refused = vi.spyOn(CopySender.prototype, 'isSaidOfAnother');
  await back();
  await retryUntil('it to be refused', () => refused.mock.calls.length > 0);
  expect(refused.mock.calls[0]?.[1]).toMatchObject({ reason: 'client_id_of_another' });
  const followed = await follow(zoe.me, link, 'bob@exemple.org');
  await zoe.me.json('POST', `/api/joined-meetings/claims/${followed.id}`);
  await settled();
  expect(await titleAt(home, note)).toBe('Ordre du jour un deux (Ada)');
  expect(await recovered()).toEqual([]);
});

test('[R333] a guest who comes to a later meeting is who they were: the copies go on, and what was written apart in between is on both', async () => {
  const { note, carnet, host, away } = await begin();
  await away();
  const zoe = await newComputer();
  const first = await join(host.me, zoe, carnet, note);
  const [theirs, hers] = [await openAt(zoe.full, zoe.me, note), await openAt(host.full, host.me, note)];
  write(theirs, ' un');
  await toHave(host.full, note, ' un');
  await host.me.json('DELETE', '/api/meeting');
  await retryUntil('it to be over', () => zoe.full.relay.operations.joined?.isGone(first.id) === true);
  write(theirs, ' deux (Zoé)');
  await toHave(zoe.full, note, ' deux (Zoé)');
  write(hers, ' deux (Ada)');
  await toHave(host.full, note, ' deux (Ada)');

  const second = await join(host.me, zoe, carnet, note, 'Zoé B.');
  expect(second.person).toMatchObject({ id: first.person.id, name: 'Zoé B.' });
  await toHave(host.full, note, ' deux (Zoé)');
  await toHave(zoe.full, note, ' deux (Ada)');
  await retryUntil(
    'both to be equal',
    async () => (await digest(zoe.full, note)) === (await digest(host.full, note)),
  );
  expect(await titleAt(zoe.full, note)).toBe(await titleAt(host.full, note));
  // The page that was open all along goes on, under its own client id.
  const again = await openAt(zoe.full, zoe.me, note);
  write(again, ' trois');
  await toHave(host.full, note, ' trois');
  expect(
    zoe.full.relay.operations.mirror
      ?.states()
      .map(({ document }) => document)
      .toSorted(),
  ).toEqual([carnet, note].toSorted());
  const guests = (await rows(host.full, note)).filter(({ person }) => person === first.person.id);
  expect(guests.length).toBeGreaterThanOrEqual(3);
});

test('[R330] a note of the host’s own computer that is placed at a home later says there too what guests wrote in it', async () => {
  const { home, link, ada, host } = await begin();
  const note = await newNoteOf(host.me, 'Récolte');
  const made = await host.me.json<{ collection: { id: CarnetId } }>('POST', '/api/carnets', {
    title: 'Verger',
  });
  const carnet = made.collection.id;
  await host.me.json('POST', `/api/carnets/${carnet}/entries`, { memberIds: [note] });
  await retryUntil(
    'the entry to be here',
    async () => (await host.full.relay.operations.catalogue.derived.entries(carnet)).length === 1,
  );
  const zoe = await newComputer();
  await join(host.me, zoe, carnet, note);
  write(await openAt(zoe.full, zoe.me, note), ' de Zoé');
  await toHave(host.full, note, ' de Zoé');
  await host.me.json('DELETE', '/api/meeting');
  // Of what lives here there is no mark: this computer let her in.
  expect((await people(host.me, note)).map(([name, kind]) => [name, kind])).toContainEqual(['Zoé', 'guest']);

  const { homes } = await host.me.json<{ homes: Home[] }>('GET', '/api/homes');
  expect(homes[0]?.origin).toBe(`http://127.0.0.1:${link.port}`);
  await host.me.json('POST', `/api/homes/${homes[0]!.id}/place`, { document: note });
  await toHave(home, note, ' de Zoé');
  await retryUntil('the history to name her', async () =>
    (await people(ada, note)).some(([name, kind, by]) => name === 'Zoé' && kind === 'stated' && by === 'ada'),
  );
});
