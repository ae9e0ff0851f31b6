import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CarnetPage } from '#shared/api/collections.ts';
import type { NoteContent, NotePage } from '#shared/api/notes.ts';
import type { NoteAct } from '#shared/api/versions.ts';
import * as build from '#shared/document/buildContent.ts';
import { emptySheet } from '#shared/document/sheet.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import { newFullRelay, type FullRelay, type TestVisitor } from '../../support/newFullRelay.ts';

let full: FullRelay;
let owner: TestVisitor;
let guest: TestVisitor;
let model: NoteId;

beforeEach(async () => {
  full = await newFullRelay();
  owner = await full.signIn();
  model = (await owner.json<NotePage>('POST', '/api/notes', { title: 'Bilan', kind: 'term' })).note.id;
  await full.relay.operations.documents.change(model, { person: null, operation: 'test' }, (doc) =>
    replaceNoteContent(doc, {
      title: 'Bilan annuel',
      body: build.body(build.heading(1, 'Ce que nous avons fait'), build.paragraph('…')),
      language: 'fr',
      sheet: { ...emptySheet, definition: 'Une année en bref.' },
    }),
  );
  await full.relay.operations.indexer.indexNow(model);
  const porch = (await owner.json<NotePage>('POST', '/api/notes', { title: 'Entrée' })).note.id;
  const { url } = await owner.json<{ url: string }>('POST', '/api/invitations', {
    subject: 'note',
    subjectId: porch,
    role: 'reader',
  });
  guest = await full.join(url, 'Basile');
});
afterEach(() => full.close());

const mark = (isTemplate: boolean) =>
  owner.json<NotePage>('PATCH', `/api/notes/${model}`, { isTemplate, visibility: 'members' });
const make = (who: TestVisitor, json: object) => who.fetch('/api/notes', { method: 'POST', json });
const templatesOf = async (who: TestVisitor) =>
  (await who.json<{ notes: { id: string }[] }>('GET', '/api/notes?template=1')).notes.map(({ id }) => id);

test('[R185] who may read a template makes a private note of their own from it, which begins with all that it says', async () => {
  await mark(true);
  expect(await templatesOf(guest)).toEqual([model]);
  const { note, role } = (await (await make(guest, { template: model })).json()) as NotePage;
  expect([note.kind, note.visibility, note.isTemplate, role]).toEqual(['term', 'authors', false, 'author']);
  expect(note.authors.map(({ name }) => name)).toEqual(['Basile']);
  expect(note.sheet.definition).toBe('Une année en bref.');
  const [content, pattern] = [
    await guest.json<NoteContent>('GET', `/api/notes/${note.id}/content`),
    await guest.json<NoteContent>('GET', `/api/notes/${model}/content`),
  ];
  expect([content.title, content.body]).toEqual([pattern.title, pattern.body]);
  const rows = await full.relay.operations.log.read(note.id, 0);
  expect(rows.map(({ person, operation }) => [person, operation])).toEqual([[note.authors[0]!.id, 'create']]);
  // With a title of its own, in a carnet, by the same act.
  const named = (await (await make(guest, { template: model, title: 'Bilan 2026' })).json()) as NotePage;
  expect(named.note.title).toBe('Bilan 2026');
});

test('[R185] what is no template, is closed, in the trash or unknown is answered alike, and no note is made', async () => {
  const answers = [];
  for (const prepare of [
    () => owner.json('PATCH', `/api/notes/${model}`, { visibility: 'members' }),
    () => owner.json('PATCH', `/api/notes/${model}`, { isTemplate: true, visibility: 'authors' }),
    () => owner.fetch(`/api/notes/${model}`, { method: 'DELETE' }),
  ]) {
    await prepare();
    const answer = await make(guest, { template: model });
    answers.push([answer.status, await answer.text()]);
  }
  const unknown = await make(guest, { template: 'A'.repeat(22) });
  answers.push([unknown.status, await unknown.text()]);
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]![0]).toBe(403);
  expect(await templatesOf(guest)).toEqual([]);
  expect((await guest.json<{ total: number }>('GET', '/api/notes?sort=created')).total).toBe(1);
});

test('[R185] it is its authors who say so, as a line of the register; those made from it stay when it is one no more', async () => {
  await mark(true);
  expect(
    (await guest.fetch(`/api/notes/${model}`, { method: 'PATCH', json: { isTemplate: false } })).status,
  ).toBe(403);
  const { note } = (await (await make(guest, { template: model })).json()) as NotePage;
  expect((await mark(false)).note.isTemplate).toBe(false);
  expect((await make(guest, { template: model })).status).toBe(403);
  expect((await guest.json<NotePage>('GET', `/api/notes/${note.id}`)).note.title).toBe('Bilan annuel');
  const lines = await full.relay.operations.catalogue.register.about(model);
  expect(lines.filter(({ act }) => act === 'note.template').map(({ value }) => value)).toEqual(['yes', 'no']);
  const { acts } = await guest.json<{ acts: NoteAct[] }>('GET', `/api/notes/${note.id}/acts`);
  expect(acts.length).toBeGreaterThan(0);
});

