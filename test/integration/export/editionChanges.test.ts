import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CarnetPage } from '#shared/api/collections.ts';
import type { Edition } from '#shared/api/editions.ts';
import { type BookMoment, momentOfEdition } from '#shared/api/exports.ts';
import type { NotePage } from '#shared/api/notes.ts';
import * as build from '#shared/document/buildContent.ts';
import { addCategory, categoriesOf, entriesOf, titleOf } from '#shared/document/fields.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import {
  type CarnetId,
  type CategoryId,
  type DocumentId,
  type MemberId,
  type NoteId,
  type PersonId,
} from '#shared/domain/ids.ts';
import { loadCaller } from '#server/Caller.ts';
import type { BookContent } from '#server/export/BookContent.ts';
import { arrangeBook } from '#server/export/book/arrangeBook.ts';
import { buildBook } from '#server/export/book/buildBook.ts';
import { editionDigest } from '#server/export/book/edition.ts';
import { gatherBook } from '#server/operations/gatherBook.ts';
import type { TestVisitor } from '../../support/newFullRelay.ts';
import { newPastNote, type PastNote } from '../../support/newPastNote.ts';

let past: PastNote;
let carnet: CarnetId;
let compost: NoteId;
let haie: NoteId;
let mare: NoteId;
let reader: TestVisitor;
let basile: PersonId;

const act = (person: PersonId = past.ids.helene) => ({ person, operation: 'test' });
const change = (
  document: DocumentId,
  edit: Parameters<typeof past.relay.relay.operations.documents.change>[2],
) => past.relay.relay.operations.documents.change(document, act(), edit);
const say = (note: NoteId, title: string, text: string): Promise<unknown> =>
  change(note, (doc) =>
    replaceNoteContent(doc, { title, language: 'fr', body: build.body(build.paragraph(text)) }),
  );
const newNote = async (title: string, text: string): Promise<NoteId> => {
  const { id } = (await past.helene.json<NotePage>('POST', '/api/notes', { title })).note;
  await past.helene.json('PATCH', `/api/notes/${id}`, { visibility: 'members' });
  await say(id, title, text);
  return id;
};
const integrate = (...memberIds: NoteId[]): Promise<unknown> =>
  past.helene.json('POST', `/api/carnets/${carnet}/entries`, { memberIds });
const freeze = (body: object = {}): Promise<Edition> =>
  past.helene.json<Edition>('POST', `/api/carnets/${carnet}/editions`, body);

beforeEach(async () => {
  past = await newPastNote('fr', 'sqlite');
  const { helene, relay, note, wait, write, ids } = past;
  carnet = (await helene.json<CarnetPage>('POST', '/api/carnets', { title: 'Quartier' })).collection
    .id as CarnetId;
  const guest = { subject: 'carnet', subjectId: carnet, role: 'reader' };
  const { url } = await helene.json<{ url: string }>('POST', '/api/invitations', guest);
  reader = await relay.join(url, 'Basile');
  basile = (await reader.json<{ person: { id: PersonId } }>('GET', '/api/session')).person.id;
  await helene.json('PATCH', `/api/notes/${note}`, { visibility: 'members' });
  await write(ids.helene, build.paragraph('Un potager.'));
  compost = await newNote('Compost', 'Terre et feuilles.');
  haie = await newNote('Haie', 'Rien de neuf.');
  mare = await newNote('Mare', 'Eau et grenouilles.');
  await integrate(compost, note, haie, mare);
  await freeze({ title: 'Première' });
  wait(60);
});
afterEach(() => past.relay.close());

async function bookOf(
  person: PersonId,
  number: number,
  changes = true,
  moment: BookMoment = momentOfEdition(number),
): Promise<BookContent> {
  const { operations } = past.relay.relay;
  const caller = await loadCaller(operations.catalogue, person);
  const place = { site: 'Calepin', origin: null };
  const subject = { subject: 'carnet', subjectId: carnet, moment, changes } as const;
  return gatherBook(operations, caller, subject, place, new AbortController().signal);
}
const annexOf = (content: BookContent): string => {
  const { html } = buildBook(content, {
    format: 'a5',
    theme: 'clear',
    numbered: false,
    fontRules: '',
    attachmentUrl: () => null,
  });
  const [, annex = ''] = /<div class="changes">(.*?)<\/div>/s.exec(html) ?? [];
  return annex
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
};

