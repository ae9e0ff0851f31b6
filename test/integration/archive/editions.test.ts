import { afterEach, beforeEach, expect, test } from 'vitest';
import * as build from '#shared/document/buildContent.ts';
import type { CarnetPage } from '#shared/api/collections.ts';
import type { Edition, EditionList } from '#shared/api/editions.ts';
import { type BookOptions, momentOfEdition } from '#shared/api/exports.ts';
import type { NotePage } from '#shared/api/notes.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { emptySheet } from '#shared/document/sheet.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import type { CarnetId, NoteId, PersonId } from '#shared/domain/ids.ts';
import { loadCaller } from '#server/Caller.ts';
import { type BookContent, nothingAbsent } from '#server/export/BookContent.ts';
import { arrangeBook } from '#server/export/book/arrangeBook.ts';
import { editionDigest } from '#server/export/book/edition.ts';
import { printBook } from '#server/export/book/printBook.ts';
import { ChromiumPdfPrinter } from '#server/export/ChromiumPdfPrinter.ts';
import { gatherBook } from '#server/operations/gatherBook.ts';
import { findChromium } from '../../../scripts/findChromium.mjs';
import { bringArchive } from '../../support/bringArchive.ts';
import { newArchive } from '../../support/newArchive.ts';
import { type FullRelay, newFullRelay, type TestVisitor } from '../../support/newFullRelay.ts';
import { newPastNote, type PastNote } from '../../support/newPastNote.ts';

let home: PastNote;
let away: FullRelay;
let tom: TestVisitor & { session: { person: { id: PersonId } | null } };
let carnet: CarnetId;
let compost: NoteId;
let term: NoteId;

const say = (note: NoteId, title: string, ...blocks: BodyNode[]): Promise<unknown> =>
  home.relay.relay.operations.documents.change(note, { person: home.ids.awa, operation: 'test' }, (doc) =>
    replaceNoteContent(doc, {
      title,
      language: 'fr',
      sheet: { ...emptySheet, definition: `${title}, dit-on.` },
      body: build.body(...blocks),
    }),
  );
const freeze = (title: string): Promise<Edition> =>
  home.helene.json<Edition>('POST', `/api/carnets/${carnet}/editions`, { title, theme: 'classic' });

/** A carnet of two notes and of a term that they speak of, frozen twice; everything changed since, and somebody is called otherwise. */
beforeEach(async () => {
  home = await newPastNote('fr', 'sqlite');
  away = await newFullRelay({ storage: 'sqlite' });
  tom = await away.signIn();
  const { helene, note, wait } = home;
  carnet = (await helene.json<CarnetPage>('POST', '/api/carnets', { title: 'Quartier' })).collection
    .id as CarnetId;
  compost = (await helene.json<NotePage>('POST', '/api/notes', { title: 'Compost' })).note.id;
  term = (await helene.json<NotePage>('POST', '/api/notes', { title: 'Humus', kind: 'term' })).note.id;
  await helene.json('POST', `/api/carnets/${carnet}/entries`, { memberIds: [compost, note] });
  await say(term, 'Humus', build.paragraph('Terre noire.'));
  const humus = build.marked({ type: 'termLink', attrs: { termId: term } }, 'humus');
  await say(compost, 'Compost', build.paragraph('Vers l’', humus, '.'));
  await say(note, 'Jardins', build.paragraph('Un potager, voir ', build.noteLink(compost), '.'));
  wait(30);
  await freeze('Version déposée');
  wait(24 * 60);
  await say(note, 'Jardins et vergers', build.paragraph('Un verger.'));
  await freeze('Version revue');
  wait(24 * 60);
  await say(note, 'Tout autre chose', build.paragraph('Rien de cela.'));
  await say(compost, 'Lombricompost', build.paragraph('Vers le ', humus, ' encore.'));
  await say(term, 'Terreau', build.paragraph('Brun.'));
  await helene.json('PATCH', '/api/session/person', { name: 'Hélène Tremblay' });
});
afterEach(async () => {
  await home.relay.close();
  await away.close();
});

async function bookOf(relay: FullRelay, person: PersonId, edition: number): Promise<BookContent> {
  const { operations } = relay.relay;
  return gatherBook(
    operations,
    await loadCaller(operations.catalogue, person),
    { subject: 'carnet', subjectId: carnet, moment: momentOfEdition(edition) },
    // Where somebody asks from is no part of an edition.
    { site: 'Ailleurs', origin: null },
    new AbortController().signal,
  );
}

test('[R310] two editions come with the archive of their carnet, and say the same: text, names, pages, digest', async () => {
  const archive = await newArchive(home.helene, { kind: 'carnet', id: carnet });
  expect(archive.manifest.notes.map(({ title, isBeside }) => [title, isBeside])).toEqual([
    ['Lombricompost', false],
    ['Tout autre chose', false],
    ['Terreau', true],
  ]);
  const { step } = await bringArchive(tom, archive.file);
  expect(step).toBe('done');
  const path = `/api/carnets/${carnet}/editions`;
  const there = (await home.helene.json<EditionList>('GET', path)).editions;
  const here = (await tom.json<EditionList>('GET', path)).editions;
  const told = (editions: readonly Edition[]) => editions.map(({ by: _, ...one }) => one);
  expect(told(here)).toEqual(told(there));
  expect(here.map(({ by }) => [by?.name, by?.kind])).toEqual([
    ['Hélène Tremblay', 'archived'],
    ['Hélène Tremblay', 'archived'],
  ]);
  const printer = new ChromiumPdfPrinter({ executablePath: findChromium() as string });
  const options: BookOptions = { format: 'a5', theme: 'classic', variant: 'screen', numbered: false };
  for (const { number, digest } of there) {
    const books = [
      await bookOf(home.relay, home.ids.helene, number),
      await bookOf(away, tom.session.person!.id, number),
    ];
    for (const book of books) {
      expect([editionDigest(arrangeBook(book).content), book.absent]).toEqual([digest, nothingAbsent]);
      expect(book.outside(term)?.title).toBe('Humus');
      expect(book.authors).toContain('Hélène');
    }
    const { signal } = new AbortController();
    const [first, second] = [
      await printBook(books[0]!, options, printer, signal, () => undefined),
      await printBook(books[1]!, options, printer, signal, () => undefined),
    ];
    expect(second.pages).toBe(first.pages);
    expect(Buffer.from(second.bytes).equals(Buffer.from(first.bytes))).toBe(true);
  }
});

test('[R312] a term that is here already and went on stays the one that the notes speak of', async () => {
  const before = await newArchive(home.helene, { kind: 'note', id: term });
  await bringArchive(tom, before.file);
  await tom.json('PATCH', `/api/notes/${term}`, { visibility: 'members' });
  await away.relay.operations.documents.change(
    term,
    { person: tom.session.person!.id, operation: 'test' },
    (doc) => replaceNoteContent(doc, { title: 'Humus d’ici', language: 'fr', body: build.body() }),
  );
  await say(term, 'Humus de là-bas', build.paragraph('Noir.'));
  const archive = await newArchive(home.helene, { kind: 'carnet', id: carnet });
  const { made } = await bringArchive(tom, archive.file);
  expect(made?.notes).toEqual([compost, home.note]);
  const { note } = await tom.json<NotePage>('GET', `/api/notes/${term}`);
  expect(note.title).toBe('Humus d’ici');
});
