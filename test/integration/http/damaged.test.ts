import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { CarnetPage } from '#shared/api/collections.ts';
import type { NoteContent, NotePage } from '#shared/api/notes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { type FullRelay, newFullRelay } from '../../support/newFullRelay.ts';
import { retryUntil } from '../../support/retryUntil.ts';

let full: FullRelay;
let owner: Awaited<ReturnType<FullRelay['signIn']>>;
beforeAll(async () => {
  full = await newFullRelay({ storage: 'sqlite' });
  owner = await full.signIn();
});
afterAll(() => full.close());

/** Spoils a row of a document, and the checkpoint that may hold it. */
function damage(document: string, seq: number): void {
  const database = new Database(path.join(full.dataFolder ?? '', 'calepin.sqlite'));
  const number = database
    .prepare<[string], number>('SELECT number FROM log_document WHERE document = ?')
    .pluck()
    .get(document);
  database
    .prepare('UPDATE log_row SET checksum = checksum + 1 WHERE number = ? AND seq = ?')
    .run(number, seq);
  database.prepare('UPDATE log_checkpoint SET checksum = checksum + 1 WHERE number = ?').run(number);
  database.close();
}

const isLetGo = () =>
  retryUntil('rooms to be let go', () => full.relay.operations.documents.stats().rooms === 0);

test('[R7, R71] a damaged note: its page says so, its content is what is sound, what would write or look back is refused, and no other note is touched', async () => {
  const { note } = await owner.json<NotePage>('POST', '/api/notes', { title: 'Procès-verbal' });
  const other = await owner.json<NotePage>('POST', '/api/notes', { title: 'Ailleurs' });
  const id = note.id as string as DocumentId;
  const { documents } = full.relay.operations;
  const act = { person: owner.session.person?.id ?? null, operation: 'test' };
  const write = (text: string) =>
    documents.change(id, act, (doc) => {
      const paragraph = new Y.XmlElement('paragraph');
      paragraph.insert(0, [new Y.XmlText(text)]);
      const body = doc.getXmlFragment('body');
      body.insert(body.length, [paragraph]);
    });
  await write('Lu et approuvé.');
  const { seq } = await write('Perdu.');
  const content = () => owner.json<NoteContent>('GET', `/api/notes/${id}/content`);
  const page = () => owner.json<NotePage>('GET', `/api/notes/${id}`);
  await retryUntil('the index', async () => (await page()).note.wordCount === 4);
  await isLetGo();
  damage(id, seq);

  expect((await content()).html).toContain('Lu et approuvé.');
  expect((await content()).html).not.toContain('Perdu.');
  await retryUntil('the page to say so', async () => (await page()).problem === 'damaged');
  // What is derived was found while it was whole.
  expect((await page()).note).toMatchObject({ title: 'Procès-verbal', wordCount: 4 });
  for (const route of [`/api/notes/${id}/duplicate`, `/api/notes/${id}/versions`]) {
    const answer = await owner.fetch(route, { method: 'POST', json: { name: 'x' } });
    expect([answer.status, await answer.json()]).toEqual([409, { error: { code: 'document_damaged' } }]);
  }
  expect((await owner.fetch(`/api/notes/${other.note.id}/duplicate`, { method: 'POST' })).status).toBe(201);
});

test('[R7] a damaged carnet is shown as it was; nothing is put into it', async () => {
  const { carnets } = await owner.json<{ carnets: { id: string }[] }>('GET', '/api/carnets');
  const { note } = await owner.json<NotePage>('POST', '/api/notes', { title: 'À ranger' });
  const carnet = carnets[0]?.id ?? '';
  const page = () => owner.json<CarnetPage>('GET', `/api/carnets/${carnet}`);
  const before = await page();
  expect(before.problem).toBeNull();
  expect(before.entries.length).toBeGreaterThan(2);
  await isLetGo();
  damage(carnet, 1);
  const json = { memberIds: [note.id] };
  const answer = await owner.fetch(`/api/carnets/${carnet}/entries`, { method: 'POST', json });
  expect([answer.status, await answer.json()]).toEqual([409, { error: { code: 'document_damaged' } }]);
  await retryUntil('the page to say so', async () => (await page()).problem === 'damaged');
  expect(await page()).toEqual({ ...before, problem: 'damaged' });
});
