import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NotePage } from '#shared/api/notes.ts';
import type { Session } from '#shared/api/session.ts';
import {
  authorshipSchema,
  putBackSchema,
  sittingsSchema,
  takeBackPreviewSchema,
} from '#shared/api/history.ts';
import { type Comparison, restoredSchema, type VersionSummary } from '#shared/api/versions.ts';
import * as build from '#shared/document/buildContent.ts';
import { bodyOf, titleOf } from '#shared/document/fields.ts';
import {
  addressOf,
  definitionOf,
  emptySheet,
  type NoteSheet,
  readSheet,
  writeContact,
  writeForms,
} from '#shared/document/sheet.ts';
import { replaceNoteContent, replaceSheet } from '#shared/document/writeContent.ts';
import type { NoteId, PersonId } from '#shared/domain/ids.ts';
import type * as Y from 'yjs';
import { gatherBook } from '#server/operations/gatherBook.ts';
import { newFullRelay, type FullRelay, type TestVisitor } from '../../support/newFullRelay.ts';

let full: FullRelay;
let owner: TestVisitor;
let guest: TestVisitor;
let anne: PersonId;
let basile: PersonId;
let note: NoteId;
let clock: number;

const first: NoteSheet = {
  ...emptySheet,
  definition: 'Qui écrit un texte.',
  plural: ['auteurs', 'autrices'],
  address: '12, rue des Érables',
  region: 'capitale-nationale',
  site: 'https://exemple.org',
};

beforeEach(async () => {
  clock = Date.UTC(2026, 2, 5, 12);
  full = await newFullRelay({ now: () => clock });
  owner = await full.signIn();
  anne = (await owner.json<Session>('GET', '/api/session')).person!.id;
  note = (await owner.json<NotePage>('POST', '/api/notes', { title: 'Auteur', kind: 'term' })).note.id;
  const { url } = await owner.json<{ url: string }>('POST', '/api/invitations', {
    subject: 'note',
    subjectId: note,
    role: 'author',
  });
  guest = await full.join(url, 'Basile');
  basile = (await guest.json<Session>('GET', '/api/session')).person!.id;
  await change(anne, (doc) =>
    replaceNoteContent(doc, {
      title: 'Auteur',
      body: build.body(build.paragraph('Un texte.')),
      language: 'fr',
      sheet: first,
    }),
  );
});
afterEach(() => full.close());

const change = (person: PersonId, act: (doc: Y.Doc) => void) =>
  full.relay.operations.documents.change(note, { person, operation: 'test' }, act);
const name = (as: string) => owner.json<VersionSummary>('POST', `/api/notes/${note}/versions`, { name: as });
const compare = (from: string, to = 'now') =>
  owner.json<Comparison>('GET', `/api/notes/${note}/comparison?from=${from}&to=${to}`);

