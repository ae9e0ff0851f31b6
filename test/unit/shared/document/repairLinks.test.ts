import { expect, test } from 'vitest';
import * as Y from 'yjs';
import * as build from '#shared/document/buildContent.ts';
import { bodyOf } from '#shared/document/fields.ts';
import { type BodyNode, yDocToNoteContent } from '#shared/document/noteContent.ts';
import { removeLinks, replaceLinks } from '#shared/document/repairLinks.ts';
import { bodyToProseMirror, replaceNoteContent } from '#shared/document/writeContent.ts';

function docOf(body: BodyNode): Y.Doc {
  const doc = new Y.Doc();
  replaceNoteContent(doc, { title: 'Note', body, language: 'fr' });
  return doc;
}
/** What it says now, which the schema has to take. */
function bodyNow(doc: Y.Doc): BodyNode {
  const { body } = yDocToNoteContent(doc);
  bodyToProseMirror(body);
  return bodyToProseMirror(body).toJSON() as BodyNode;
}
const same = (body: BodyNode): unknown => bodyToProseMirror(body).toJSON();
const [gone, other] = ['A'.repeat(22), 'B'.repeat(22)];

test('links to a note lead to another, wherever they stand, and keep their words', () => {
  const say = (id: string): BodyNode =>
    build.body(
      build.paragraph('Voir ', build.noteLink(id, 'le guide'), ' et ', build.noteLink(other), '.'),
      build.blockquote(build.paragraph(build.noteLink(id))),
    );
  const doc = docOf(say(gone));
  expect(replaceLinks(doc, { kind: 'note', noteId: gone }, 'C'.repeat(22))).toBe(2);
  expect(bodyNow(doc)).toEqual(same(say('C'.repeat(22))));
});

test('links to a note are taken out, and their words stay in the sentence', () => {
  const doc = docOf(
    build.body(
      build.paragraph('Voir ', build.noteLink(gone, 'le guide'), ', puis la suite.'),
      build.paragraph(build.noteLink(gone, 'Seul')),
      build.paragraph('Sans mots ', build.noteLink(gone)),
      build.paragraph(build.noteLink(gone, 'Un'), build.noteLink(other), build.noteLink(gone, 'deux')),
    ),
  );
  expect(removeLinks(doc, { kind: 'note', noteId: gone })).toBe(5);
  expect(bodyNow(doc)).toEqual(
    same(
      build.body(
        build.paragraph('Voir le guide, puis la suite.'),
        build.paragraph('Seul'),
        build.paragraph('Sans mots '),
        build.paragraph('Un', build.noteLink(other), 'deux'),
      ),
    ),
  );
});

test('an address is replaced, or taken out, and other marks stay', () => {
  const say = (first: string): BodyNode =>
    build.body(
      build.paragraph('Le ', build.bold(build.link(first, 'site')), ' et ', build.link('https://b.org', 'b')),
      build.paragraph(build.link(first, 'encore')),
    );
  const doc = docOf(say('https://exemple'));
  expect(replaceLinks(doc, { kind: 'address', href: 'https://exemple' }, 'https://exemple.org')).toBe(2);
  expect(bodyNow(doc)).toEqual(same(say('https://exemple.org')));
  expect(removeLinks(doc, { kind: 'address', href: 'https://exemple.org' })).toBe(2);
  expect(bodyNow(doc)).toEqual(
    same(
      build.body(
        build.paragraph('Le ', build.bold('site'), ' et ', build.link('https://b.org', 'b')),
        build.paragraph('encore'),
      ),
    ),
  );
});

test('what nobody links to changes nothing', () => {
  const doc = docOf(build.body(build.paragraph('Rien.')));
  const before = Y.encodeStateVector(doc);
  expect(removeLinks(doc, { kind: 'note', noteId: gone })).toBe(0);
  expect(replaceLinks(doc, { kind: 'address', href: 'https://exemple' }, 'https://exemple.org')).toBe(0);
  expect(Y.encodeStateVector(doc)).toEqual(before);
  expect(bodyOf(doc).length).toBe(1);
});

test('taking out is undone in one step', () => {
  const doc = docOf(build.body(build.paragraph('Voir ', build.noteLink(gone, 'le guide'), '.')));
  const before = bodyNow(doc);
  const undo = new Y.UndoManager(bodyOf(doc), { trackedOrigins: new Set(['repair']) });
  doc.transact(() => removeLinks(doc, { kind: 'note', noteId: gone }), 'repair');
  expect(bodyNow(doc)).not.toEqual(before);
  undo.undo();
  expect(bodyNow(doc)).toEqual(before);
});
