import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { readEntries } from '#shared/document/fields.ts';
import { extractLinks, extractText } from '#shared/document/extractText.ts';
import { yDocToNoteContent } from '#shared/document/noteContent.ts';
import { readSheet } from '#shared/document/sheet.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { bodyToProseMirror } from '#shared/document/writeContent.ts';
import { memoryAdapters } from '#server/index.ts';
import { makeSample, type SampleSize } from '#server/sample/makeSample.ts';

const size: SampleSize = {
  notes: 40,
  organisations: 10,
  carnets: 5,
  bases: 3,
  communities: 3,
  people: 20,
  longestCarnet: 30,
  longestBase: 4,
};
const now = Date.UTC(2026, 10, 26);

/** A sample in memory: its documents by kind. */
async function sample(seed: number) {
  const adapters = memoryAdapters();
  const progress: number[] = [];
  await makeSample(adapters, size, { seed, now, onProgress: (done) => progress.push(done) });
  const docs = await Promise.all(
    (await adapters.log.documents()).map(async ({ document, kind }) => {
      const doc = new Y.Doc();
      for (const row of await adapters.log.read(document, 0)) Y.applyUpdate(doc, row.bytes);
      return { document, kind, doc };
    }),
  );
  return {
    adapters,
    progress,
    notes: docs.filter(({ kind }) => kind === 'note'),
    carnets: docs.filter(({ kind }) => kind === 'carnet'),
    bases: docs.filter(({ kind }) => kind === 'base'),
  };
}

test('the same seed gives the same sample, another seed another', async () => {
  const text = async (seed: number) =>
    (await sample(seed)).notes.map(({ document, doc }) => [
      document,
      extractText(yDocToNoteContent(doc).body),
    ]);
  expect(await text(7)).toEqual(await text(7));
  expect(await text(8)).not.toEqual(await text(7));
});

test('it is as large as asked for, of content that the schema holds, and its links and places lead somewhere', async () => {
  const { adapters, progress, notes, carnets, bases } = await sample(1);
  expect([notes.length, carnets.length, bases.length]).toEqual([50, 5, 3]);
  expect(progress).toEqual(Array.from({ length: 58 }, (_, at) => at + 1));
  const known = new Set<string>(notes.map(({ document }) => document));
  for (const { doc } of notes) {
    const { title, body } = yDocToNoteContent(doc);
    expect(title.length).toBeGreaterThan(5);
    expect(() => bodyToProseMirror(body)).not.toThrow();
    expect(extractText(body)).not.toMatch(/ {2}|undefined/);
    expect(extractLinks(body).filter((id) => !known.has(id))).toEqual([]);
  }
  const counts = carnets.map(
    ({ doc }) => readEntries(doc).filter(({ memberId }) => known.has(memberId)).length,
  );
  expect(Math.max(...counts)).toBe(30);
  const knownCarnets = new Set<string>(carnets.map(({ document }) => document));
  const gathered = bases.map(({ doc }) => readEntries(doc).map(({ memberId }) => memberId));
  expect(gathered.flat().filter((member) => !knownCarnets.has(member))).toEqual([]);
  expect(Math.max(...gathered.map((members) => members.length))).toBe(4);
  const { notes: listed } = await adapters.catalogue.notes.list({
    asker: null,
    trashed: false,
    sort: 'created',
    limit: 100,
    offset: 0,
  });
  expect(listed.length).toBeGreaterThan(10);
  expect(listed.every(({ authors, createdAt }) => authors.length > 0 && createdAt <= now)).toBe(true);
});

test('organisations have a region, a place in it and a telephone; terms a definition', async () => {
  const { adapters, notes } = await sample(3);
  const records = await adapters.catalogue.notes.getMany(notes.map(({ document }) => document as NoteId));
  const sheets = notes.map(({ document, doc }) => ({
    kind: records.get(document as NoteId)?.kind,
    sheet: readSheet(doc),
  }));
  const organisations = sheets.filter(({ kind }) => kind === 'organisation');
  expect(organisations).toHaveLength(10);
  for (const { sheet } of organisations) {
    expect(sheet).toMatchObject({ region: expect.any(String), phone: expect.stringContaining('555-01') });
    expect(sheet.address).toContain('(Québec)');
    expect(sheet.email).toMatch(/@.*\.example$/);
  }
  expect(organisations.filter(({ sheet }) => sheet.coordinates !== null).length).toBeGreaterThan(5);
  for (const { kind, sheet } of sheets)
    expect([kind, sheet.definition !== '']).toEqual([kind, kind === 'term']);
});

test('the first carnet and the first base, which are the longest, can be read by everybody', async () => {
  const { adapters, carnets, bases } = await sample(2);
  const entriesOf = new Map(
    [...carnets, ...bases].map(({ document, doc }) => [document as string, readEntries(doc).length]),
  );
  for (const [store, most] of [
    [adapters.catalogue.carnets, 30],
    [adapters.catalogue.bases, 4],
  ] as const) {
    const longest = (await store.list({ trashed: false })).filter(({ id }) => entriesOf.get(id) === most);
    expect(longest.map(({ visibility }) => visibility)).toContain('public');
  }
});

test('some notes are discussed, each word by somebody who may read the note, in the order in which it was said', async () => {
  const { adapters, notes } = await sample(1);
  const ids = notes.map(({ document }) => document as NoteId);
  const records = await adapters.catalogue.notes.getMany(ids);
  const threads = (await Promise.all(ids.map((id) => adapters.catalogue.threads.ofNote(id)))).flat();
  expect(threads.length).toBeGreaterThan(2);
  for (const { note, messages } of threads) {
    const record = records.get(note);
    const times = messages.map(({ createdAt }) => createdAt);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.every((at) => at <= now && at >= (record?.createdAt ?? now))).toBe(true);
    const isAmongAuthors = messages.every(({ by }) => by !== null && record?.authors.includes(by) === true);
    expect(record?.visibility !== 'authors' || isAmongAuthors).toBe(true);
  }
});

test('it is not made where there is something', async () => {
  const { adapters } = await sample(1);
  await expect(makeSample(adapters, size, { seed: 2, now })).rejects.toMatchObject({ code: 'conflict' });
});
