import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { CarnetPage } from '#shared/api/collections.ts';
import type { NoteContent, NotePage } from '#shared/api/notes.ts';
import type { VersionSummary } from '#shared/api/versions.ts';
import { type CollectionContent, yDocToCollectionContent } from '#shared/document/noteContent.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { type FullRelay, newFullRelay } from '../../support/newFullRelay.ts';
import { retryUntil } from '../../support/retryUntil.ts';

let full: FullRelay;
let owner: Awaited<ReturnType<FullRelay['signIn']>>;
beforeAll(async () => {
  full = await newFullRelay({ storage: 'sqlite' });
  owner = await full.signIn();
});
afterAll(() => full.close());

function insertUnknown(doc: Y.Doc): void {
  doc.getXmlFragment('body').insert(0, [new Y.XmlElement('hologram')]);
}

function insertDeep(doc: Y.Doc): void {
  let list = new Y.XmlElement('bulletList');
  doc.getXmlFragment('body').insert(0, [list]);
  for (let level = 0; level < 200; level++) {
    const item = new Y.XmlElement(level % 2 === 0 ? 'listItem' : 'bulletList');
    list.insert(0, [item]);
    list = item;
  }
}

function insertDeepElsewhere(doc: Y.Doc): void {
  let map = doc.getMap('elsewhere');
  for (let level = 0; level < 90; level++) {
    const inner = new Y.Map<unknown>();
    map.set('inner', inner);
    map = inner;
  }
}

function setManyAttributes(doc: Y.Doc): void {
  const paragraph = doc.getXmlFragment('body').get(0) as Y.XmlElement;
  for (let index = 0; index < 70; index++) paragraph.setAttribute(`a${index}`, 'x');
}

function replaceAll(doc: Y.Doc): void {
  doc.getText('title').delete(0, doc.getText('title').length);
  const body = doc.getXmlFragment('body');
  body.delete(0, body.length);
  insertUnknown(doc);
}

test.each([
  ['an unknown element', insertUnknown],
  ['a tree too deep', insertDeep],
  ['a tree too deep in a field of its own', insertDeepElsewhere],
  ['too many attributes', setManyAttributes],
  ['all text taken away, and an unknown element', replaceAll],
])(
  '[R29] a note set aside for %s is read, taken back to its last good state by an author, and written in again',
  async (_, spoil) => {
    const { note } = await owner.json<NotePage>('POST', '/api/notes', { title: 'Avant' });
    const id = note.id as string as DocumentId;
    const page = () => owner.json<NotePage>('GET', `/api/notes/${id}`);
    const said = async () => {
      const { title, body } = await owner.json<NoteContent>('GET', `/api/notes/${id}/content`);
      return { title, body };
    };
    const { documents, log } = full.relay.operations;
    const act = { person: owner.session.person?.id ?? null, operation: 'test' };
    await documents.change(id, act, (doc) => {
      const paragraph = doc.getXmlFragment('body').get(0) as Y.XmlElement;
      paragraph.insert(0, [new Y.XmlText('Un texte sain.')]);
    });
    const before = await said();
    const { seq } = await documents.change(id, act, spoil);
    await retryUntil('it to be set aside', async () => (await page()).problem === 'invalid_content');
    const [goodRow] = await log.read(id, seq - 2, seq - 1);
    expect((await page()).goodStateAt).toBe(goodRow?.time);
    expect((await owner.fetch(`/api/notes/${id}/content`)).status).toBe(200);

    const back = await owner.json<NotePage>('POST', `/api/notes/${id}/restore-good-state`);
    expect(back).toMatchObject({ problem: null, goodStateAt: null });
    expect(await said()).toEqual(before);
    const [row] = await log.read(id, seq);
    expect(row).toMatchObject({ person: act.person, operation: 'restore' });
    const { versions } = await owner.json<{ versions: VersionSummary[] }>('GET', `/api/notes/${id}/versions`);
    expect(versions[0]).toMatchObject({ kind: 'restore', seq: seq + 1 });
    await documents.change(id, act, (doc) => doc.getText('title').insert(0, 'Et après : '));
    expect((await said()).title).toBe('Et après : Avant');
    expect((await owner.fetch(`/api/notes/${id}/restore-good-state`, { method: 'POST' })).status).toBe(409);
  },
);