test('[R186] a built-in template begins a note in its language', async () => {
  const made = async (json: object) => (await (await make(guest, json)).json()) as NotePage;
  expect((await made({ template: 'minutes' })).note.title).toBe('Procès-verbal');
  const english = await made({ template: 'minutes', language: 'en' });
  expect([english.note.title, english.note.language]).toEqual(['Minutes', 'en']);
  expect((await make(guest, { template: 'rien' })).status).toBe(400);
});

const carnetOf = async (): Promise<CarnetId> => {
  const { collection } = await owner.json<CarnetPage>('POST', '/api/carnets', { title: 'Rencontres' });
  await owner.json('PATCH', `/api/carnets/${collection.id}`, {
    visibility: 'members',
    contributionPolicy: 'members',
  });
  return collection.id;
};
const begin = async (who: TestVisitor, carnetId: CarnetId) => {
  const { note } = (await (await make(who, { template: 'carnet', carnetId })).json()) as NotePage;
  const { title, kind } = note;
  return {
    title,
    kind,
    holds: (await who.json<CarnetPage>('GET', `/api/carnets/${carnetId}`)).entries.length,
  };
};

test('[R187] a note that is made in a carnet begins with the carnet’s template, for who may read it', async () => {
  const carnet = await carnetOf();
  const name = (template: string | null) =>
    owner.json<CarnetPage>('PATCH', `/api/carnets/${carnet}`, { template });
  const shown = async (who: TestVisitor) =>
    (await who.json<CarnetPage>('GET', `/api/carnets/${carnet}`)).template;
  expect(await begin(guest, carnet)).toEqual({ title: '', kind: 'note', holds: 1 });
  await name('minutes');
  expect(await shown(guest)).toEqual({ key: 'minutes', title: '' });
  expect(await begin(guest, carnet)).toEqual({ title: 'Procès-verbal', kind: 'note', holds: 2 });

  await mark(true);
  expect((await name(model)).template).toEqual({ key: model, title: 'Bilan annuel' });
  expect(await shown(guest)).toEqual({ key: model, title: 'Bilan annuel' });
  expect(await begin(guest, carnet)).toEqual({ title: 'Bilan annuel', kind: 'term', holds: 3 });
  // Without asking for it, a note is blank there.
  const { note } = (await (await make(guest, { carnetId: carnet })).json()) as NotePage;
  expect(note.title).toBe('');
  const lines = await full.relay.operations.catalogue.register.about(carnet);
  expect(lines.filter(({ act }) => act === 'carnet.template').map(({ value }) => value)).toEqual([
    'minutes',
    model,
  ]);
});

test('[R187] it is blank for who may not read the template, and when it is none any more', async () => {
  const carnet = await carnetOf();
  await mark(true);
  await owner.json('PATCH', `/api/carnets/${carnet}`, { template: model });
  const both = async () => [
    (await begin(owner, carnet)).title,
    (await begin(guest, carnet)).title,
    (await guest.json<CarnetPage>('GET', `/api/carnets/${carnet}`)).template,
  ];
  await owner.json('PATCH', `/api/notes/${model}`, { visibility: 'authors' });
  expect(await both()).toEqual(['Bilan annuel', '', null]);
  await mark(false);
  expect(await both()).toEqual(['', '', null]);
  await mark(true);
  await owner.fetch(`/api/notes/${model}`, { method: 'DELETE' });
  expect(await both()).toEqual(['', '', null]);
});

test('[R187] managers alone name one, of those that they may read; a base has none', async () => {
  const carnet = await carnetOf();
  const asked = async (who: TestVisitor, path: string, template: string) =>
    (await who.fetch(path, { method: 'PATCH', json: { template } })).status;
  expect(await asked(guest, `/api/carnets/${carnet}`, 'minutes')).toBe(403);
  // No template, and one of somebody else’s.
  expect(await asked(owner, `/api/carnets/${carnet}`, model)).toBe(403);
  const { note } = (await (await make(guest, { title: 'À moi' })).json()) as NotePage;
  await guest.json('PATCH', `/api/notes/${note.id}`, { isTemplate: true });
  expect(await asked(owner, `/api/carnets/${carnet}`, note.id)).toBe(403);
  expect(await asked(owner, `/api/carnets/${carnet}`, 'rien')).toBe(400);
  const { collection } = await owner.json<CarnetPage>('POST', '/api/bases', { title: 'Tout' });
  expect(await asked(owner, `/api/bases/${collection.id}`, 'minutes')).toBe(409);
});
