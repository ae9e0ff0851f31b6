import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Attachment } from '#shared/api/attachments.ts';
import type { NotePage } from '#shared/api/notes.ts';
import { body, paragraph } from '#shared/document/buildContent.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import type { DocumentId, Epoch, NoteId, PersonId } from '#shared/domain/ids.ts';
import { verifyLog } from '#server/backup/verifyLog.ts';
import { emptyTrash } from '#server/operations/emptyTrash.ts';
import type { RelayAdapters } from '#server/index.ts';
import { type FullRelay, type TestVisitor, newFullRelay } from '../../support/newFullRelay.ts';

const day = 24 * 60 * 60 * 1000;
const secret = 'rhododendron';

let full: FullRelay;
let adapters: RelayAdapters;
let owner: TestVisitor;
let ownerId: PersonId;
let clock: number;

beforeEach(async () => {
  // After the files' own times.
  clock = Date.now() + day;
  full = await newFullRelay({
    storage: 'sqlite',
    now: () => clock,
    adapt: (own) => {
      adapters = own;
      return own;
    },
  });
  const signedIn = await full.signIn();
  owner = signedIn;
  ownerId = signedIn.session.person?.id as PersonId;
});
afterEach(() => full.close());

const empty = (signal = new AbortController().signal) =>
  emptyTrash({ ...full.relay.operations, versions: adapters.versions }, signal);

/** A note of several words and states, with a picture of its own. */
async function newNote(picture: string): Promise<{ id: NoteId; file: string }> {
  const { note } = await owner.json<NotePage>('POST', '/api/notes', { title: secret });
  const { documents, indexer } = full.relay.operations;
  for (const text of [`Un ${secret}.`, `Deux ${secret}s.`, 'Plus rien.', `Un ${secret} encore.`]) {
    await documents.change(note.id as DocumentId, { person: ownerId, operation: 'test' }, (doc) => {
      replaceNoteContent(doc, { title: secret, body: body(paragraph(text)), language: 'fr' });
    });
  }
  await indexer.indexNow(note.id as DocumentId);
  const answer = await owner.fetch(`/api/attachments?note=${note.id}&name=${picture}.txt`, {
    method: 'POST',
    body: `${picture} ${secret}`,
    headers: { 'content-type': 'text/plain' },
  });
  return { id: note.id, file: ((await answer.json()) as Attachment).id };
}

/** Files of the data folder in which a word stands as it is. */
async function filesWith(word: string): Promise<string[]> {
  const folder = full.dataFolder ?? '';
  const found: string[] = [];
  for (const one of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!one.isFile()) continue;
    const file = path.join(one.parentPath, one.name);
    if ((await readFile(file)).includes(word)) found.push(one.name);
  }
  return found;
}

test('for thirty days a note comes back from the trash whole', async () => {
  const { id } = await newNote('a');
  await owner.fetch(`/api/notes/${id}`, { method: 'DELETE' });
  clock += 30 * day;
  expect(await empty()).toBe(0);
  const back = await owner.json<NotePage>('POST', `/api/notes/${id}/untrash`);
  expect(back.note.title).toBe(secret);
});

test('after that nothing of it is left, neither in the answers nor on the disk; the register says that it was there', async () => {
  const { id, file } = await newNote('a');
  await full.relay.operations.history.name(id as DocumentId, ownerId, secret);
  await adapters.sittings.replace(id as DocumentId, 0, [], { epoch: 'e'.repeat(22) as Epoch, seq: 1 });
  expect((await filesWith(secret)).length).toBeGreaterThan(0);
  await owner.fetch(`/api/notes/${id}`, { method: 'DELETE' });
  clock += 30 * day + 1;
  expect(await empty()).toBe(1);
  const gone = await owner.fetch(`/api/notes/${id}`);
  const unknown = await owner.fetch('/api/notes/AAAAAAAAAAAAAAAAAAAAAA');
  expect([gone.status, await gone.text()]).toEqual([unknown.status, await unknown.text()]);
  expect((await owner.fetch(`/api/attachments/${file}`)).status).toBe(403);
  expect(await filesWith(secret)).toEqual([]);
  expect(await adapters.versions.list(id as DocumentId)).toEqual([]);
  expect(await adapters.sittings.counted(id as DocumentId)).toBeNull();
  expect(await full.relay.operations.catalogue.register.about(id)).toMatchObject([
    { act: 'note.trash', by: ownerId },
    { act: 'note.destroyed', by: null, at: clock },
  ]);
  expect(await empty()).toBe(0);
  const head = { epoch: 'e'.repeat(22) as Epoch, seq: 3, digest: new Uint8Array(32), time: 1 };
  const kept = { document: id as DocumentId, head: { ...head, signature: new Uint8Array(64) } };
  const { faults, notes } = await verifyLog(full.dataFolder ?? '', undefined, [kept]);
  expect([faults, notes]).toEqual([
    [],
    [`Document ${id} was destroyed on ${new Date(clock).toISOString()}.`],
  ]);
});

test('a file that another note holds stays, and so do other notes', async () => {
  const first = await newNote('pareil');
  const second = await newNote('pareil');
  await owner.fetch(`/api/notes/${first.id}`, { method: 'DELETE' });
  clock += 31 * day;
  expect(await empty()).toBe(1);
  expect(await (await owner.fetch(`/api/attachments/${second.file}`)).text()).toContain(secret);
  expect((await owner.json<NotePage>('GET', `/api/notes/${second.id}`)).note.title).toBe(secret);
  expect((await verifyLog(full.dataFolder ?? '')).faults).toEqual([]);
});

test('stopped before it begins, it destroys nothing', async () => {
  const { id } = await newNote('a');
  await owner.fetch(`/api/notes/${id}`, { method: 'DELETE' });
  clock += 31 * day;
  expect(await empty(AbortSignal.abort())).toBe(0);
  expect(await full.relay.operations.catalogue.notes.get(id)).not.toBeNull();
});
