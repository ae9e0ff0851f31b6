import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import type { NoticeLine } from '#shared/api/notices.ts';
import type { NoteContent, NotePage } from '#shared/api/notes.ts';
import type { Session } from '#shared/api/session.ts';
import type { NoteAct, VersionSummary } from '#shared/api/versions.ts';
import type { DocumentId, MessageId, ThreadId } from '#shared/domain/ids.ts';
import { encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { encodeBatch } from '#shared/protocol/mirrorMessages.ts';
import { newId } from '#server/secrets.ts';
import { newFullRelay, type FullRelay, type TestVisitor } from '../../support/newFullRelay.ts';
import { startOwnClock } from '../../support/ownClock.ts';
import { type RawClient, rawClient } from '../../support/rawClient.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { typed } from '../relay/support.ts';

let full: FullRelay;
let owner: TestVisitor;
let other: TestVisitor;
let note: DocumentId;
const open: RawClient[] = [];

beforeEach(async () => {
  full = await newFullRelay();
  owner = await full.signIn();
  const page = await owner.json<NotePage>('POST', '/api/notes', { title: 'Règlements' });
  note = page.note.id as DocumentId;
  const { url } = await owner.json<{ url: string }>('POST', '/api/invitations', {
    subject: 'note',
    subjectId: note,
    role: 'author',
  });
  other = await full.join(url, 'Basile');
});
afterEach(async () => {
  for (const client of open.splice(0)) client.socket.terminate();
  await full.close();
});

async function connect(who: TestVisitor, wire: 'calepin.1' | 'y-sync.1' = 'calepin.1'): Promise<RawClient> {
  const asked = { document: note, wire };
  const { ticket } = await who.json<{ ticket: string }>('POST', '/api/tickets', asked);
  const client = rawClient(`${full.url.replace('http', 'ws')}/sync`, note, ticket, { wire });
  open.push(client);
  await client.join();
  return client;
}
const lock = (sentence: string | null = null) =>
  owner.json<NotePage>('PUT', `/api/notes/${note}/lock`, { day: '2026-03-05', sentence });
const unlock = () => owner.json<NotePage>('DELETE', `/api/notes/${note}/lock`);
const head = async () => (await full.relay.operations.log.head(note))!.seq;
const roles = (client: RawClient) => client.heard.flatMap((one) => (one.kind === 'access' ? [one.role] : []));

test('[R45] every way to write in a locked note is closed to its authors, and opens again when it is opened', async () => {
  const before = (await owner.json<{ versions: VersionSummary[] }>('GET', `/api/notes/${note}/versions`))
    .versions;
  const [mine, theirs] = [await connect(owner), await connect(other)];
  const page = await lock('Adoptée en assemblée générale');
  expect(page).toMatchObject({
    role: 'keeper',
    note: { lock: { day: '2026-03-05', sentence: 'Adoptée en assemblée générale' } },
  });
  const locked = await head();
  const first = before.at(-1)!.id;
  mine.send(encodeUpdate(typed('x')));
  theirs.send(encodeBatch([{ deviceTime: 1, update: typed('y') }]));
  for (const client of [mine, theirs])
    await retryUntil('the refusal', () => client.heard.some((one) => one.kind === 'refused'));
  expect(mine.heard.find((one) => one.kind === 'refused')).toMatchObject({ code: 4403, reason: 'locked' });
  // Who opens it now may not either.
  const late = await connect(other);
  late.send(encodeUpdate(typed('z')));
  await retryUntil('the refusal', () => late.heard.some((one) => one.kind === 'refused'));
  const stock = await connect(other, 'y-sync.1');
  stock.send(encodeUpdate(typed('w')));
  expect((await stock.closed).code).toBe(4403);
  const refused: (readonly [string, string, unknown?])[] = [
    ['POST', `/api/notes/${note}/versions/${first}/restore`],
    ['POST', `/api/notes/${note}/restore-good-state`],
    ['POST', `/api/notes/${note}/versions`, { name: 'Après' }],
    ['PATCH', `/api/notes/${note}`, { kind: 'term' }],
    ['DELETE', `/api/notes/${note}`],
  ];
  for (const [method, path, json] of refused) {
    const answer = await owner.fetch(path, { method, json });
    expect([path, answer.status]).toEqual([path, 403]);
  }
  expect(await head()).toBe(locked);
  // It is still theirs to read, to discuss and to look after.
  const message = { id: newId<MessageId>(), text: 'Et la prochaine fois ?' };
  await other.json('POST', `/api/notes/${note}/threads`, { id: newId<ThreadId>(), message });
  await owner.json('PATCH', `/api/notes/${note}`, { visibility: 'members' });

  expect((await unlock()).role).toBe('author');
  await retryUntil('the right to come back', () => roles(mine).at(-1) === 'author');
  const again = await connect(owner);
  again.send(encodeUpdate(typed('v')));
  await again.stored(1);
  expect(await head()).toBe(locked + 1);
});

test('[R45] while somebody types, a lock lowers every open socket within 2 s, and holds all that was taken in before', async () => {
  const [mine, theirs] = [await connect(owner), await connect(other)];
  const typing = setInterval(() => theirs.send(encodeUpdate(typed('x'))), 5);
  onTestFinished(() => clearInterval(typing));
  await retryUntil('something to be taken in', () => mine.heard.some((one) => one.kind === 'update'));
  const tookMs = startOwnClock();
  await lock();
  await retryUntil('both to be told', () =>
    [mine, theirs].every((client) => roles(client).at(-1) === 'keeper'),
  );
  expect(tookMs()).toBeLessThan(2_000);
  const refusals = () => theirs.heard.filter((one) => one.kind === 'refused').length;
  await retryUntil('refusals', () => refusals() > 3);
  const { versions } = await owner.json<{ versions: VersionSummary[] }>('GET', `/api/notes/${note}/versions`);
  expect(versions[0]).toMatchObject({
    name: 'Adoptée le\u00a05 mars 2026',
    kind: 'named',
    seq: await head(),
  });
});

test('[R46] locking and opening again are acts that readers are told of, and lines of the register', async () => {
  await owner.json('PATCH', `/api/notes/${note}`, { visibility: 'members' });
  await lock();
  expect(
    (await owner.fetch(`/api/notes/${note}/lock`, { method: 'PUT', json: { day: '2026-03-06' } })).status,
  ).toBe(409);
  await unlock();
  await unlock();
  const { acts } = await other.json<{ acts: NoteAct[] }>('GET', `/api/notes/${note}/acts`);
  expect(acts.map(({ kind }) => kind).filter((kind) => kind.endsWith('locked'))).toEqual([
    'unlocked',
    'locked',
  ]);
  const alone = await other.json<{ acts: NoteAct[] }>('GET', `/api/notes/${note}/acts?kinds=locks`);
  expect(alone.acts).toEqual(acts.filter(({ kind }) => kind.endsWith('locked')));
  const lines = await full.relay.operations.catalogue.register.about(note);
  expect(lines.filter(({ act }) => act === 'note.lock').map(({ value }) => value)).toEqual([
    '2026-03-05',
    null,
  ]);
});

test('[R133] the other authors are told that it was locked, in its words, and that it was opened again; readers and who did it are not', async () => {
  const { url } = await owner.json<{ url: string }>('POST', '/api/invitations', {
    subject: 'note',
    subjectId: note,
    role: 'reader',
  });
  const reader = await full.join(url, 'Lectrice');
  const told = async (who: TestVisitor) =>
    (await who.json<{ notices: NoticeLine[] }>('GET', '/api/notices')).notices
      .filter(({ kind }) => kind.endsWith('locked'))
      .map(({ kind, title, from, text }) => [kind, title, from?.name, text]);
  const locked = { day: '2026-03-05', sentence: 'Adoptés en assemblée' };
  expect((await owner.fetch(`/api/notes/${note}/lock`, { method: 'PUT', json: locked })).status).toBe(200);
  // Refused: nobody is told of it.
  expect((await owner.fetch(`/api/notes/${note}/lock`, { method: 'PUT', json: locked })).status).toBe(409);
  const { person } = await owner.json<Session>('GET', '/api/session');
  const first = [
    'note_locked',
    'Règlements',
    person?.name,
    'Adoptés en assemblée le\u00a05\u00a0mars\u00a02026',
  ];
  expect((await told(other)).map((line) => line.map((one) => one?.replaceAll(/\s/g, ' ')))).toEqual([
    first.map((one) => one?.replaceAll(/\s/g, ' ')),
  ]);
  await unlock();
  await unlock();
  expect((await told(other)).map(([kind]) => kind)).toEqual(['note_unlocked', 'note_locked']);
  expect([await told(owner), await told(reader)]).toEqual([[], []]);
});

test('[R46] locked again at once, it has one version of these words; a day that is none is refused', async () => {
  await lock();
  await unlock();
  await lock();
  const { versions } = await owner.json<{ versions: VersionSummary[] }>('GET', `/api/notes/${note}/versions`);
  expect(versions.filter(({ kind }) => kind === 'named')).toHaveLength(1);
  await unlock();
  for (const day of ['2026-02-30', 'hier', ''])
    expect((await owner.fetch(`/api/notes/${note}/lock`, { method: 'PUT', json: { day } })).status).toBe(400);
});

test('[R45] one in the trash is not locked', async () => {
  await owner.fetch(`/api/notes/${note}`, { method: 'DELETE' });
  expect(
    (await owner.fetch(`/api/notes/${note}/lock`, { method: 'PUT', json: { day: '2026-03-05' } })).status,
  ).toBe(409);
});

test('[R46] lists, its public page and its citation say that it was adopted, and not who locked it', async () => {
  await owner.json('PATCH', `/api/notes/${note}`, { visibility: 'public' });
  await lock('Adoptée en <b>assemblée</b>');
  const { notes } = await other.json<{ notes: NotePage['note'][] }>('GET', '/api/notes');
  expect(notes.find(({ id }) => id === note)?.lock).toEqual({
    day: '2026-03-05',
    sentence: 'Adoptée en <b>assemblée</b>',
  });
  const page = await (await full.visitor().fetch(`/notes/${note}`)).text();
  expect(page).toContain('<strong>Adoptée en &lt;b&gt;assemblée&lt;/b&gt; le\u00a05 mars 2026</strong>');
  expect(page).toContain('[Adoptée en &lt;b&gt;assemblée&lt;/b&gt; le\u00a05 mars 2026]');
  const content = await other.json<NoteContent>('GET', `/api/notes/${note}/content`);
  expect(content.title).toBe('Règlements');
});
