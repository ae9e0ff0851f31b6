import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { NoteContent, NotePage } from '#shared/api/notes.ts';
import type { VersionSummary } from '#shared/api/versions.ts';
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
