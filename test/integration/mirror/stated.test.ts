import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import * as Y from 'yjs';
import type { Authorship } from '#shared/api/history.ts';
import type { OpenClaims } from '#shared/api/mirror.ts';
import { schemaVersion } from '#shared/document/schema.ts';
import { titleOf } from '#shared/document/fields.ts';
import type { NoteId, PersonId } from '#shared/domain/ids.ts';
import { messageTypes } from '#shared/protocol/messages.ts';
import { encodeBatch, encodeStatedRows } from '#shared/protocol/mirrorMessages.ts';
import { Statements } from '#server/Statements.ts';
import { hashSecret, newId, newSecret } from '#server/secrets.ts';
import { mirrorClient } from '../../support/mirrorClient.ts';
import { type Community, newCommunity } from '../../support/newCommunity.ts';
import type { TestVisitor } from '../../support/newFullRelay.ts';
import { newAccount, newGuest, newNoteOf, titleAt } from '../../support/newMirroring.ts';
import { testId } from '../../support/newRelay.ts';
import { retryUntil } from '../../support/retryUntil.ts';

let home: Community;
let ada: TestVisitor & { id: PersonId };
let bob: TestVisitor & { id: PersonId };

beforeAll(async () => {
  home = await newCommunity();
  const keeper = await home.administrator();
  ada = Object.assign(keeper, { id: keeper.session.person!.id });
  bob = await newAccount(home, ada, 'bob@exemple.org');
  return () => home.close();
});

let made = 0;
/** The mirror of somebody's computer, which has a note open at the home. */
async function mirrorOf(who: TestVisitor, note: NoteId, device = made++) {
  const { ticket } = await who.json<{ ticket: string }>('POST', '/api/tickets/mirror', {
    device: testId<string>(device),
  });
  const client = mirrorClient(`${home.url.replace('http', 'ws')}/sync`, ticket);
  onTestFinished(() => client.socket.terminate());
  const document = client.on(note);
  document.open({ schema: schemaVersion });
  await document.hear('opened');
  return { document, closed: client.closed };
}

/** Rows that write at the end of a note's title. */
async function rowsOf(note: NoteId, words: readonly string[], client?: number) {
  const read = await home.relay.operations.documents.read(note);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(read!.doc));
  if (client !== undefined) doc.clientID = client;
  const rows: { deviceTime: number; update: Uint8Array }[] = [];
  doc.on('update', (update: Uint8Array) => rows.push({ deviceTime: 1_000 + rows.length, update }));
  for (const one of words) titleOf(doc).insert(titleOf(doc).length, one);
  return rows;
}

const state = async (who: TestVisitor, claim: string | null = null, name = 'Zoé', guest = newId()) =>
  (await who.json<{ person: PersonId }>('POST', '/api/mirror/stated', { guest, name, claim })).person;
const authorship = async (who: TestVisitor, note: NoteId) =>
  (await who.json<Authorship>('GET', `/api/notes/${note}/history/authorship`)).people;
const rowsAt = async (note: NoteId) => (await home.log.read(note, 0)).map(({ person }) => person);