/** Awa and Hélène write, a note comes, one goes, one is put elsewhere. */
async function changeMuch(): Promise<NoteId> {
  const { write, ids, note } = past;
  await write(ids.awa, build.paragraph('Un potager et trois pommiers.'));
  await change(note, (doc) => titleOf(doc).insert(0, 'Nos '));
  await change(compost, (doc) => titleOf(doc).insert(0, 'Le '));
  const ruche = await newNote('Ruche', 'Deux reines.');
  await integrate(ruche);
  await past.helene.json('DELETE', `/api/carnets/${carnet}/entries/${mare}`);
  await change(carnet, (doc) =>
    entriesOf(doc)
      .get(compost as MemberId)!
      .set('order', 'zz'),
  );
  return ruche;
}

test('[R232] an edition tells what changed since the one before: notes that came, went, moved and changed, and what each author added and removed', async () => {
  const ruche = await changeMuch();
  await freeze({ title: 'Seconde' });
  const content = await bookOf(past.ids.helene, 2);
  const helene = (added: number, removed = 0) => ({ name: 'Hélène', added, removed });
  const quoted = (...parts: readonly (readonly [change: string, text: string])[]) => ({
    passages: parts.length === 0 ? [] : [parts.map(([change, text]) => ({ change, text }))],
    morePassages: 0,
  });
  expect(content.changes).toEqual({
    from: { number: 1, title: 'Première', at: expect.any(Number) },
    isPartial: false,
    notes: content.notes
      .map(({ id }) => id)
      .filter((id) => id !== haie)
      .map((id) =>
        id === ruche
          ? {
              id,
              title: 'Ruche',
              place: 'came',
              moved: null,
              text: 'same',
              titleBefore: null,
              authors: [{ ...helene(3), ...quoted() }],
            }
          : id === compost
            ? {
                id,
                title: 'Le Compost',
                place: 'stayed',
                moved: { from: null, to: null },
                text: 'changed',
                titleBefore: 'Compost',
                authors: [{ ...helene(1), ...quoted(['added', 'Le '], ['same', 'Compost']) }],
              }
            : {
                id: past.note,
                title: 'Nos Jardins',
                place: 'stayed',
                moved: null,
                text: 'changed',
                titleBefore: 'Jardins',
                authors: [
                  {
                    name: 'Awa',
                    added: 3,
                    removed: 0,
                    ...quoted(['same', 'Un potager'], ['added', ' et trois pommiers'], ['same', '.']),
                  },
                  { ...helene(1), ...quoted(['added', 'Nos '], ['same', 'Jardins']) },
                ],
              },
      )
      .concat([
        {
          id: mare,
          title: 'Mare',
          place: 'went',
          moved: null,
          text: 'same',
          titleBefore: null,
          authors: null as never,
        },
      ]),
    authors: [
      { ...helene(5), notes: 3 },
      { name: 'Awa', added: 3, removed: 0, notes: 1 },
    ],
  });
  const annex = annexOf(content);
  expect(annex).toContain(
    'De « Édition 1 – Première – 12 mars 2026 » à « Édition 2 – Seconde – 12 mars 2026 ».',
  );
  expect(annex).toContain('Hélène 3 5 0 Awa 1 3 0');
  expect(annex).toMatch(
    /– modifiée, auparavant « Jardins » Awa – 3 mots ajoutés « Un potager +et trois pommiers ?\. » Hélène – 1 mot ajouté « Nos +Jardins »/,
  );
  expect(annex).toContain('Ce qui a été ajouté est en gras , ce qui a été retiré est barré .');
  expect(annex).toContain('Mare – retirée');
  // What the edition says is the same, with it or without.
  const digest = (one: BookContent): string => editionDigest(arrangeBook(one).content);
  expect(digest(content)).toBe(digest(await bookOf(past.ids.helene, 2, false)));
  expect((await bookOf(past.ids.helene, 2, false)).changes).toBe(null);
  // Whatever changes afterwards, it tells the same.
  await past.write(past.ids.awa, build.paragraph('Tout autre chose.'));
  await past.helene.json('PATCH', '/api/session/person', { name: 'Hélène Tremblay' });
  expect(annexOf(await bookOf(past.ids.helene, 2))).toBe(annex);
});

