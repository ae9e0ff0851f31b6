import * as Y from 'yjs';
import {
  addCategory,
  addEntry,
  categoriesOf,
  entriesOf,
  type CategoryContent,
  type EntryContent,
  fileEntry,
  hasRoomForCategory,
  readAllCategories,
  readCategories,
} from '#shared/document/fields.ts';
import { idFromBytes, type CategoryId, type MemberId } from '#shared/domain/ids.ts';
import { orderKeyBetween } from '#shared/document/orderKeys.ts';
import type { CollectionSection } from './collectionContent.ts';

/** Marks the changes of this page, so that they can be told from others'. */
export const collectionEditOrigin = Symbol('carnet page');

/** Where an entry is put: a list, and its index there once the entry itself is taken out. */
export interface EntryPlace {
  readonly section: CollectionSection;
  readonly index: number;
}

function inOneStep(doc: Y.Doc, change: () => void): void {
  doc.transact(change, collectionEditOrigin);
}

/** Puts an entry at a place: its order, category and pin change together. Only this entry is written. */
export function moveEntry(doc: Y.Doc, memberId: MemberId, place: EntryPlace): void {
  const value = entriesOf(doc).get(memberId);
  if (!(value instanceof Y.Map)) return;
  const others = place.section.entries.filter((entry) => entry.memberId !== memberId);
  const before = others[place.index - 1];
  const after = others[place.index];
  inOneStep(doc, () => {
    // Alone in its list, it keeps the key that it has: if the list goes, it is again where it was.
    if (others.length > 0) value.set('order', orderKeyBetween(before?.order ?? null, after?.order ?? null));
    if (value.get('pinned') !== place.section.pinned) value.set('pinned', place.section.pinned);
    // A pinned note keeps its category for when it is unpinned.
    if (!place.section.pinned) fileEntry(doc, memberId, place.section.list, place.section.category);
  });
}

/** Pins an entry at the head of the carnet, or puts it back where it was. */
export function pinEntry(doc: Y.Doc, memberId: MemberId, pinned: boolean): void {
  const value = entriesOf(doc).get(memberId);
  if (value instanceof Y.Map) inOneStep(doc, () => value.set('pinned', pinned));
}

/** Takes an entry out. @returns the way to put it back where it was. */
export function removeEntry(doc: Y.Doc, entry: EntryContent): () => void {
  inOneStep(doc, () => entriesOf(doc).delete(entry.memberId));
  return () => inOneStep(doc, () => addEntry(doc, entry));
}

/**
 * Makes a category after the last one of a list; a list that nobody named before is there with it.
 * @returns null, nothing written, where there may be no more of them: somebody else may have made the last one a moment ago.
 */
export function createCategory(doc: Y.Doc, name: string, list = ''): CategoryId | null {
  const categories = readAllCategories(doc);
  if (!hasRoomForCategory(categories, list)) return null;
  const id = idFromBytes<CategoryId>(crypto.getRandomValues(new Uint8Array(16)));
  const last = categories.at(-1);
  inOneStep(doc, () =>
    addCategory(doc, { id, name, order: orderKeyBetween(last?.order ?? null, null), list }),
  );
  return id;
}

/** Moves a category one step among those of its list. Only this category is written. */
export function moveCategory(doc: Y.Doc, id: CategoryId, step: -1 | 1): void {
  const value = categoriesOf(doc).get(id);
  if (!(value instanceof Y.Map)) return;
  const list = readCategories(doc).filter((known) => known.list === value.get('list'));
  const at = list.findIndex((known) => known.id === id) + step;
  const others = list.filter((known) => known.id !== id);
  if (at < 0 || at > others.length) return;
  // Between what stands beside it in all lists: at the end of its own it must not pass another list, whose place would change.
  const all = readCategories(doc).filter((known) => known.id !== id);
  const placeOf = (known: CategoryContent | undefined): number =>
    all.findIndex(({ id: one }) => one === known?.id);
  const before = others[at - 1] ?? all[placeOf(others[at]) - 1];
  const after = others[at] ?? all[placeOf(others[at - 1]) + 1];
  const order = orderKeyBetween(before?.order ?? null, after?.order ?? null);
  inOneStep(doc, () => value.set('order', order));
}

/** Gives a list of categories another name. A name that another list has would make one of the two: nothing is done. */
export function renameCategoryList(doc: Y.Doc, list: string, name: string): boolean {
  const categories = readAllCategories(doc);
  if (categories.some((known) => known.list === name)) return false;
  inOneStep(doc, () => {
    for (const known of categories)
      if (known.list === list) categoriesOf(doc).get(known.id)?.set('list', name);
  });
  return true;
}

/** Removes a list with its categories, those beyond the limit too; its notes stay in the carnet. @returns the way to put all of it back. */
export function removeCategoryList(doc: Y.Doc, list: string): () => void {
  return removeCategories(
    doc,
    readAllCategories(doc).filter((known) => known.list === list),
  );
}

/** Removes categories; their notes stay in the carnet. @returns the way to put them back, with their notes in them. */
export function removeCategories(doc: Y.Doc, held: readonly CategoryContent[]): () => void {
  inOneStep(doc, () => {
    for (const { id } of held) categoriesOf(doc).delete(id);
  });
  // The entries still name the categories: putting them back brings them back into them.
  return () => inOneStep(doc, () => held.forEach((category) => addCategory(doc, category)));
}

/** Gives a category another name. */
export function renameCategory(doc: Y.Doc, id: CategoryId, name: string): void {
  const value = categoriesOf(doc).get(id);
  if (value instanceof Y.Map) inOneStep(doc, () => value.set('name', name));
}

/** Removes a category; its notes stay in the carnet, without one. @returns the way to put it back, with its notes in it. */
export function removeCategory(doc: Y.Doc, id: CategoryId): () => void {
  return removeCategories(
    doc,
    readAllCategories(doc).filter((known) => known.id === id),
  );
}
