import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CarnetPage, CollectionEntry } from '#shared/api/collections.ts';
import type { CollectionActs } from '#shared/api/collectionHistory.ts';
import { momentOfEdition } from '#shared/api/exports.ts';
import { paragraph } from '#shared/document/buildContent.ts';
import { extractText } from '#shared/document/extractText.ts';
import { entriesOf, readEntry } from '#shared/document/fields.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { CarnetId, MemberId, PersonId } from '#shared/domain/ids.ts';
import { loadCaller } from '#server/Caller.ts';
import { nothingAbsent } from '#server/export/BookContent.ts';
import { gatherBook } from '#server/operations/gatherBook.ts';
import type { TestVisitor } from '../../support/newFullRelay.ts';
import { newPastNote, type PastNote } from '../../support/newPastNote.ts';

let past: PastNote;
let carnet: CarnetId;
let reader: TestVisitor;
let basile: PersonId;

beforeEach(async () => {
  past = await newPastNote('fr', 'sqlite');
  const { helene, relay, note, write, ids, wait } = past;
  carnet = (await helene.json<CarnetPage>('POST', '/api/carnets', { title: 'Quartier' })).collection
    .id as CarnetId;
  await helene.json('POST', `/api/carnets/${carnet}/entries`, { memberIds: [note] });
  const guest = { subject: 'carnet', subjectId: carnet, role: 'reader' };
  const { url } = await helene.json<{ url: string }>('POST', '/api/invitations', guest);
  reader = await relay.join(url, 'Basile');
  basile = (await reader.json<{ person: { id: PersonId } }>('GET', '/api/session')).person.id;
  await helene.json('PATCH', `/api/notes/${note}`, { visibility: 'members' });
  await write(ids.helene, paragraph('Un potager.'));
  wait(60);
});
afterEach(() => past.relay.close());

const address = (): string => `/api/carnets/${carnet}/entries/${past.note}/held`;
const hold = (json: object, who: TestVisitor = past.helene): Promise<Response> =>
  who.fetch(address(), { method: 'PUT', json });
const entryOf = async (who: TestVisitor): Promise<CollectionEntry> =>
  (await who.json<CarnetPage>('GET', `/api/carnets/${carnet}`)).entries[0]!;
async function bookOf(person: PersonId, moment: 'now' | `edition:${number}` = 'now') {
  const { operations } = past.relay.relay;
  const caller = await loadCaller(operations.catalogue, person);
  const subject = { subject: 'carnet', subjectId: carnet, moment } as const;
  const place = { site: 'Calepin', origin: null };
  const { notes, absent } = await gatherBook(
    operations,
    caller,
    subject,
    place,
    new AbortController().signal,
  );
  return { texts: notes.map((note) => extractText(note.body).trim()), absent };
}
const change = (text: string): Promise<number> => past.write(past.ids.awa, paragraph(text));

test('[R213] a carnet holds a note at a version: its page, its books and its editions say what it said then', async () => {
  expect((await hold({ held: 'now' })).status).toBe(200);
  await change('Un verger.');
  await past.relay.relay.operations.indexer.indexNow(past.note);
  for (const who of [past.helene, reader]) {
    const entry = await entryOf(who);
    expect(entry.note?.excerpt).toBe('Un potager.');
    expect(entry.held).toMatchObject({ isBehind: true, opens: true, compares: who === past.helene });
    const { body } = await who.json<{ body: BodyNode }>('GET', address());
    expect(extractText(body).trim()).toBe('Un potager.');
  }
  for (const person of [past.ids.helene, basile])
    expect(await bookOf(person)).toEqual({ texts: ['Un potager.'], absent: nothingAbsent });
  await past.helene.json('POST', `/api/carnets/${carnet}/editions`, {});
  await hold({ held: null });
  expect((await bookOf(past.ids.helene)).texts).toEqual(['Un verger.']);
  expect((await entryOf(past.helene)).held).toBe(null);
  expect((await reader.fetch(address())).status).toBe(403);
  expect((await bookOf(basile, momentOfEdition(1) as `edition:${number}`)).texts).toEqual(['Un potager.']);
  const { acts } = await past.helene.json<CollectionActs>('GET', `/api/carnets/${carnet}/history`);
  expect(acts.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['held', 'followed']));
});