test('[R330] rows that a computer states are of whom it names, as it says, until they show the secret; then theirs, once', async () => {
  const note = await newNoteOf(ada, 'Semis');
  const secret = newSecret();
  const guest = newId();
  const zoe = await state(ada, hashSecret(secret), 'Zoé', guest);
  expect(await state(ada, hashSecret(secret), 'Zoé', guest)).toBe(zoe);
  const { document } = await mirrorOf(ada, note);
  const rows = await rowsOf(note, [' de mars', ' et d’avril'], 77);
  document.send(encodeStatedRows({ person: zoe, rows }));
  await document.stored(2);
  document.send(encodeBatch(await rowsOf(note, [' (Ada)'])));
  await document.stored(3);
  expect(await titleAt(home, note)).toBe('Semis de mars et d’avril (Ada)');
  expect(await rowsAt(note)).toEqual([ada.id, zoe, zoe, ada.id]);
  await retryUntil('the rows to come back', () => document.rows().length === 4);
  expect(document.rows().map(({ name }) => name)).toEqual(['ada', 'Zoé\nada', 'Zoé\nada', 'ada']);
  expect((await authorship(ada, note)).find(({ id }) => id === zoe)).toMatchObject({
    kind: 'stated',
    name: 'Zoé',
    statedBy: 'ada',
  });
  // Nobody's page, and nobody who could be named.
  expect((await ada.fetch(`/api/people/${zoe}`)).status).toBe(403);

  const ask = { claims: [hashSecret(secret), hashSecret('another')] };
  expect(await bob.json<OpenClaims>('POST', '/api/mirror/claims/open', ask)).toEqual({
    open: [{ claim: hashSecret(secret), name: 'Zoé', statedBy: 'ada' }],
  });
  const confirm = (who: TestVisitor) =>
    who.json<{ people: PersonId[] }>('POST', '/api/mirror/claims', { secrets: [secret] });
  expect(await confirm(bob)).toEqual({ people: [zoe] });
  expect(await authorship(ada, note)).toEqual([
    expect.objectContaining({ id: ada.id }),
    expect.objectContaining({ id: bob.id, kind: 'account', name: 'bob' }),
  ]);
  // The rows stay as they were: their digests hold who they were of.
  expect(await rowsAt(note)).toEqual([ada.id, zoe, zoe, ada.id]);
  for (const who of [ada, bob]) expect(await confirm(who)).toEqual({ people: [] });
  expect(await bob.json<OpenClaims>('POST', '/api/mirror/claims/open', ask)).toEqual({ open: [] });
});

test('[R331] who was confirmed is written as by nobody else: what their host writes of them is stated anew, and not under a client id that is theirs', async () => {
  const note = await newNoteOf(ada, 'Taille');
  const [secret, guest] = [newSecret(), newId()];
  const zoe = await state(ada, hashSecret(secret), 'Zoé', guest);
  const { document } = await mirrorOf(ada, note);
  const [first, second] = await rowsOf(note, [' courte', ' et longue'], 78);
  document.send(encodeStatedRows({ person: zoe, rows: [first!] }));
  await document.stored(1);
  await bob.json('POST', '/api/mirror/claims', { secrets: [secret] });
  document.send(encodeStatedRows({ person: zoe, rows: [second!] }));
  expect(await document.hear('refused')).toMatchObject({ index: 2, reason: 'not_allowed' });
  const anew = await state(ada, hashSecret(secret), 'Zoé', guest);
  expect(anew).not.toBe(zoe);
  // It would be told as the account's: whose text is, is told by whose its client id is.
  document.send(encodeStatedRows({ person: anew, rows: [second!] }));
  expect(await document.hear('refused', 2)).toMatchObject({ index: 3, reason: 'client_id_of_another' });
  document.send(encodeStatedRows({ person: anew, rows: await rowsOf(note, [' puis'], 81) }));
  await document.stored(4);
  expect(await titleAt(home, note)).toBe('Taille courte puis');
  expect((await authorship(ada, note)).map(({ kind }) => kind)).toEqual(['account', 'account', 'stated']);
});

test('[R331] nobody states as anybody but whom they named, and no more than they may write', async () => {
  const note = await newNoteOf(ada, 'Récolte');
  const zoe = await state(ada);
  const byBob = await state(bob);
  const typed = await rowsOf(note, [' forgée'], 79);
  const refusedBy = async (who: TestVisitor, person: PersonId, rows = typed) => {
    const { document } = await mirrorOf(who, note);
    document.send(encodeStatedRows({ person, rows }));
    return (await document.hear('refused')).reason;
  };
  // Of an account, their own too; of nobody; of whom somebody else named.
  for (const person of [bob.id, ada.id, testId<PersonId>(9), byBob])
    expect(await refusedBy(ada, person)).toBe('not_allowed');
  // Who may read, and not write.
  const reader = await newAccount(home, ada, 'lea@exemple.org');
  const named = await state(reader);
  await ada.json('PATCH', `/api/notes/${note}`, { visibility: 'members' });
  expect(await refusedBy(reader, named)).toBe('not_allowed');
  // Under the client id of somebody else.
  const { document } = await mirrorOf(ada, note);
  document.send(encodeBatch(await rowsOf(note, [' d’Ada'], 80)));
  await document.stored(1);
  expect(await refusedBy(ada, zoe, await rowsOf(note, [' sous son nom'], 80))).toBe('client_id_of_another');
  // What is stated is held to the same size.
  const long = (await rowsOf(note, ['x'.repeat(300_000)]))[0]!;
  expect(await refusedBy(ada, zoe, [long])).toBe('invalid_content');
  expect(await titleAt(home, note)).toBe('Récolte d’Ada');
  expect(await rowsAt(note)).toEqual([ada.id, ada.id]);
});

