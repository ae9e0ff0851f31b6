import type { CarnetId, CategoryId, NoteId, PersonId } from '#shared/domain/ids.ts';
import { addEntry, categoriesOf, entriesOf, readEntries } from '#shared/document/fields.ts';
import { compareOrderKeys, isOrderKey, orderKeyBetween } from '#shared/document/orderKeys.ts';
import type { RelayContext } from '../RelayContext.ts';

/**
 * Writes a note's place at the end of a carnet's document, under a client id bound to the person. A note that is there already keeps its place; a category that the carnet does not
 * have is left out. The note itself is not touched: integrating is not a modification.
 */
export async function putEntry(
  context: RelayContext,
  person: PersonId | null,
  carnet: CarnetId,
  note: NoteId,
  category: CategoryId | null,
): Promise<void> {
  await context.documents.change(carnet, { person, operation: 'integrate' }, (doc) => {
    if (entriesOf(doc).has(note)) return;
    const keys = readEntries(doc)
      .map((entry) => entry.order)
      .filter(isOrderKey)
      .sort(compareOrderKeys);
    addEntry(doc, {
      noteId: note,
      order: orderKeyBetween(keys.at(-1) ?? null, null),
      category: category !== null && categoriesOf(doc).has(category) ? category : null,
      pinned: false,
    });
  });
  await context.indexer.indexNow(carnet);
}