test('[R169] a comparison tells what changed on the sheet, field by field, with who and when, between the title and the text', async () => {
  const before = await name('Avant');
  await change(basile, (doc) => {
    const definition = definitionOf(doc);
    definition.insert(definition.length - 1, ' et le signe');
    writeForms(doc, 'plural', ['auteurs', 'auteurices']);
    writeContact(doc, 'region', 'estrie');
    writeContact(doc, 'site', null);
    writeContact(doc, 'phone', '418 555-0123');
  });
  await change(anne, (doc) => addressOf(doc).insert(0, 'Local 3, '));
  const { title, fields, summary, changeCount } = await compare(before.id);
  expect(title.every((part) => part.change === 'same')).toBe(true);
  const rows = await full.relay.operations.log.read(note, before.seq);
  const [his, hers] = [rows[0]!.time, rows[1]!.time];
  const [same, added, removed] = (['same', 'added', 'removed'] as const).map(
    (kind) => (text: string, person: PersonId | null) => ({ text, change: kind, person }),
  );
  expect(fields).toEqual([
    {
      field: 'definition',
      parts: [same!('Qui écrit un texte', null), added!(' et le signe', basile), same!('.', null)],
      at: his,
      number: 1,
    },
    {
      field: 'plural',
      parts: [same!('auteurs', null), removed!('autrices', basile), added!('auteurices', basile)],
      at: his,
      number: 2,
    },
    {
      field: 'address',
      parts: [added!('Local 3, ', anne), same!('12, rue des Érables', null)],
      at: hers,
      number: 3,
    },
    {
      field: 'region',
      parts: [removed!('capitale-nationale', basile), added!('estrie', basile)],
      at: his,
      number: 4,
    },
    { field: 'phone', parts: [added!('418 555-0123', basile)], at: his, number: 5 },
    { field: 'site', parts: [removed!('https://exemple.org', basile)], at: his, number: 6 },
  ]);
  expect(changeCount).toBe(6);
  expect(new Set(summary.map(({ person }) => person))).toEqual(new Set([anne, basile]));
  // What has not its form is told of nowhere, as it is shown nowhere.
  await change(basile, (doc) => doc.getMap('contact').set('email', 'pas un courriel'));
  const after = await name('Après');
  expect((await compare(before.id, after.id)).fields.map(({ field }) => field)).not.toContain('email');
  expect((await compare(after.id)).fields).toEqual([]);
});

test('[R179] the title, or one field of the sheet, says again what it said; all else stays', async () => {
  const { seq } = await name('Avant');
  await change(basile, (doc) => {
    const said = { ...first, definition: 'Autre chose.', region: 'estrie' as const, plural: ['auteurices'] };
    const body = build.body(build.paragraph('Un autre texte.'));
    replaceNoteContent(doc, { title: 'Autrice', body, language: 'fr', sheet: said });
  });
  const path = `/api/notes/${note}/history`;
  const answer = async (field: string) =>
    putBackSchema.parse(await owner.json('POST', `${path}/put-back`, { seq, field })).seq;
  const said = async () => {
    const { doc } = (await full.relay.operations.documents.read(note))!;
    return { title: titleOf(doc).toJSON(), sheet: readSheet(doc), text: bodyOf(doc).toJSON() };
  };
  const now = await said();
  expect(await answer('definition')).toBeGreaterThan(seq);
  expect(await said()).toEqual({ ...now, sheet: { ...now.sheet, definition: first.definition } });
  await answer('plural');
  await answer('region');
  await answer('title');
  const back = { definition: first.definition, plural: first.plural, region: first.region };
  expect(await said()).toEqual({ ...now, title: 'Auteur', sheet: { ...now.sheet, ...back } });
  expect(now.text).toContain('Un autre texte.');
  expect([await answer('title'), await answer('region')]).toEqual([null, null]);
  const { sittings } = sittingsSchema.parse(await owner.json('GET', `${path}/sittings`));
  expect(sittings.slice(0, 4).map(({ kind }) => kind)).toEqual(Array(4).fill('putBack'));
  for (const wrong of [
    { seq, field: 'body' },
    { seq, field: 'title', at: 0 },
    { seq: 999, field: 'title' },
  ])
    expect((await owner.fetch(`${path}/put-back`, { method: 'POST', json: wrong })).status).toBe(400);
});

