import type { PersonId } from '#shared/domain/ids.ts';
import type { Person } from '#shared/domain/Person.ts';
import type { PersonRecord } from '../storage/ports/PersonStore.ts';

/** A person as the API shows them. */
export function presentPerson({ id, kind, name, colour, statedBy }: PersonRecord | Person): Person {
  return { id, kind, name, colour, ...(statedBy !== undefined && { statedBy }) };
}

/** Those of `ids` that are known, in order, each once: two ids may be one person's. */
export function presentPeople(
  ids: readonly PersonId[],
  known: ReadonlyMap<PersonId, PersonRecord>,
): Person[] {
  const found = ids.flatMap((id) => known.get(id) ?? []);
  return [...new Map(found.map((person) => [person.id, presentPerson(person)])).values()];
}
