import * as Y from 'yjs';
import {
  addCategory,
  addEntry,
  categoriesOf,
  entriesOf,
  type EntryContent,
  readCategories,
} from '#shared/document/fields.ts';
import { idFromBytes, type CategoryId, type NoteId } from '#shared/domain/ids.ts';
import { orderKeyBetween } from '#shared/document/orderKeys.ts';
import type { CarnetSection } from './carnetContent.ts';

/** Marks the changes of this page, so that they can be told from others'. */
export const carnetEditOrigin = Symbol('carnet page');

/** Where an entry is put: a list, and its index there once the entry itself is taken out. */
export interface EntryPlace {
  readonly section: CarnetSection;
  readonly index: number;
}

function inOneStep(doc: Y.Doc, change: () => void): void {
  doc.transact(change, carnetEditOrigin);
}

/** Puts an entry at a place: its order, category and pin change together. Only this entry is written. */
export function moveEntry(doc: Y.Doc, noteId: NoteId, place: EntryPlace): void {
  const value = entriesOf(doc).get(noteId);
  if (!(value instanceof Y.Map)) return;
  const others = place.section.entries.filter((entry) => entry.noteId !== noteId);
  const before = others[place.index - 1];
  const after = others[place.index];
  inOneStep(doc, () => {
    // Alone in its list, it keeps the key that it has: if the list goes, it is again where it was.
    if (others.length > 0) value.set('order', orderKeyBetween(before?.order ?? null, after?.order ?? null));
    if (value.get('pinned') !== place.section.pinned) value.set('pinned', place.section.pinned);
    // A pinned note keeps its category for when it is unpinned.
    if (!place.section.pinned && (value.get('category') ?? null) !== place.section.category)
      value.set('category', place.section.category);
  });
}

/** Pins an entry at the head of the carnet, or puts it back where it was. */
export function pinEntry(doc: Y.Doc, noteId: NoteId, pinned: boolean): void {
  const value = entriesOf(doc).get(noteId);
  if (value instanceof Y.Map) inOneStep(doc, () => value.set('pinned', pinned));
}

/** Takes an entry out. @returns the way to put it back where it was. */
export function removeEntry(doc: Y.Doc, entry: EntryContent): () => void {
  inOneStep(doc, () => entriesOf(doc).delete(entry.noteId));
  return () => inOneStep(doc, () => addEntry(doc, entry));
}

/** Makes a category after the last one. */
export function createCategory(doc: Y.Doc, name: string): CategoryId {
  const id = idFromBytes<CategoryId>(crypto.getRandomValues(new Uint8Array(16)));
  const last = readCategories(doc).at(-1);
  inOneStep(doc, () =>
    addCategory(doc, { id, name, order: orderKeyBetween(last?.order ?? null, null), list: '' }),
  );
  return id;
}

/** Gives a category another name. */
export function renameCategory(doc: Y.Doc, id: CategoryId, name: string): void {
  const value = categoriesOf(doc).get(id);
  if (value instanceof Y.Map) inOneStep(doc, () => value.set('name', name));
}

/** Removes a category; its notes stay in the carnet, without one. @returns the way to put it back, with its notes in it. */
export function removeCategory(doc: Y.Doc, id: CategoryId): () => void {
  const category = readCategories(doc).find((known) => known.id === id);
  inOneStep(doc, () => categoriesOf(doc).delete(id));
  // The entries still name the category: putting it back brings them back into it.
  return () => {
    if (category !== undefined) inOneStep(doc, () => addCategory(doc, category));
  };
}