test('[R29] a reader is not told of the last good state, and cannot go back to it', async () => {
  const { note } = await owner.json<NotePage>('POST', '/api/notes', { title: 'À lire' });
  const id = note.id as string as DocumentId;
  const invitation = { subject: 'note', subjectId: id, role: 'reader' };
  const { url } = await owner.json<{ url: string }>('POST', '/api/invitations', invitation);
  const reader = await full.join(url, 'Basile');
  const act = { person: owner.session.person?.id ?? null, operation: 'test' };
  await full.relay.operations.documents.change(id, act, insertUnknown);
  const page = () => reader.json<NotePage>('GET', `/api/notes/${id}`);
  await retryUntil('it to be set aside', async () => (await page()).problem === 'invalid_content');
  expect((await page()).goodStateAt).toBeNull();
  const answer = await reader.fetch(`/api/notes/${id}/restore-good-state`, { method: 'POST' });
  expect(answer.status).toBe(403);
  expect((await page()).problem).toBe('invalid_content');
});

test('[R29] going back brings back the related terms that were taken away', async () => {
  const { note } = await owner.json<NotePage>('POST', '/api/notes', { title: 'Reliée' });
  const id = note.id as string as DocumentId;
  const { documents } = full.relay.operations;
  const act = { person: owner.session.person?.id ?? null, operation: 'test' };
  const terms = async () => {
    const read = await documents.read(id);
    return [...(read?.doc.getMap('terms').keys() ?? [])];
  };
  await documents.change(id, act, (doc) => doc.getMap('terms').set('a'.repeat(22), new Y.Map()));
  await documents.change(id, act, (doc) => {
    doc.getMap('terms').delete('a'.repeat(22));
    doc.getMap('terms').set('b'.repeat(22), new Y.Map());
    insertUnknown(doc);
  });
  await retryUntil('it to be set aside', async () => {
    const page = await owner.json<NotePage>('GET', `/api/notes/${id}`);
    return page.problem === 'invalid_content';
  });
  await owner.json<NotePage>('POST', `/api/notes/${id}/restore-good-state`);
  expect(await terms()).toEqual(['a'.repeat(22)]);
});

const fieldsOf = (doc: Y.Doc, map: 'entries' | 'categories', id: string) =>
  doc.getMap<Y.Map<unknown>>(map).get(id) as Y.Map<unknown>;

test.each<[string, (doc: Y.Doc, note: string) => void]>([
  [
    'a guide that no editor can hold',
    (doc) => doc.getXmlFragment('guide').insert(0, [new Y.XmlElement('hologram')]),
  ],
  ['a tree too deep in a field of its own', insertDeepElsewhere],
  [
    'everything changed, and an unknown element in its guide',
    (doc, note) => {
      doc.getText('title').insert(0, 'Pas ');
      doc.getText('description').delete(0, 2);
      doc.getMap('settings').set('language', 'en');
      const guide = doc.getXmlFragment('guide');
      guide.delete(0, guide.length);
      guide.insert(0, [new Y.XmlElement('hologram')]);
      fieldsOf(doc, 'entries', note).set('pinned', true);
      doc.getMap('entries').set('x'.repeat(22), new Y.Map([['order', 'a0']]));
      doc.getMap('categories').delete('k'.repeat(22));
    },
  ],
  [
    'its notes thrown out, and a tree too deep',
    (doc) => {
      doc.getMap('entries').clear();
      insertDeepElsewhere(doc);
    },
  ],
  [
    'an entry overwritten, and a tree too deep',
    (doc, note) => {
      doc.getMap('entries').set(note, new Y.Map([['order', 'z']]));
      insertDeepElsewhere(doc);
    },
  ],
])(
  '[R29] a carnet set aside for %s is read, taken back by a manager, and arranged again',
  async (_, spoil) => {
    const { collection: carnet } = await owner.json<CarnetPage>('POST', '/api/carnets', {
      title: 'Recettes',
      description: 'De saison',
    });
    const id = carnet.id as string as DocumentId;
    const { note } = await owner.json<NotePage>('POST', '/api/notes', {
      title: 'Soupe',
      carnetId: carnet.id,
    });
    const { documents, log } = full.relay.operations;
    const act = { person: owner.session.person?.id ?? null, operation: 'test' };
    await documents.change(id, act, (doc) => {
      const paragraph = new Y.XmlElement('paragraph');
      paragraph.insert(0, [new Y.XmlText('Pesez tout.')]);
      doc.getXmlFragment('guide').insert(0, [paragraph]);
      const category = new Y.Map(Object.entries({ name: 'Hiver', order: 'a0', list: '' }));
      doc.getMap('categories').set('k'.repeat(22), category);
    });
    const page = () => owner.json<CarnetPage>('GET', `/api/carnets/${id}`);
    const said = async (): Promise<CollectionContent | null> => {
      const read = await documents.read(id);
      return read === null ? null : yDocToCollectionContent(read.doc);
    };
    const before = await said();
    expect(before).toMatchObject({ entries: [{ memberId: note.id }], categories: [{ name: 'Hiver' }] });
    await retryUntil('it to be indexed', async () => (await page()).categories.length === 1);
    const [entryBefore] = (await page()).entries;
    expect(await page()).toMatchObject({ problem: null, goodStateAt: null });

    const { seq } = await documents.change(id, act, (doc) => spoil(doc, note.id));
    await retryUntil('it to be set aside', async () => (await page()).problem === 'invalid_content');
    const [goodRow] = await log.read(id, seq - 2, seq - 1);
    expect((await page()).goodStateAt).toBe(goodRow?.time);
    const { note: other } = await owner.json<NotePage>('POST', '/api/notes', {});
    const integration = { method: 'POST', json: { memberIds: [other.id] } };
    expect((await owner.fetch(`/api/carnets/${id}/entries`, integration)).status).toBe(409);

    const back = await owner.json<CarnetPage>('POST', `/api/carnets/${id}/restore-good-state`);
    expect(back).toMatchObject({ problem: null, goodStateAt: null });
    expect(await said()).toEqual(before);
    const [row] = await log.read(id, seq);
    expect(row).toMatchObject({ person: act.person, operation: 'restore' });
    await retryUntil('the page to follow', async () => (await page()).entries.length === 1);
    const [entry] = (await page()).entries;
    expect(entry).toMatchObject({ order: entryBefore?.order, pinned: entryBefore?.pinned });
    await documents.change(id, act, (doc) => doc.getText('title').insert(0, 'Mes '));
    expect((await said())?.title).toBe('Mes Recettes');
    const again = await owner.fetch(`/api/carnets/${id}/restore-good-state`, { method: 'POST' });
    expect(again.status).toBe(409);
  },
);

