import type { CollectionPage } from '#shared/api/collections.ts';
import type { CollectionRef } from '#shared/domain/Collection.ts';

/** What a page is of. */
export function refOf({ collection: { kind, id } }: Pick<CollectionPage, 'collection'>): CollectionRef {
  return { kind, id } as CollectionRef;
}