test('[R232] of a note whose history somebody does not see, they are told that it changed and no more; of what they may not read, nothing', async () => {
  await changeMuch();
  await freeze({ title: 'Seconde' });
  const told = await bookOf(basile, 2);
  expect(told.changes?.notes.map(({ text, authors, titleBefore }) => [text, authors, titleBefore])).toEqual([
    ...told.notes
      .filter(({ id }) => id !== haie)
      .map(({ title }) => [title === 'Ruche' ? 'same' : 'changed', null, null]),
    ['same', null, null],
  ]);
  expect(told.changes?.authors).toEqual([]);
  expect(annexOf(told)).not.toMatch(/Awa|Hélène|auparavant|mots? ajouté|pommiers/);
  for (const id of [past.note, mare])
    await past.helene.json('PATCH', `/api/notes/${id}`, { visibility: 'authors' });
  const less = await bookOf(basile, 2);
  expect(JSON.stringify(less.changes)).not.toMatch(/Jardins|Mare/);
  expect(less.changes?.isPartial).toBe(true);
  expect(annexOf(less)).toContain('réservées à d’autres personnes');
});

test('[R232] the text of then that was not published names nothing of a note that went', async () => {
  await freeze({ title: 'Fermée', isOpen: false });
  await past.helene.json('DELETE', `/api/carnets/${carnet}/entries/${mare}`);
  await say(mare, 'Étang', 'Plus rien.');
  await freeze({ title: 'Troisième' });
  const { changes } = await bookOf(basile, 3);
  expect([changes?.from.number, changes?.notes, changes?.isPartial]).toEqual([2, [], true]);
  expect((await bookOf(past.ids.helene, 3)).changes?.notes).toMatchObject([{ title: 'Mare', place: 'went' }]);
});

test('[R232] the edition before is the newest that stands; the first has none, nor has what is no edition', async () => {
  await freeze();
  await past.write(past.ids.awa, build.paragraph('Un potager, une cabane.'));
  await freeze();
  const fromOf = async (number: number) => (await bookOf(past.ids.helene, number)).changes?.from.number;
  expect(await fromOf(3)).toBe(2);
  expect((await bookOf(past.ids.helene, 2)).changes?.notes).toEqual([]);
  expect(annexOf(await bookOf(past.ids.helene, 2))).toContain('Rien n’a changé');
  await past.helene.json('PATCH', `/api/carnets/${carnet}/editions/2`, { withdrawn: true });
  expect(await fromOf(3)).toBe(1);
  await expect(bookOf(past.ids.helene, 1)).rejects.toMatchObject({ code: 'invalid_request' });
  const asked = { subject: 'carnet', subjectId: carnet, changes: true };
  for (const body of [
    { ...asked, moment: 'edition:1' },
    { ...asked, moment: 'now' },
    { ...asked, moment: 'edition:3', to: 'epub' },
  ])
    expect((await past.helene.fetch('/api/exports', { method: 'POST', json: body })).status).toBe(400);
});

test('[R232] a note that is held at an earlier version went back, whoever wrote between', async () => {
  const path = `/api/carnets/${carnet}/entries/${past.note}/held`;
  const first = await past.relay.log.head(past.note);
  await past.write(past.ids.awa, build.paragraph('Un potager, une cabane.'));
  await freeze();
  await past.helene.json('PUT', path, { held: first!.seq });
  await freeze();
  const { changes } = await bookOf(past.ids.helene, 3);
  expect(changes?.notes).toMatchObject([{ id: past.note, text: 'wentBack', authors: null }]);
  expect(changes?.authors).toEqual([]);
});

test('[R232] a note that is filed elsewhere moved, a part that is called otherwise moves nothing', async () => {
  const first = 'v'.repeat(22) as CategoryId;
  const second = 'a'.repeat(22) as CategoryId;
  const file = (note: NoteId, category: CategoryId | null): Promise<unknown> =>
    change(carnet, (doc) =>
      entriesOf(doc)
        .get(note as MemberId)!
        .set('category', category ?? null),
    );
  await change(carnet, (doc) => {
    for (const [at, id] of [first, second].entries())
      addCategory(doc, { id, name: `Partie ${at}`, order: `a${at}`, list: 'list' });
  });
  for (const note of [compost, past.note]) await file(note, first);
  for (const note of [haie, mare]) await file(note, second);
  await freeze();
  // The last of the first part begins the second: it stands where it stood.
  await file(past.note, second);
  await change(carnet, (doc) => categoriesOf(doc).get(second)!.set('name', 'Grande Partie 1'));
  await freeze();
  const told = await bookOf(past.ids.helene, 3);
  expect(told.changes?.notes.map(({ title, moved }) => [title, moved])).toEqual([
    ['Jardins', { from: 'Partie 0', to: 'Grande Partie 1' }],
  ]);
  expect(annexOf(told)).toContain('déplacée de « Partie 0 » à « Grande Partie 1 »');
  await file(past.note, null);
  await freeze();
  expect(annexOf(await bookOf(past.ids.helene, 4))).toContain('sortie de « Grande Partie 1 »');
});
