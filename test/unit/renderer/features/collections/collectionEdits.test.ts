import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  addEntry,
  categoryIn,
  categoryLists,
  fileEntry,
  maxCategoriesInList,
  readCategories,
  readEntries,
  titleOf,
} from '#shared/document/fields.ts';
import { idFromBytes, type MemberId } from '#shared/domain/ids.ts';
import { orderKeysBetween } from '#shared/document/orderKeys.ts';
import { contentOfDoc, sectionsOf } from '../../../../../renderer/features/collections/collectionContent.ts';
import {
  createCategory,
  moveCategory,
  moveEntry,
  pinEntry,
  removeCategories,
  removeCategory,
  removeCategoryList,
  removeEntry,
  renameCategoryList,
} from '../../../../../renderer/features/collections/collectionEdits.ts';
import { stepPlace } from '../../../../../renderer/features/collections/stepPlace.ts';
import { textChange, writeText } from '../../../../../renderer/collaboration/textChange.ts';

const note = (n: number): MemberId => idFromBytes<MemberId>(new Uint8Array(16).fill(n));
const [a, b, c, d] = [note(1), note(2), note(3), note(4)] as [MemberId, MemberId, MemberId, MemberId];

function carnetOf(...ids: MemberId[]): Y.Doc {
  const doc = new Y.Doc();
  const orders = orderKeysBetween(null, null, ids.length);
  ids.forEach((memberId, at) =>
    addEntry(doc, { memberId, order: orders[at] ?? '', category: null, pinned: false }),
  );
  return doc;
}
const shown = (doc: Y.Doc): [string | null, MemberId[]][] =>
  sectionsOf(contentOfDoc(doc)).map((section) => [
    section.pinned ? 'pinned' : section.name,
    section.entries.map((entry) => entry.memberId),
  ]);
const step = (doc: Y.Doc, noteId: MemberId, direction: -1 | 1 | 'first'): boolean => {
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
    const category = createCategory(doc, 'Suite')!;
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
    const category = createCategory(doc, 'Suite')!;
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

  it('makes no category beyond how many there may be, says so, and shows those that came anyway as such', () => {
    const doc = carnetOf(a);
    for (let n = 1; n <= maxCategoriesInList; n += 1) expect(createCategory(doc, `C${n}`)).not.toBeNull();
    expect(createCategory(doc, 'De trop')).toBeNull();
    expect(createCategory(doc, 'Eau', 'Thèmes')).not.toBeNull();
    expect(createCategory(doc, 'Estrie', 'Régions')).not.toBeNull();
    expect(createCategory(doc, 'Une', 'Quatrième')).toBeNull();
    expect(contentOfDoc(doc).beyond).toEqual([]);
    expect(readCategories(doc)).toHaveLength(maxCategoriesInList + 2);
    // Two people who each make the last one: both are kept, and one is not shown.
    const [first] = readCategories(doc);
    removeCategory(doc, first!.id);
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    createCategory(doc, 'La mienne');
    createCategory(other, 'La tienne');
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    const { beyond } = contentOfDoc(doc);
    expect(beyond).toHaveLength(1);
    expect(contentOfDoc(other).beyond).toEqual(beyond);
    expect(createCategory(doc, 'Encore')).toBeNull();
    // It comes back when another goes; a list goes whole, what was not shown of it too, and comes back whole.
    const undo = removeCategories(doc, beyond);
    expect(contentOfDoc(doc).beyond).toEqual([]);
    undo();
    expect(contentOfDoc(doc).beyond).toEqual(beyond);
    const undoList = removeCategoryList(doc, '');
    expect(contentOfDoc(doc)).toMatchObject({
      beyond: [],
      categories: [{ name: 'Eau' }, { name: 'Estrie' }],
    });
    undoList();
    expect(contentOfDoc(doc).beyond).toEqual(beyond);
  });

  it('files a note in one category of each list, whichever list arranges the page, and two people’s filings merge', () => {
    const one = carnetOf(a, b);
    const [spring, autumn] = [createCategory(one, 'Printemps')!, createCategory(one, 'Automne')!];
    const [water, wood] = [createCategory(one, 'Eau', 'Thèmes')!, createCategory(one, 'Bois', 'Thèmes')!];
    const two = new Y.Doc();
    Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
    const file = (doc: Y.Doc, noteId: MemberId, list: string, category: string | null): void => {
      const content = contentOfDoc(doc);
      const { categories = [] } = categoryLists(content.categories).find(({ name }) => name === list) ?? {};
      const section = sectionsOf(content, categories).find(
        (known) => !known.pinned && known.category === category,
      );
      moveEntry(doc, noteId, { section: section!, index: 0 });
    };
    const filed = (doc: Y.Doc, noteId: MemberId): unknown[] => {
      const { entries, categories } = contentOfDoc(doc);
      const entry = entries.find((known) => known.memberId === noteId);
      return categoryLists(categories).map((list) => categoryIn(entry!, list.categories));
    };
    file(one, a, '', spring);
    Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
    file(one, a, '', autumn);
    file(two, a, 'Thèmes', water);
    Y.applyUpdate(one, Y.encodeStateAsUpdate(two));
    expect(filed(one, a)).toEqual([autumn, water]);
    file(one, a, 'Thèmes', wood);
    expect(filed(one, a)).toEqual([autumn, wood]);
    expect(readEntries(one).find(({ memberId }) => memberId === a)).toMatchObject({
      category: autumn,
      also: [wood],
    });
    // A note filed in the second list alone: the field that every version knows has it.
    file(one, b, 'Thèmes', wood);
    expect(readEntries(one).find(({ memberId }) => memberId === b)).toMatchObject({ category: wood });
    file(one, b, '', spring);
    expect(filed(one, b)).toEqual([spring, wood]);
    fileEntry(one, a, [spring, autumn], null);
    expect(filed(one, a)).toEqual([null, wood]);
    // Taken out and put back, it is in all of its categories again.
    const undo = removeEntry(
      one,
      readEntries(one).find(({ memberId }) => memberId === b)!,
    );
    undo();
    expect(filed(one, b)).toEqual([spring, wood]);
  });

  it('names, orders and removes lists of categories, and puts a list back with its notes in it', () => {
    const doc = carnetOf(a);
    const [spring, autumn] = [createCategory(doc, 'Printemps')!, createCategory(doc, 'Automne')!];
    const water = createCategory(doc, 'Eau', 'Thèmes')!;
    const lists = () =>
      categoryLists(readCategories(doc)).map(({ name, categories }) => [
        name,
        categories.map(({ id }) => id),
      ]);
    expect(lists()).toEqual([
      ['', [spring, autumn]],
      ['Thèmes', [water]],
    ]);
    expect(renameCategoryList(doc, '', 'Thèmes')).toBe(false);
    expect(renameCategoryList(doc, '', 'Saisons')).toBe(true);
    // A category that goes to the end of its list leaves the list where it is among the others.
    moveCategory(doc, spring, 1);
    moveCategory(doc, autumn, 1);
    moveCategory(doc, autumn, 1);
    moveCategory(doc, spring, 1);
    expect(lists()).toEqual([
      ['Saisons', [autumn, spring]],
      ['Thèmes', [water]],
    ]);
    fileEntry(doc, a, [water], water);
    const undo = removeCategoryList(doc, 'Thèmes');
    expect(lists()).toEqual([['Saisons', [autumn, spring]]]);
    expect(shown(doc)[0]).toEqual([null, [a]]);
    undo();
    expect(shown(doc).at(-1)).toEqual(['Eau', [a]]);
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
