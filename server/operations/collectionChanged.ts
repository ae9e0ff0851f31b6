import { type CollectionRef, memberKindOf } from '#shared/domain/Collection.ts';
import type { MemberId } from '#shared/domain/ids.ts';
import type { RelayContext } from '../RelayContext.ts';

/** After the rights, the people or the cover of a carnet or of a base changed: open documents are asked again, and who is looking sees it. */
export async function collectionChanged(
  { catalogue, documents, events }: RelayContext,
  { kind, id }: CollectionRef,
): Promise<void> {
  await documents.recheckAccess(id);
  for (const { member } of await catalogue.derived.entries(id))
    events.emit({ type: memberKindOf[kind], id: member });
  if (kind === 'carnet')
    for (const { collection } of await catalogue.derived.placesOf(id as MemberId))
      events.emit({ type: 'base', id: collection });
  events.emit({ type: kind, id });
  events.emit({ type: 'lists' });
}
