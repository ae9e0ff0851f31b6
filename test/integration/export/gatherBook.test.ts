import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CarnetPage } from '#shared/api/collections.ts';
import type { NotePage } from '#shared/api/notes.ts';
import type { Session } from '#shared/api/session.ts';
import * as build from '#shared/document/buildContent.ts';
import { termsOf } from '#shared/document/fields.ts';
import { emptySheet } from '#shared/document/sheet.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import type { CarnetId, NoteId, PersonId } from '#shared/domain/ids.ts';
import * as Y from 'yjs';
import { buildBook } from '#server/export/book/buildBook.ts';
import { gatherBook } from '#server/operations/gatherBook.ts';
import { listMissingTexts } from '#server/operations/listMissingTexts.ts';
import { loadCaller } from '#server/Caller.ts';
import { bookOptions } from '../../support/bookContent.ts';
import { newFullRelay, type FullRelay, type TestVisitor } from '../../support/newFullRelay.ts';

let full: FullRelay;
let owner: TestVisitor;
let anne: PersonId;
let basile: PersonId;
let carnet: CarnetId;
let open: NoteId;
let secret: NoteId;
let knownTerm: NoteId;
let secretTerm: NoteId;
let secretOrganisation: NoteId;

const newNote = async (
  title: string,
  kind: 'note' | 'term' | 'organisation',
  inCarnet: boolean,
): Promise<NoteId> =>
  (
    await owner.json<NotePage>('POST', '/api/notes', {
      title,
      kind,
      ...(inCarnet ? { carnetId: carnet } : {}),
    })
  ).note.id;

const write = (note: NoteId, act: (doc: Y.Doc) => void): Promise<unknown> =>
  full.relay.operations.documents.change(note, { person: anne, operation: 'test' }, act);

beforeEach(async () => {
  full = await newFullRelay();
  owner = await full.signIn();
  anne = (await owner.json<Session>('GET', '/api/session')).person!.id;
  carnet = (await owner.json<CarnetPage>('POST', '/api/carnets', { title: 'Ensemble' })).collection
    .id as CarnetId;
  open = await newNote('Ouverte', 'note', true);
  secret = await newNote('Titre réservé', 'note', true);
  knownTerm = await newNote('commun', 'term', false);
  secretTerm = await newNote('mot réservé', 'term', false);
  secretOrganisation = await newNote('Groupe réservé', 'organisation', false);
  const term = (termId: string, words: string) =>
    build.marked({ type: 'termLink', attrs: { termId } }, words);
  await write(open, (doc) => {
    replaceNoteContent(doc, {
      title: 'Ouverte',
      language: 'fr',
      sheet: emptySheet,
      body: build.body(
        build.paragraph(
          'Un ',
          term(knownTerm, 'bien'),
          ', un ',
          term(secretTerm, 'autre'),
          ', ',
          build.noteLink(secret),
        ),
        build.paragraph('avec ', build.noteLink(secretOrganisation), '.'),
      ),
    });
    termsOf(doc).set(secretTerm, new Y.Map());
  });
  await write(knownTerm, (doc) =>
    replaceNoteContent(doc, {
      title: 'commun',
      language: 'fr',
      sheet: { ...emptySheet, definition: 'Ce que l’on tient à plusieurs.', plural: ['communs'] },
      body: build.body(build.paragraph('Texte.')),
    }),
  );
  await full.relay.operations.indexer.indexNow(knownTerm);
  const invitation = { subject: 'carnet', subjectId: carnet, role: 'reader' };
  const { url } = await owner.json<{ url: string }>('POST', '/api/invitations', invitation);
  const guest = await full.join(url, 'Basile');
  basile = (await guest.json<Session>('GET', '/api/session')).person!.id;
  for (const note of [open, knownTerm])
    await owner.json('PATCH', `/api/notes/${note}`, { visibility: 'members' });
});
afterEach(() => full.close());

async function bookOf(person: PersonId) {
  const { operations } = full.relay;
  const caller = await loadCaller(operations.catalogue, person);
  const place = { site: 'Calepin', origin: 'https://exemple.org' };
  const { signal } = new AbortController();
  return gatherBook(operations, caller, { subject: 'carnet', subjectId: carnet }, place, signal);
}
const drawn = (content: Awaited<ReturnType<typeof bookOf>>): string =>
  buildBook(content, { ...bookOptions(), fontRules: '', attachmentUrl: () => null }).html.replaceAll(
    '\u00ad',
    '',
  );

test('[R198] a book holds what its reader may read, counts what is withheld, and names nothing of it: not in lexicon, index, links or headings', async () => {
  const content = await bookOf(basile);
  expect(content.notes.map((note) => note.title)).toEqual(['Ouverte']);
  expect(content.absent.withheld).toBe(1);
  expect(content.outside(knownTerm)).toEqual({
    title: 'commun',
    kind: 'term',
    definition: 'Ce que l’on tient à plusieurs.',
    forms: ['communs'],
  });
  for (const id of [secret, secretTerm, secretOrganisation]) expect(content.outside(id)).toBe(null);
  const html = drawn(content);
  expect(html).toMatch(/<dfn>commun<\/dfn>.*Ce que l’on tient à plusieurs/);
  expect(html).toContain('Une note de ce carnet est réservée à d’autres personnes');
  expect(html.split('note non accessible').length).toBe(3);
  for (const hidden of [
    secret,
    secretTerm,
    secretOrganisation,
    'Titre réservé',
    'mot réservé',
    'Groupe réservé',
  ])
    expect(html).not.toContain(hidden);
});

test('the same carnet in the hands of who may read all of it holds all of it, and its date is that of its last change', async () => {
  const content = await bookOf(anne);
  expect(content.absent.withheld).toBe(0);
  expect(content.notes.map((note) => note.title)).toEqual(['Ouverte', 'Titre réservé']);
  expect(content.managers.length).toBe(1);
  const html = drawn(content);
  expect(html).toMatch(/<dfn>commun<\/dfn>.*<dfn>mot réservé<\/dfn>/);
  expect(html).toMatch(/id="organisation-1">Groupe réservé/);
  expect(html).not.toContain('réservée à d’autres personnes');
  expect((await bookOf(anne)).date).toBe(content.date);
});

test('a term in the trash is not told of, even to its authors', async () => {
  await owner.fetch(`/api/notes/${knownTerm}`, { method: 'DELETE' });
  expect((await bookOf(anne)).outside(knownTerm)).toBe(null);
});

test('[R199] who is about to make a book is told of the pictures without a text that they may see, and which they may describe', async () => {
  const image = (alt: string | null) => build.image({ attachmentId: 'a'.repeat(22), alt });
  for (const note of [open, secret])
    await write(note, (doc) =>
      replaceNoteContent(doc, {
        title: 'Images',
        language: 'fr',
        sheet: emptySheet,
        body: build.body(image(null), image(''), image('Un potager'), image(null)),
      }),
    );
  const { operations } = full.relay;
  const missing = async (person: PersonId) =>
    listMissingTexts(
      operations,
      await loadCaller(operations.catalogue, person),
      { subject: 'carnet', subjectId: carnet },
      { site: 'Calepin', origin: null },
      new AbortController().signal,
    );
  expect(await missing(basile)).toEqual({ notes: [{ id: open, title: 'Images', count: 2, canEdit: false }] });
  expect((await missing(anne)).notes.map(({ id, canEdit }) => [id, canEdit])).toEqual([
    [open, true],
    [secret, true],
  ]);
});
