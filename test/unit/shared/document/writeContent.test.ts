import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import * as build from '#shared/document/buildContent.ts';
import { addEntry, bodyOf, entriesOf, readEntries, titleOf } from '#shared/document/fields.ts';
import { type BodyNode, yDocToCollectionContent, yDocToNoteContent } from '#shared/document/noteContent.ts';
import {
  carnetToUpdate,
  contentToUpdate,
  replaceNoteContent,
  replaceText,
} from '#shared/document/writeContent.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { fullBody } from './sampleBody.ts';

function docOf(title: string, body: BodyNode): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, contentToUpdate({ title, body, language: 'fr' }, 11));
  return doc;
}

describe('a new note', () => {
  it('is written under the given client id, in one update', () => {
    const update = contentToUpdate({ title: 'Un titre', body: fullBody, language: 'en' }, 42);
    expect([...Y.decodeStateVector(Y.encodeStateVectorFromUpdate(update)).keys()]).toEqual([42]);
  });

  it('holds one empty paragraph when nothing is given', () => {
    expect(yDocToNoteContent(docOf('', build.body())).body).toEqual({
      type: 'doc',
      content: [{ type: 'paragraph' }],
    });
  });

  it('is refused when it holds what the schema does not know', () => {
    expect(() =>
      contentToUpdate(
        { title: '', body: { type: 'doc', content: [{ type: 'hologram' }] }, language: 'fr' },
        1,
      ),
    ).toThrow(RangeError);
  });

  it('is read without being modified', () => {
    const doc = docOf('T', fullBody);
    const before = Y.encodeStateAsUpdate(doc);
    yDocToNoteContent(doc);
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
  });
});

describe('restoring', () => {
  it('makes the note say exactly the same again', () => {
    const doc = docOf('Ancien', fullBody);
    const old = yDocToNoteContent(doc);
    replaceNoteContent(doc, {
      title: 'Nouveau',
      body: build.body(build.paragraph('Tout autre chose.')),
      language: 'en',
    });
    expect(yDocToNoteContent(doc).title).toBe('Nouveau');
    replaceNoteContent(doc, old);
    expect(yDocToNoteContent(doc)).toEqual(old);
  });

  it('writes nothing when nothing differs', () => {
    const doc = docOf('Titre', fullBody);
    let updates = 0;
    doc.on('update', () => (updates += 1));
    replaceNoteContent(doc, yDocToNoteContent(doc));
    expect(updates).toBe(0);
  });

  it('changes only what differs, so that a concurrent change elsewhere survives', () => {
    const old = build.body(
      ...Array.from({ length: 40 }, (_, at) => build.paragraph(`Paragraphe ${at}, assez long pour compter.`)),
    );
    const doc = docOf('Titre', old);
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    (bodyOf(other).get(30) as Y.XmlElement).insert(0, [new Y.XmlText('ajouté ')]);

    const next = yDocToNoteContent(doc);
    const blocks = [...(next.body.content ?? [])];
    blocks[3] = build.paragraph('Paragraphe trois, assez long pour compter.');
    let bytes = 0;
    doc.on('update', (update: Uint8Array) => (bytes += update.length));
    replaceNoteContent(doc, { ...next, body: { type: 'doc', content: blocks } });
    expect(bytes).toBeLessThan(60);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
    const text = JSON.stringify(yDocToNoteContent(doc).body);
    expect(text).toContain('ajouté ');
    expect(text).toContain('Paragraphe trois');
  });

  it('refuses content of another schema and changes nothing', () => {
    const doc = docOf('Titre', fullBody);
    const before = yDocToNoteContent(doc);
    expect(() =>
      replaceNoteContent(doc, {
        title: 'X',
        body: { type: 'doc', content: [{ type: 'hologram' }] },
        language: 'fr',
      }),
    ).toThrow(RangeError);
    expect(yDocToNoteContent(doc)).toEqual(before);
  });
});

describe('replacing a title', () => {
  it.each([
    ['', 'abc'],
    ['abc', ''],
    ['chat', 'chien'],
    ['aa', 'aaa'],
    ['x😀y', 'x😁y'],
    ['😀', '😁'],
    ['a😀', '😀'],
  ])('from %j to %j keeps what is common and breaks no character', (from, to) => {
    const doc = new Y.Doc();
    titleOf(doc).insert(0, from);
    replaceText(titleOf(doc), to);
    expect(titleOf(doc).toJSON()).toBe(to);
  });
});

describe('a carnet', () => {
  it('gives its entries pinned first, then by key, then by id, and survives what is not an entry', () => {
    const doc = new Y.Doc();
    Y.applyUpdate(
      doc,
      carnetToUpdate(
        {
          title: 'Carnet',
          description: 'Une description',
          language: 'fr',
          categories: [{ id: 'c1' as never, name: 'Récits', order: 'V001', list: 'Genre' }],
        },
        3,
      ),
    );
    const place = (noteId: string, order: string, pinned = false): void =>
      addEntry(doc, { memberId: noteId as NoteId, order, category: null, pinned });
    place('b', 'V002');
    place('a', 'V002');
    place('z', 'V001');
    place('p', 'V009', true);
    place('p', 'V000');
    (entriesOf(doc) as Y.Map<unknown>).set('damaged', 'text');
    expect(readEntries(doc).map((entry) => entry.memberId)).toEqual(['p', 'z', 'a', 'b']);
    const content = yDocToCollectionContent(doc);
    expect([content.title, content.description, content.categories.map((one) => one.name)]).toEqual([
      'Carnet',
      'Une description',
      ['Récits'],
    ]);
  });
});