test.each([
  ['no rows', (person: PersonId) => encodeStatedRows({ person, rows: [] })],
  [
    'no person',
    () =>
      encodeStatedRows({ person: 'x' as PersonId, rows: [{ deviceTime: 1, update: Uint8Array.of(0, 0) }] }),
  ],
  [
    'no time',
    (person: PersonId) =>
      encodeStatedRows({ person, rows: [{ deviceTime: 0, update: Uint8Array.of(0, 0) }] }),
  ],
  ['nothing', () => Uint8Array.of(messageTypes.stated)],
])('[R331] a statement with %s closes its document', async (_, message) => {
  const note = await newNoteOf(ada, 'Malformée');
  const { document } = await mirrorOf(ada, note);
  document.send(message(await state(ada)));
  expect(await document.hear('closed')).toMatchObject({ code: 4400 });
  expect(await rowsAt(note)).toHaveLength(1);
});

test('[R331] only accounts name people, within limits; a name is no sentence about somebody', async () => {
  const note = await newNoteOf(ada, 'Invitée');
  const guest = await newGuest(home, ada, note, 'Gil');
  const body = { guest: newId(), name: 'Zoé', claim: null };
  const status = async (who: TestVisitor, json: unknown) =>
    (await who.fetch('/api/mirror/stated', { method: 'POST', json })).status;
  expect(await status(home.visitor(), body)).toBe(401);
  expect(await status(guest, body)).toBe(403);
  for (const bad of [
    { name: 'Zoé\nAda' },
    { name: '' },
    { name: 'x'.repeat(81) },
    { guest: 'x' },
    { claim: 'x' },
  ])
    expect(await status(ada, { ...body, ...bad })).toBe(400);
  const claims = (who: TestVisitor) =>
    who.fetch('/api/mirror/claims', { method: 'POST', json: { secrets: [newSecret()] } });
  expect([(await claims(home.visitor())).status, (await claims(guest)).status]).toEqual([401, 403]);
  const many = await newAccount(home, ada, 'max@exemple.org');
  const { statements } = home.relay.operations;
  for (let index = 0; index < 499; index++)
    statements.add({
      person: testId<PersonId>(1_000 + index),
      host: many.id,
      guest: testId<PersonId>(2_000 + index),
      claimHash: null,
      statedAt: 1,
    });
  await state(many);
  expect(await status(many, body)).toBe(429);
  expect(await status(ada, body)).toBe(200);
});

test('[R330] what was stated is known after a start, and who was confirmed stays so', async () => {
  const stored = await newCommunity({ storage: 'sqlite' });
  const first = await stored.administrator();
  const secret = newSecret();
  const guest = newId();
  const body = { guest, name: 'Zoé', claim: hashSecret(secret) };
  const named = await first.json<{ person: PersonId }>('POST', '/api/mirror/stated', body);
  const { catalogue, identities } = stored.relay.operations;
  const again = await Statements.load(catalogue.statements, identities);
  const host = first.session.person!.id;
  expect(again.mayState(host, named.person)).toBe(true);
  await first.json('POST', '/api/mirror/claims', { secrets: [secret] });
  expect(again.mayState(host, named.person)).toBe(false);
  expect((await catalogue.identities.all()).get(named.person)).toBe(host);
  await stored.close();
});

test('[R330] a statement that could not be kept is as if it had not been asked for: asked for again, it is there', async () => {
  const { statements, persons } = home.relay.operations.catalogue;
  vi.spyOn(statements, 'add').mockRejectedValueOnce(new Error('the disk is full'));
  const guest = newId();
  await expect(state(ada, null, 'Zoé', guest)).rejects.toThrow('500');
  const person = await state(ada, null, 'Zoé', guest);
  expect(await persons.get(person)).toMatchObject({ kind: 'stated', name: 'Zoé' });
});
