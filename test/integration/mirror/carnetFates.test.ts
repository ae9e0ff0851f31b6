import { expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  addCategory,
  addEntry,
  bodyOf,
  descriptionOf,
  entriesOf,
  guideOf,
  readCategories,
  titleOf,
} from '#shared/document/fields.ts';
import type { CollectionContent } from '#shared/document/noteContent.ts';
import { yDocToCollectionContent, yDocToNoteContent } from '#shared/document/noteContent.ts';
import { contactOf, definitionOf, writeForms } from '#shared/document/sheet.ts';
import type { CarnetId, CategoryId, DocumentId, MemberId, NoteId } from '#shared/domain/ids.ts';
import {
  type Computer,
  homeId,
  newComputer,
  newFolder,
  newGuest,
  newHome,
  newNoteOf,
  openAt,
  titleAt,
  write,
} from '../../support/newMirroring.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { testId } from '../../support/newRelay.ts';

interface Listed {
  readonly id: DocumentId;
  readonly title: string;
}

/** A home with a carnet of Ada's that holds a note, and the computer of Benoît, who manages it with her and keeps copies of both. */
async function begin(options: object = {}) {
  const home = await newHome({ storage: 'sqlite' });
  const ada = await home.administrator();
  const made = await ada.json<{ collection: { id: CarnetId } }>('POST', '/api/carnets', {
    title: 'Rucher',
    description: 'Tout sur le miel.',
  });
  const carnet = made.collection.id;
  const { note } = await ada.json<{ note: { id: NoteId } }>('POST', '/api/notes', {
    title: 'Essaims',
    carnetId: carnet,
  });
  const benoit = await newGuest(home, ada, note.id, 'Benoît');
  const invitation = { subject: 'carnet', subjectId: carnet, role: 'manager' };
  const { url } = await ada.json<{ url: string }>('POST', '/api/invitations', invitation);
  await benoit.json('POST', '/api/invitations/accept', { secret: new URL(url).hash.slice(1) });
  const computer = await newComputer(home, benoit, { storage: 'sqlite', ...options });
  await computer.mirror.keep(carnet, 'carnet', homeId, 'pinned');
  await retryUntil('the note', () => computer.mirror.state(note.id)?.isWhole === true);
  return { home, ada, benoit, carnet, note: note.id, computer };
}

const paragraph = (words: string): Y.XmlElement => {
  const element = new Y.XmlElement('paragraph');
  element.insert(0, [new Y.XmlText(words)]);
  return element;
};

async function offline(computer: Computer): Promise<void> {
  computer.proxy.cut();
  await retryUntil('the cut', () => !computer.mirror.isConnected(homeId));
}

function online(computer: Computer): void {
  computer.proxy.mend();
  computer.mirror.retry();
}

const waits = (computer: Computer, document: DocumentId, count: number): Promise<void> =>
  retryUntil('it to wait', () => computer.mirror.state(document)?.waiting === count);

/** The one of a list that is so called. */
async function called(computer: Computer, list: 'notes' | 'carnets', title: string): Promise<Listed> {
  const all = async () => (await computer.me.json<Record<string, Listed[]>>('GET', `/api/${list}`))[list]!;
  const isIt = (one: Listed): boolean => one.title === title;
  await retryUntil(`“${title}”`, async () => (await all()).some(isIt));
  const found = (await all()).filter(isIt);
  expect(found.length).toBe(1);
  return found[0]!;
}

async function carnetOf({ full }: Computer, carnet: DocumentId): Promise<CollectionContent> {
  const read = await full.relay.operations.documents.read(carnet);
  const content = yDocToCollectionContent(read!.doc);
  read!.doc.destroy();
  return content;
}

const place = (memberId: MemberId, category: CategoryId | null = null) => ({
  memberId,
  order: 'b',
  category,
  pinned: false,
});

test('[R318] of a carnet that may not be read any more stays what was changed in it here and not sent: words, places, categories; nothing of others', async () => {
  const { home, ada, benoit, carnet, note, computer } = await begin();
  const own = await newNoteOf(computer.me, 'À moi');
  const theirs = await openAt(computer.full, computer.me, carnet);
  const there = await openAt(home, ada, carnet);
  addCategory(there.doc, { id: testId<CategoryId>(41), name: 'Avant', order: 'a', list: '' });
  await retryUntil('hers to be here', () => readCategories(theirs.doc).length === 1);
  await offline(computer);
  const { doc } = theirs;
  const mine = testId<CategoryId>(42);
  doc.transact(() => {
    guideOf(doc).push([paragraph('Écrivez court.')]);
    descriptionOf(doc).insert(0, 'Saison deux. ');
    addCategory(doc, { id: mine, name: 'Printemps', order: 'b', list: '' });
    addEntry(doc, place(own, mine));
  });
  await waits(computer, carnet, 1);
  expect((await ada.fetch(`/api/carnets/${carnet}/people/${benoit.id}`, { method: 'DELETE' })).ok).toBe(true);
  online(computer);
  await retryUntil('it to leave', () => computer.mirror.state(carnet) === null);
  const { id } = await called(computer, 'carnets', 'Copie récupérée — Rucher');
  const kept = await carnetOf(computer, id);
  expect(kept).toMatchObject({
    description: 'Saison deux. ',
    categories: [{ id: mine, name: 'Printemps' }],
    entries: [{ memberId: own, category: mine }],
  });
  expect(JSON.stringify(kept.guide)).toContain('Écrivez court.');
  expect(JSON.stringify(kept)).not.toContain('miel');
  expect(JSON.stringify(kept)).not.toContain(note);
  const page = await computer.me.json<{ collection: { role: string } }>('GET', `/api/carnets/${id}`);
  expect(page.collection.role).toBe('manager');
});

