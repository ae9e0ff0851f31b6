import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CarnetPage } from '#shared/api/collections.ts';
import { type BookMoment, momentOfTime } from '#shared/api/exports.ts';
import type { NotePage } from '#shared/api/notes.ts';
import { momentOfSeq, type VersionSummary } from '#shared/api/versions.ts';
import { paragraph } from '#shared/document/buildContent.ts';
import { descriptionOf, titleOf } from '#shared/document/fields.ts';
import { extractText } from '#shared/document/extractText.ts';
import type { CarnetId, NoteId, PersonId, VersionId } from '#shared/domain/ids.ts';
import { loadCaller } from '#server/Caller.ts';
import type { BookContent, BookSubject } from '#server/export/BookContent.ts';
import { nothingAbsent } from '#server/export/BookContent.ts';
import { emptyTrash } from '#server/operations/emptyTrash.ts';
import { gatherBook } from '#server/operations/gatherBook.ts';
import { newPastNote, type PastNote } from '../../support/newPastNote.ts';
import type { TestVisitor } from '../../support/newFullRelay.ts';

let past: PastNote;
let carnet: CarnetId;
let compost: NoteId;
let reader: TestVisitor;
let basile: PersonId;
/** When the carnet held « Compost » and « Jardins », which said « Un potager. » */
let then: number;

const begun = Date.UTC(2026, 2, 12, 14, 5);
const minute = 60_000;
let clock = begun;
const wait = (minutes: number): void => {
  past.wait(minutes);
  clock += minutes * minute;
};

beforeEach(async () => {
  past = await newPastNote();
  clock = begun;
  const { helene, relay, note, write, ids } = past;
  const { documents } = relay.relay.operations;
  carnet = (await helene.json<CarnetPage>('POST', '/api/carnets', { title: 'Quartier' })).collection
    .id as CarnetId;
  compost = (await helene.json<NotePage>('POST', '/api/notes', { title: 'Compost' })).note.id;
  const guest = { subject: 'carnet', subjectId: carnet, role: 'reader' };
  const { url } = await helene.json<{ url: string }>('POST', '/api/invitations', guest);
  reader = await relay.join(url, 'Basile');
  basile = (await reader.json<{ person: { id: PersonId } }>('GET', '/api/session')).person.id;
  for (const id of [note, compost]) await helene.json('PATCH', `/api/notes/${id}`, { visibility: 'members' });
  wait(60);
  await helene.json('POST', `/api/carnets/${carnet}/entries`, { memberIds: [compost, note] });
  await write(ids.helene, paragraph('Un potager.'));
  wait(30);
  then = clock;
  wait(30);
  await write(ids.awa, paragraph('Un verger.'));
  await documents.change(carnet, { person: ids.helene, operation: 'test' }, (doc) => {
    titleOf(doc).insert(0, 'Le ');
    descriptionOf(doc).insert(0, 'Nouvelle.');
  });
  wait(24 * 60);
  await helene.json('DELETE', `/api/carnets/${carnet}/entries/${compost}`);
});
afterEach(() => past.relay.close());

async function bookOf(person: PersonId, subject: BookSubject): Promise<BookContent> {
  const { operations } = past.relay.relay;
  const caller = await loadCaller(operations.catalogue, person);
  const place = { site: 'Calepin', origin: null };
  return gatherBook(operations, caller, subject, place, new AbortController().signal);
}
const carnetAt = (person: PersonId, moment: BookMoment): Promise<BookContent> =>
  bookOf(person, { subject: 'carnet', subjectId: carnet, moment });
const told = ({ title, description, notes, absent }: BookContent) => ({
  title,
  description,
  notes: notes.map((note) => [note.title, extractText(note.body)]),
  absent,
});

test('[R208] a book of a past moment holds what the carnet held then, as its notes were', async () => {
  const { helene } = past.ids;
  expect(told(await carnetAt(helene, 'now'))).toEqual({
    title: 'Le Quartier',
    description: 'Nouvelle.',
    notes: [['Jardins', 'Un verger.']],
    absent: nothingAbsent,
  });
  const book = await carnetAt(helene, momentOfTime(then));
  expect(told(book)).toEqual({
    title: 'Quartier',
    description: '',
    notes: [
      ['Compost', ''],
      ['Jardins', 'Un potager.'],
    ],
    absent: nothingAbsent,
  });
  // The date is that of the last change of then, so that another moment without a change between makes the same book.
  expect(book.date).toBeLessThanOrEqual(then);
  expect((await carnetAt(helene, momentOfTime(then + minute))).date).toBe(book.date);
});

