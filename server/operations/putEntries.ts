import type * as Y from 'yjs';
import type { CategoryId, CollectionId, MemberId, PersonId } from '#shared/domain/ids.ts';
import { addEntry, categoriesOf, entriesOf, readEntries } from '#shared/document/fields.ts';
import { compareOrderKeys, isOrderKey, orderKeysBetween } from '#shared/document/orderKeys.ts';
import type { RelayContext } from '../RelayContext.ts';

/**
 * Writes the places of notes at the end of a carnet's document, or of carnets in a base's, under a client id bound to the person. What is there already keeps its place; a
 * category that the document does not have is left out. The members themselves are not touched: integrating is not a modification.
 */
export async function putEntries(
  context: RelayContext,
  person: PersonId | null,
  collection: CollectionId,
  members: readonly MemberId[],
  category: CategoryId | null,
): Promise<void> {
  await context.documents.change(collection, { person, operation: 'integrate' }, (doc) => {
    appendEntries(
      doc,
      members.map((memberId) => ({ memberId, category })),
    );
  });
  await context.indexer.indexNow(collection);
}

/** The same, in a document that is being written; each member with its own category. */
export function appendEntries(
  doc: Y.Doc,
  members: readonly { readonly memberId: MemberId; readonly category: CategoryId | null }[],
): void {
  const filed = new Map(members.map(({ memberId, category }) => [memberId, category]));
  const added = [...filed].filter(([memberId]) => !entriesOf(doc).has(memberId));
  const last = readEntries(doc)
    .map((entry) => entry.order)
    .filter(isOrderKey)
    .sort(compareOrderKeys)
    .at(-1);
  const keys = orderKeysBetween(last ?? null, null, added.length);
  added.forEach(([memberId, category], at) => {
    addEntry(doc, {
      memberId,
      order: keys[at] ?? '',
      category: category !== null && categoriesOf(doc).has(category) ? category : null,
      pinned: false,
    });
  });
}