test('[R179] a title or a field that is put back keeps its first author, whoever puts it back', async () => {
  const { seq } = await name('Avant');
  const away = { title: 'Fil', body: build.body(build.paragraph('Un texte.')), language: 'fr' };
  const { seq: between } = await change(basile, (doc) =>
    replaceNoteContent(doc, { ...away, sheet: { ...first, definition: 'Zoo\u00a0!' } }),
  );
  const path = `/api/notes/${note}/history`;
  for (const field of ['title', 'definition']) await guest.json('POST', `${path}/put-back`, { seq, field });
  const { title } = authorshipSchema.parse(await owner.json('GET', `${path}/authorship`));
  expect(
    title.map(({ from, to, person, carried }) => [from, to, person, carried?.kind, carried?.person]),
  ).toEqual([[0, 'Auteur'.length, anne, 'restored', basile]]);
  // What came since he wrote something else is hers again; what went was his.
  const compared = await compare(`seq:${between}`);
  const said = (parts: Comparison['title']) =>
    parts.map(({ change: kind, text, person }) => [kind, text, person]);
  expect(said(compared.title)).toEqual([
    ['removed', 'Fil', basile],
    ['added', 'Auteur', anne],
  ]);
  expect(compared.fields.map(({ field, parts }) => [field, said(parts)])).toEqual([
    [
      'definition',
      [
        ['removed', 'Zoo\u00a0!', basile],
        ['added', 'Qui écrit un texte.', anne],
      ],
    ],
  ]);
});

test('[R169] a version shows the sheet as it was', async () => {
  const before = await name('Avant');
  await change(basile, (doc) =>
    replaceNoteContent(doc, {
      title: 'Auteur',
      body: build.body(build.paragraph('Autre.')),
      language: 'fr',
      sheet: emptySheet,
    }),
  );
  const then = await owner.json<{ sheet: NoteSheet }>(
    'GET',
    `/api/notes/${note}/versions/${before.id}/content`,
  );
  expect(then.sheet).toEqual(first);
});

test('[R173] a book has the sheet of each note, to be printed as its kind says', async () => {
  const caller = { ...(await owner.json<Session>('GET', '/api/session')).person!, communities: new Map() };
  const book = await gatherBook(
    full.relay.operations,
    caller as never,
    { subject: 'note', subjectId: note },
    { site: 'Calepin', origin: null },
    new AbortController().signal,
  );
  expect(book.notes[0]).toMatchObject({ kind: 'term', sheet: first });
});

test('[R164] what was done to a sheet is taken back too, a restoring as well, and what others did to it since stays', async () => {
  const before = await name('Avant');
  const { seq } = await change(basile, (doc) => {
    const definition = definitionOf(doc);
    definition.insert(definition.length - 1, ' et le signe');
    writeForms(doc, 'plural', ['auteurs', 'auteurices']);
    writeContact(doc, 'region', 'estrie');
    writeContact(doc, 'coordinates', { latitude: 46.8, longitude: -71.2 });
    writeContact(doc, 'site', null);
  });
  await change(anne, (doc) => addressOf(doc).insert(0, 'Local 3, '));
  const sheetNow = async (): Promise<NoteSheet> => {
    const read = await full.relay.operations.documents.read(note);
    const sheet = readSheet(read!.doc);
    read!.doc.destroy();
    return sheet;
  };
  const changed = await sheetNow();
  const takeBack = async (row: number): Promise<void> => {
    const rows = { fromSeq: row, toSeq: row, person: null };
    const path = `/api/notes/${note}/history/take-back`;
    const preview = takeBackPreviewSchema.parse(await owner.json('POST', `${path}/preview`, rows));
    expect(preview.changeCount).toBe(preview.fields.length);
    await owner.json('POST', path, { ...rows, agreed: preview.agreed });
  };
  await takeBack(seq);
  expect(await sheetNow()).toEqual({ ...first, address: 'Local 3, 12, rue des Érables' });

  // A version is put back, somebody goes on, and the putting back is undone.
  await change(basile, (doc) => replaceSheet(doc, changed));
  const restored = restoredSchema.parse(
    await owner.json('POST', `/api/notes/${note}/versions/${before.id}/restore`),
  );
  expect(await sheetNow()).toEqual(first);
  await change(anne, (doc) => writeContact(doc, 'phone', '418 555-0123'));
  await takeBack(restored.version.seq);
  const after = await sheetNow();
  expect({ ...after, plural: after.plural.toSorted() }).toEqual({
    ...changed,
    plural: changed.plural.toSorted(),
    phone: '418 555-0123',
  });
});
