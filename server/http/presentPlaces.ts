import type { RelatedCollection } from '#shared/api/notes.ts';
import type { CollectionId, MemberId } from '#shared/domain/ids.ts';
import { canContributeToCollection, canReadCollection } from '#shared/permissions/permissions.ts';
import { roleOnCollection } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { CollectionStore } from '../storage/ports/CollectionStore.ts';
import { presentPerson } from './presentPeople.ts';

/**
 * Where something is: the carnets that hold a note, the bases that hold a carnet, of those that the caller may read. Newest integration first.
 * @param store - the carnets, or the bases.
 */
export async function presentPlaces<Id extends CollectionId>(
  { catalogue }: RelayContext,
  caller: Caller,
  store: CollectionStore<Id>,
  member: MemberId,
): Promise<(RelatedCollection & { readonly id: Id })[]> {
  const { derived, persons } = catalogue;
  const places = await derived.placesOf(member);
  const ids = places.map((place) => place.collection as Id);
  const [records, indexes, counts, people] = await Promise.all([
    store.getMany(ids),
    derived.collections(ids),
    derived.memberCounts(ids),
    persons.getMany(places.flatMap((place) => place.integratedBy ?? [])),
  ]);
  return places.flatMap((place) => {
    const record = records.get(place.collection as Id);
    if (record === undefined || record.trashedAt !== null) return [];
    const role = roleOnCollection(caller, record);
    if (!canReadCollection(role)) return [];
    const index = indexes.get(place.collection);
    const integratedBy = place.integratedBy === null ? undefined : people.get(place.integratedBy);
    return [
      {
        id: record.id,
        title: index?.title ?? '',
        memberCount: counts.get(place.collection) ?? 0,
        integratedBy: integratedBy === undefined ? null : presentPerson(integratedBy),
        integratedAt: place.integratedAt,
        category:
          index?.categories
            .filter(({ id }) => id === place.category || place.also.includes(id))
            .map(({ name }) => name)
            .join(', ') || null,
        guide: canContributeToCollection(role) ? (index?.guide ?? null) : null,
      },
    ];
  });
}
