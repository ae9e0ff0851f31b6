import type { PersonId } from '#shared/domain/ids.ts';
import type { Person } from '#shared/domain/Person.ts';
import type { PersonRecord } from '../storage/ports/PersonStore.ts';

/** A person as the API shows them. */
export function presentPerson({ id, kind, name, colour }: PersonRecord | Person): Person {
  return { id, kind, name, colour };
}

/** Those of `ids` that are known, in order. */
export function presentPeople(
  ids: readonly PersonId[],
  known: ReadonlyMap<PersonId, PersonRecord>,
): Person[] {
  return ids.flatMap((id) => {
    const person = known.get(id);
    return person === undefined ? [] : [presentPerson(person)];
  });
}