test('[R213] its page reads what is held back once, whoever looks, and for nobody whom it is not for', async () => {
  const { documents, indexer } = past.relay.relay.operations;
  await hold({ held: 'now' });
  await change('Un verger.');
  await indexer.indexNow(past.note);
  const read = vi.spyOn(documents, 'read');
  for (const who of [past.helene, reader, past.helene])
    expect((await entryOf(who)).note?.excerpt).toBe('Un potager.');
  expect(read.mock.calls.filter(([id]) => id === past.note)).toHaveLength(1);
  await hold({ held: 'now' });
  await change('Une ruche.');
  expect((await entryOf(reader)).note?.excerpt).toBe('Un verger.');
  await past.helene.json('PATCH', `/api/notes/${past.note}`, { visibility: 'authors' });
  expect(JSON.stringify(await entryOf(reader))).not.toContain('verger');
});

test('[R214] who manages it is told of what changed since; they take it over, or keep what is held, and take that back', async () => {
  await hold({ held: 'now' });
  expect((await entryOf(past.helene)).held?.changedAt).toBe(null);
  await change('Un verger.');
  const before = (await entryOf(past.helene)).held!;
  expect(before.changedAt).toBeGreaterThan(before.at);
  await hold({ seen: 'now' });
  expect((await entryOf(past.helene)).held).toMatchObject({ seq: before.seq, changedAt: null });
  // A reader is told that it changed, whatever its managers looked at.
  expect((await entryOf(reader)).held).toMatchObject({ seen: null, isBehind: true });
  await hold({ seen: before.seen });
  expect((await entryOf(past.helene)).held?.changedAt).toBe(before.changedAt);
  await hold({ seen: 'now' });
  await change('Une ruche.');
  expect((await entryOf(past.helene)).held?.changedAt).not.toBe(null);
  await hold({ held: 'now' });
  expect((await bookOf(past.ids.helene)).texts).toEqual(['Une ruche.']);
  await hold({ held: before.seq });
  expect((await bookOf(past.ids.helene)).texts).toEqual(['Un potager.']);
});

test('[R213] whose history the person who holds it does not see is not opened by that', async () => {
  const { helene, note } = past;
  const invited = { subject: 'carnet', subjectId: carnet, role: 'manager' };
  const { url } = await helene.json<{ url: string }>('POST', '/api/invitations', invited);
  const camille = await past.relay.join(url, 'Camille');
  expect((await hold({ held: 'now' }, camille)).status).toBe(200);
  await change('Un verger.');
  const entry = await entryOf(reader);
  expect(entry.held).toMatchObject({ opens: false, isBehind: true });
  expect((await reader.fetch(address())).status).toBe(403);
  expect(await bookOf(basile)).toEqual({ texts: [], absent: { ...nothingAbsent, closedThen: 1 } });
  // They hold no row that they make up, and readers hold none.
  expect((await hold({ held: 9_999 }, camille)).status).toBe(400);
  expect((await hold({ held: 'now' }, reader)).status).toBe(403);
  // What an application writes of itself in the document opens nothing either.
  const { documents, indexer } = past.relay.relay.operations;
  await documents.change(carnet, { person: null, operation: 'test' }, (doc) => {
    entriesOf(doc)
      .get(note as MemberId)!
      .set('held', 2);
  });
  await indexer.indexNow(carnet);
  expect((await reader.fetch(address())).status).toBe(403);
});

test('[R213] an application that does not know of it moves, files and pins the note and keeps it held', async () => {
  await hold({ held: 'now' });
  const { seq } = (await entryOf(past.helene)).held!;
  const { documents } = past.relay.relay.operations;
  await documents.change(carnet, { person: past.ids.helene, operation: 'test' }, (doc) => {
    const entry = entriesOf(doc).get(past.note as MemberId)!;
    entry.set('order', 'z0');
    entry.set('category', null);
    entry.set('pinned', true);
  });
  const read = await documents.read(carnet);
  expect(readEntry(read!.doc, past.note as MemberId)).toMatchObject({ held: seq, pinned: true });
  read!.doc.destroy();
});