test('[R208] who may not see the history of a note gets nothing that it said before, and is told how many such notes there are', async () => {
  expect(told(await carnetAt(basile, momentOfTime(then)))).toEqual({
    title: 'Quartier',
    description: '',
    notes: [['Compost', '']],
    absent: { ...nothingAbsent, closedThen: 1 },
  });
  // What did not change since is what they may read today.
  expect(told(await carnetAt(basile, momentOfTime(clock + minute))).notes).toEqual([
    ['Jardins', 'Un verger.'],
  ]);
  await past.helene.json('PATCH', `/api/notes/${compost}`, { visibility: 'authors' });
  expect((await carnetAt(basile, momentOfTime(then))).absent).toEqual({
    ...nothingAbsent,
    withheld: 1,
    closedThen: 1,
  });
});

test('[R208] a note that is gone is counted, and one in the trash is there for its authors alone', async () => {
  await past.helene.fetch(`/api/notes/${compost}`, { method: 'DELETE' });
  expect(told(await carnetAt(past.ids.helene, momentOfTime(then))).notes.length).toBe(2);
  expect((await carnetAt(basile, momentOfTime(then))).absent).toEqual({
    ...nothingAbsent,
    withheld: 1,
    closedThen: 1,
  });
  wait(31 * 24 * 60);
  const { operations } = past.relay.relay;
  await emptyTrash(operations, new AbortController().signal);
  expect((await carnetAt(past.ids.helene, momentOfTime(then))).absent).toEqual({ ...nothingAbsent, gone: 1 });
});

test('[R208] a note is exported as of a version, a row or an instant, by who sees its history and nobody else', async () => {
  const { helene, note, ids } = past;
  const version = await helene.json<VersionSummary>('POST', `/api/notes/${note}/versions`, { name: 'Un' });
  await past.write(ids.helene, paragraph('Une ruche.'));
  const { lastSeq } = await helene.json<{ lastSeq: number }>('GET', `/api/notes/${note}/history/content`);
  const says = async (moment: BookMoment): Promise<string> =>
    extractText((await bookOf(ids.helene, { subject: 'note', subjectId: note, moment })).notes[0]!.body);
  expect(await says('now')).toBe('Une ruche.');
  expect(await says(version.id as VersionId)).toBe('Un verger.');
  expect(await says(momentOfSeq(lastSeq))).toBe('Une ruche.');
  expect(await says(momentOfTime(then))).toBe('Un potager.');
  const status = async (who: TestVisitor, moment: string): Promise<number> =>
    (
      await who.fetch('/api/exports', {
        method: 'POST',
        json: { subject: 'note', subjectId: note, to: 'markdown', moment },
      })
    ).status;
  expect(await status(helene, version.id)).toBe(202);
  for (const moment of [version.id, momentOfSeq(1), momentOfTime(then)])
    expect(await status(reader, moment)).toBe(403);
  // Of the one that is open to them as it is, they export that.
  expect(await status(reader, 'now')).toBe(202);
  expect(await status(helene, 'at:1')).toBe(400);
  expect(await status(helene, momentOfSeq(lastSeq + 1))).toBe(400);
  expect(await status(helene, 'hier')).toBe(400);
});

test('[R208] of a carnet nobody is told more than its history tells them', async () => {
  const print = (who: TestVisitor, at: number): Promise<Response> =>
    who.fetch(`/api/print/carnet/${carnet}?moment=at:${at}`);
  const page = await (await print(past.helene, then)).text();
  expect(page.replaceAll('\u00ad', '')).toContain('Un potager.');
  expect((await print(past.helene, begun - minute)).status).toBe(400);
  // Opened to somebody later, it tells them nothing of before.
  const other = { subject: 'carnet', subjectId: carnet, role: 'reader' };
  const { url } = await past.helene.json<{ url: string }>('POST', '/api/invitations', other);
  const late = await past.relay.join(url, 'Camille');
  expect((await print(late, then)).status).toBe(403);
  expect((await print(late, clock + minute)).status).toBe(200);
});
