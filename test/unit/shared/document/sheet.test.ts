import { expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  contactOf,
  definitionOf,
  emptySheet,
  formsOf,
  maxForms,
  type NoteSheet,
  otherNames,
  readSheet,
  sheetText,
  writeContact,
  writeForms,
} from '#shared/document/sheet.ts';
import { yDocToNoteContent } from '#shared/document/noteContent.ts';
import { contentToUpdate, emptyBody, replaceNoteContent } from '#shared/document/writeContent.ts';

const term: NoteSheet = {
  ...emptySheet,
  definition: 'Qui écrit.',
  feminine: ['autrice'],
  plural: ['auteurs', 'autrices'],
  inclusive: ['auteur·trice'],
  aliases: ['écrivain·e'],
};
const organisation: NoteSheet = {
  ...emptySheet,
  address: '12, rue des Érables\nRimouski',
  region: 'bas-saint-laurent',
  coordinates: { latitude: 48.45, longitude: -68.52 },
  site: 'https://exemple.org',
  email: 'info@exemple.org',
  phone: '418 555-0123',
};
const noteOf = (sheet?: NoteSheet): Y.Doc => {
  const doc = new Y.Doc();
  const content = { title: 'Auteur', body: emptyBody, language: 'fr', ...(sheet && { sheet }) };
  Y.applyUpdate(doc, contentToUpdate(content, 7));
  return doc;
};

test('a sheet is read as it was written, and an earlier one is put back whole', () => {
  const doc = noteOf(term);
  expect(readSheet(doc)).toEqual(term);
  const before = yDocToNoteContent(doc);
  replaceNoteContent(doc, { ...before, sheet: organisation });
  expect(readSheet(doc)).toEqual(organisation);
  replaceNoteContent(doc, before);
  expect(readSheet(doc)).toEqual(term);
  expect(readSheet(noteOf())).toEqual(emptySheet);
});

test('writing what is there already writes nothing', () => {
  const doc = noteOf({ ...term, region: 'laval', coordinates: { latitude: 45, longitude: -73 } });
  let updates = 0;
  doc.on('update', () => (updates += 1));
  replaceNoteContent(doc, yDocToNoteContent(doc));
  expect(updates).toBe(0);
});

test('what two people add to a list at once is kept, and one form stands once', () => {
  const [one, two] = [noteOf(term), new Y.Doc()];
  Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
  writeForms(one, 'feminine', ['autrice', 'auteure']);
  writeForms(two, 'feminine', ['autrice', 'auteuresse', 'auteure']);
  Y.applyUpdate(one, Y.encodeStateAsUpdate(two));
  Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
  expect(readSheet(one)).toEqual(readSheet(two));
  expect([...readSheet(one).feminine].sort()).toEqual(['auteure', 'auteuresse', 'autrice']);
  writeForms(one, 'feminine', ['auteure']);
  expect(formsOf(one, 'feminine').toArray()).toEqual(['auteure']);
});

test('[R119] what has not the form that it should is left out, whoever wrote it', () => {
  const doc = noteOf();
  definitionOf(doc).insert(0, 'x'.repeat(5_000));
  formsOf(doc, 'aliases').push([12, '  ', 'a'.repeat(500), ' un  nom ', { a: 1 }, 'un nom']);
  formsOf(doc, 'plural').push(Array.from({ length: 200 }, (_, at) => `forme ${at}`));
  const contact = contactOf(doc);
  contact.set('region', 'atlantide');
  contact.set('coordinates', { latitude: 460, longitude: -71 });
  contact.set('site', 'javascript:alert(1)');
  contact.set('email', 'personne');
  contact.set('phone', 418);
  const sheet = readSheet(doc);
  expect(sheet).toEqual({
    ...emptySheet,
    definition: 'x'.repeat(2_000),
    aliases: ['un nom'],
    plural: sheet.plural,
  });
  expect(sheet.plural).toHaveLength(maxForms);
});

test('a value is taken away by nothing in its place', () => {
  const doc = noteOf(organisation);
  writeContact(doc, 'site', '');
  writeContact(doc, 'coordinates', null);
  expect(readSheet(doc)).toEqual({ ...organisation, site: '', coordinates: null });
});

test('a term is known by all of its forms; an organisation is found by its place and its contact details', () => {
  expect(otherNames(term, 'term')).toEqual(['autrice', 'auteurs', 'autrices', 'auteur·trice', 'écrivain·e']);
  expect([otherNames(term, 'note'), sheetText(term, 'term'), sheetText(term, 'note')]).toEqual([
    [],
    'Qui écrit.',
    '',
  ]);
  expect(sheetText(organisation, 'organisation')).toContain('Bas-Saint-Laurent');
});
