import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { addEntry, readCategories, readEntries, titleOf } from '#shared/document/fields.ts';
import { idFromBytes, type NoteId } from '#shared/domain/ids.ts';
import { orderKeysBetween } from '#shared/document/orderKeys.ts';
import { contentOfDoc, sectionsOf } from '../../../../../renderer/features/carnets/carnetContent.ts';
import {
  createCategory,
  moveEntry,
  pinEntry,
  removeCategory,
  removeEntry,
} from '../../../../../renderer/features/carnets/carnetEdits.ts';
import { stepPlace } from '../../../../../renderer/features/carnets/stepPlace.ts';
import { textChange, writeText } from '../../../../../renderer/features/carnets/textChange.ts';

const note = (n: number): NoteId => idFromBytes<NoteId>(new Uint8Array(16).fill(n));
const [a, b, c, d] = [note(1), note(2), note(3), note(4)] as [NoteId, NoteId, NoteId, NoteId];

function carnetOf(...ids: NoteId[]): Y.Doc {
  const doc = new Y.Doc();
  const orders = orderKeysBetween(null, null, ids.length);
  ids.forEach((noteId, at) =>
    addEntry(doc, { noteId, order: orders[at] ?? '', category: null, pinned: false }),
  );
  return doc;
}
const shown = (doc: Y.Doc): [string | null, NoteId[]][] =>
  sectionsOf(contentOfDoc(doc)).map((section) => [
    section.pinned ? 'pinned' : section.name,
    section.entries.map((entry) => entry.noteId),
  ]);
const step = (doc: Y.Doc, noteId: NoteId, direction: -1 | 1 | 'first'): boolean => {
  const place = stepPlace(sectionsOf(contentOfDoc(doc)), noteId, direction);
  if (place !== null) moveEntry(doc, noteId, place);
  return place !== null;
};

describe('arranging a carnet', () => {
  it('moves an entry one step, and first', () => {
    const doc = carnetOf(a, b, c, d);
    step(doc, c, -1);
    expect(shown(doc)).toEqual([[null, [a, c, b, d]]]);
    step(doc, a, 1);
    expect(shown(doc)).toEqual([[null, [c, a, b, d]]]);
    step(doc, d, 'first');
    expect(shown(doc)).toEqual([[null, [d, c, a, b]]]);
    expect(step(doc, d, -1)).toBe(false);
    expect(step(doc, b, 1)).toBe(false);
  });

  it('goes on into the next category at the end of a list, and back', () => {
    const doc = carnetOf(a, b);
    createCategory(doc, 'Suite');
    step(doc, b, 1);
    expect(shown(doc)).toEqual([
      [null, [a]],
      ['Suite', [b]],
    ]);
    step(doc, b, -1);
    expect(shown(doc)).toEqual([
      [null, [a, b]],
      ['Suite', []],
    ]);
  });

  it('shows pinned notes first and puts them back in their category', () => {
    const doc = carnetOf(a, b, c);
    const category = createCategory(doc, 'Suite');
    const suite = sectionsOf(contentOfDoc(doc)).find((section) => section.category === category);
    moveEntry(doc, c, { section: suite!, index: 0 });
    pinEntry(doc, c, true);
    expect(shown(doc)).toEqual([
      ['pinned', [c]],
      [null, [a, b]],
      ['Suite', []],
    ]);
    pinEntry(doc, c, false);
    expect(shown(doc)).toEqual([
      [null, [a, b]],
      ['Suite', [c]],
    ]);
  });

  it('puts back what was taken out: an entry at its place, a category with its notes', () => {
    const doc = carnetOf(a, b, c);
    const before = readEntries(doc);
    const undoEntry = removeEntry(doc, before[1]!);
    expect(shown(doc)).toEqual([[null, [a, c]]]);
    undoEntry();
    expect(readEntries(doc)).toEqual(before);
    const category = createCategory(doc, 'Suite');
    step(doc, c, 1);
    const undoCategory = removeCategory(doc, category);
    expect(shown(doc)).toEqual([[null, [a, b, c]]]);
    undoCategory();
    expect(shown(doc)).toEqual([
      [null, [a, b]],
      ['Suite', [c]],
    ]);
    expect(readCategories(doc).map(({ name }) => name)).toEqual(['Suite']);
  });

  it('merges two people’s moves: both stand', () => {
    const one = carnetOf(a, b, c, d);
    const two = new Y.Doc();
    Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
    step(one, a, 1);
    step(two, d, 'first');
    Y.applyUpdate(one, Y.encodeStateAsUpdate(two));
    Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
    expect(shown(one)).toEqual([[null, [d, b, a, c]]]);
    expect(shown(two)).toEqual(shown(one));
  });
});

describe('writing a shared text from a field', () => {
  it('changes only what differs, so that two people may write at once', () => {
    const one = new Y.Doc();
    writeText(titleOf(one), 'Chantier du quartier', null);
    const two = new Y.Doc();
    Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
    writeText(titleOf(one), 'Grand chantier du quartier', null);
    writeText(titleOf(two), 'Chantier du quartier nord', null);
    Y.applyUpdate(one, Y.encodeStateAsUpdate(two));
    expect(titleOf(one).toJSON()).toBe('Grand chantier du quartier nord');
  });

  it('never cuts a pair of surrogates', () => {
    expect(textChange('a🙂b', 'a🙃b')).toEqual({ at: 1, remove: 2, insert: '🙃' });
    expect(textChange('same', 'same')).toBeNull();
    expect(textChange('aaa', 'aa')).toEqual({ at: 2, remove: 1, insert: '' });
  });
});