test('[R318] [R275] a carnet that has another life at its home is fetched anew, and what waited of it is a carnet of this computer', async () => {
  const { home, carnet, computer } = await begin();
  const { doc } = await openAt(computer.full, computer.me, carnet);
  await offline(computer);
  titleOf(doc).insert(6, ' partagé');
  await waits(computer, carnet, 1);
  const [last] = (await home.log.read(carnet, 0)).slice(-1);
  await home.log.renew({ ...last!, clients: [] }, testId(77));
  online(computer);
  await computer.equal(carnet, 'Rucher');
  const { id } = await called(computer, 'carnets', 'Copie récupérée — Rucher partagé');
  expect(await carnetOf(computer, id)).toMatchObject({ description: 'Tout sur le miel.' });
});

test('[R318] what waits for a relay that is followed no more stays whole, the carnet with its recovered notes; what was only to be placed there stays what it is', async () => {
  const { carnet, note, computer } = await begin();
  const [inCarnet, inNote] = [
    await openAt(computer.full, computer.me, carnet),
    await openAt(computer.full, computer.me, note),
  ];
  await offline(computer);
  titleOf(inCarnet.doc).insert(6, ' partagé');
  entriesOf(inCarnet.doc).get(note)!.set('order', 'z');
  write(inNote, ' nus');
  bodyOf(inNote.doc).push([paragraph('Ma phrase.')]);
  await waits(computer, carnet, 2);
  await waits(computer, note, 2);
  const made = await newNoteOf(computer.me, 'Née ici');
  await computer.mirror.place(made, homeId);
  await computer.mirror.dropAll(homeId);
  expect(computer.mirror.states(homeId)).toEqual([]);
  const copies = [
    await called(computer, 'notes', 'Copie récupérée — Essaims nus'),
    await called(computer, 'carnets', 'Copie récupérée — Rucher partagé'),
  ];
  const kept = await carnetOf(computer, copies[1]!.id);
  expect(kept).toMatchObject({
    description: 'Tout sur le miel.',
    entries: [{ memberId: copies[0]!.id, order: 'z' }],
  });
  expect(await titleAt(computer.full, made)).toBe('Née ici');
  expect(await computer.full.log.head(made)).toMatchObject({ homeSeq: null });
  const again = await openAt(computer.full, computer.me, made);
  write(again, '!');
  await retryUntil('it to be stored', async () => (await titleAt(computer.full, made)) === 'Née ici!');
  expect(await computer.full.log.head(note)).toBeNull();
  expect(await computer.full.log.head(carnet)).toBeNull();
});

test('[R318] of a term that may not be read any more stays what was put on its sheet here, on a sheet', async () => {
  const { ada, benoit, note, computer } = await begin();
  await ada.json('PATCH', `/api/notes/${note}`, { kind: 'term' });
  computer.mirror.heardOf({ type: 'note', id: note });
  await retryUntil('its kind', async () => {
    const { notes } = computer.full.relay.operations.catalogue;
    return (await notes.get(note))?.kind === 'term';
  });
  const { doc } = await openAt(computer.full, computer.me, note);
  await offline(computer);
  doc.transact(() => {
    definitionOf(doc).insert(0, 'Groupe d’abeilles.');
    writeForms(doc, 'aliases', ['Colonie']);
    contactOf(doc).set('phone', '514 555-0100');
  });
  await waits(computer, note, 1);
  expect((await ada.fetch(`/api/notes/${note}/authors/${benoit.id}`, { method: 'DELETE' })).ok).toBe(true);
  online(computer);
  const { id } = await called(computer, 'notes', 'Copie récupérée — Essaims');
  const read = await computer.full.relay.operations.documents.read(id);
  expect(yDocToNoteContent(read!.doc).sheet).toMatchObject({
    definition: 'Groupe d’abeilles.',
    aliases: ['Colonie'],
  });
  read!.doc.destroy();
  const page = await computer.me.json<{ note: { kind: string } }>('GET', `/api/notes/${id}`);
  expect(page.note.kind).toBe('term');
});

test('[R274] a relay that ends between noting that a note is to be placed and making it a copy loses nothing of it', async () => {
  const home = await newHome();
  const computer = await newComputer(home, await home.administrator(), { dataDir: await newFolder() });
  await offline(computer);
  const note = await newNoteOf(computer.me, 'Essaim');
  await computer.full.relay.operations.catalogue.mirrored.put({
    document: note,
    kind: 'note',
    relay: homeId,
    reason: 'created',
    role: 'author',
    homeEpoch: null,
    lastContact: null,
    isWhole: true,
    problem: null,
    wish: null,
  });
  await computer.restart();
  online(computer);
  await computer.equal(note, 'Essaim');
  expect(await titleAt(home, note)).toBe('Essaim');
});
