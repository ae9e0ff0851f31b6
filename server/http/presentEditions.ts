import type { Edition, EditionList } from '#shared/api/editions.ts';
import type { CarnetId, PersonId } from '#shared/domain/ids.ts';
import { canKeepEditions, canSeeEditions } from '#shared/permissions/permissions.ts';
import { requireCollection } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { EditionRecord } from '../storage/ports/EditionStore.ts';
import { presentPeople } from './presentPeople.ts';

/** Editions as they are told. */
export async function presentEditions(
  { catalogue, identities }: RelayContext,
  editions: readonly EditionRecord[],
): Promise<Edition[]> {
  const people = editions.flatMap(({ by, withdrawn }) => [by, ...(withdrawn === null ? [] : [withdrawn.by])]);
  const known = await catalogue.persons.getMany(people.map((id) => identities.of(id)));
  const present = (id: PersonId) => {
    const person = known.get(identities.of(id));
    // Who left has no name, and is named nowhere.
    return person?.name ? (presentPeople([person.id], known)[0] ?? null) : null;
  };
  return editions.map(({ carnet, number, title, remark, by, at, digest, facts, options, withdrawn }) => ({
    carnet,
    number,
    title,
    remark,
    by: present(by),
    at,
    digest,
    notes: facts.count,
    options,
    withdrawn: withdrawn === null ? null : { by: present(withdrawn.by), at: withdrawn.at },
  }));
}

/** The editions of a carnet, newest first; who keeps them is told of those that were withdrawn too. @throws AppError `not_allowed` */
export async function presentEditionList(
  context: RelayContext,
  caller: Caller,
  id: CarnetId,
): Promise<EditionList> {
  const { catalogue } = context;
  const { role } = await requireCollection(catalogue, caller, { kind: 'carnet', id }, canSeeEditions);
  const canKeep = canKeepEditions(role);
  const all = await catalogue.editions.list(id);
  const editions = await presentEditions(
    context,
    all.filter(({ withdrawn }) => canKeep || withdrawn === null),
  );
  return { editions, canKeep };
}