test('[R29] only a manager takes a carnet back, and only managers are told of its last good state', async () => {
  const { collection: carnet } = await owner.json<CarnetPage>('POST', '/api/carnets', {
    title: 'À plusieurs',
  });
  const id = carnet.id as string as DocumentId;
  const invitation = { subject: 'carnet', subjectId: id, role: 'contributor' };
  const { url } = await owner.json<{ url: string }>('POST', '/api/invitations', invitation);
  const contributor = await full.join(url, 'Clara');
  const act = { person: owner.session.person?.id ?? null, operation: 'test' };
  await full.relay.operations.documents.change(id, act, insertDeepElsewhere);
  const page = () => contributor.json<CarnetPage>('GET', `/api/carnets/${id}`);
  await retryUntil('it to be set aside', async () => (await page()).problem === 'invalid_content');
  expect((await page()).goodStateAt).toBeNull();
  const answer = await contributor.fetch(`/api/carnets/${id}/restore-good-state`, { method: 'POST' });
  expect(answer.status).toBe(403);
  expect((await page()).problem).toBe('invalid_content');
});

test('[R29] a note in which something waits for what never came keeps all that is shown, and is written in again', async () => {
  const { note } = await owner.json<NotePage>('POST', '/api/notes', { title: 'Avant' });
  const id = note.id as string as DocumentId;
  const page = () => owner.json<NotePage>('GET', `/api/notes/${id}`);
  const title = async () => (await owner.json<NoteContent>('GET', `/api/notes/${id}/content`)).title;
  const { documents } = full.relay.operations;
  const { log } = full;
  const person = owner.session.person?.id ?? null;
  const [first] = await log.read(id, 0, 1);
  // Two structs that wait for each other, as a relay of before it refused them kept them.
  const bytes = Uint8Array.of(2, 1, 2, 0, 0x84, 1, 0, 1, 98, 1, 1, 0, 0x84, 2, 0, 1, 97, 0);
  const time = (first?.time ?? 0) + 1;
  const kept = { device: null, deviceTime: null, via: 'socket', operation: null, clients: [1, 2] } as const;
  await log.append([{ document: id, time, person, bytes, ...kept }]);
  const { epoch } = (await log.head(id)) ?? {};
  await documents.inspect(id);
  expect(await page()).toMatchObject({
    problem: 'invalid_content',
    goodStateAt: time,
    goodStateIsShown: true,
  });
  const back = await owner.json<NotePage>('POST', `/api/notes/${id}/restore-good-state`);
  expect(back).toMatchObject({ problem: null, goodStateAt: null, goodStateIsShown: false });
  expect((await log.head(id))?.epoch).not.toBe(epoch);
  const { versions } = await owner.json<{ versions: VersionSummary[] }>('GET', `/api/notes/${id}/versions`);
  expect(versions[0]).toMatchObject({ kind: 'restore', seq: 3 });
  await documents.change(id, { person, operation: 'test' }, (doc) =>
    doc.getText('title').insert(0, 'Et après : '),
  );
  expect(await title()).toBe('Et après : Avant');
});
