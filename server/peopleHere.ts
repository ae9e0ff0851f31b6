import type { PersonId } from '#shared/domain/ids.ts';
import { isHere } from '#shared/domain/Person.ts';
import type { RelayContext } from './RelayContext.ts';

/** Those of some people who may do here what they are named for. Who is not known may not. */
export async function peopleHere(
  { catalogue }: Pick<RelayContext, 'catalogue'>,
  people: readonly PersonId[],
): Promise<ReadonlySet<PersonId>> {
  const known = await catalogue.persons.getMany([...new Set(people)]);
  return new Set([...known.values()].flatMap((person) => (isHere(person) ? [person.id] : [])));
}
