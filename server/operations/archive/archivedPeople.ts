import { isHere, type PersonColour, personColours } from '#shared/domain/Person.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { ArchivePlan } from '../../import/archive/ArchivePlan.ts';
import type { RelayContext } from '../../RelayContext.ts';
import { idOf } from '../../secrets.ts';

/** Who is meant by an id of an archive, here. */
export type PersonHere = <Id extends PersonId | null>(id: Id) => Id;

/** The people of an archive, as they are known here. */
export interface ArchivedPeople {
  readonly personHere: PersonHere;
  /** Of some that it names, by their ids here, in order: those who are named without any right, and who brings it. */
  readonly named: (people: readonly PersonId[]) => PersonId[];
  /** The others: they are here, and it speaks for them. */
  readonly present: (people: readonly PersonId[]) => PersonId[];
}

/** Each has a colour, always the same. */
const colourOf = (id: PersonId): PersonColour =>
  personColours[[...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % personColours.length] ??
  'azur';

/**
 * Makes known the people whom an archive names and whom nobody knows here: by their names, « selon l’archive », with no right and no way in. Whose id is of somebody here, for whom the archive does not speak, gets another, the same at
 * each import of what one relay signed.
 * @param by - who brings it.
 */
export async function knowArchivedPeople(
  { catalogue, identities, now }: Pick<RelayContext, 'catalogue' | 'identities' | 'now'>,
  { manifest, strangers }: Pick<ArchivePlan, 'manifest' | 'strangers'>,
  by: PersonId,
): Promise<ArchivedPeople> {
  const here = (id: PersonId): PersonId =>
    strangers.has(id) ? idOf<PersonId>(`archive ${manifest.key} ${id}`) : identities.of(id);
  const told = manifest.people.map(({ id, name }) => ({ id: here(id), name: name.trim() }));
  const known = await catalogue.persons.getMany(told.map(({ id }) => id));
  const kinds = new Map([...known.values()].map(({ id, kind }) => [id, kind]));
  for (const { id, name } of told) {
    if (kinds.has(id) || name === '') continue;
    await catalogue.persons.add({
      id,
      kind: 'archived',
      name,
      colour: colourOf(id),
      role: 'member',
      createdAt: now(),
    });
    kinds.set(id, 'archived');
  }
  const among = (people: readonly PersonId[], takes: (id: PersonId) => boolean): PersonId[] => [
    ...new Set(people.map(here).filter(takes)),
  ];
  return {
    personHere: (id) => (id === null ? id : (here(id) as typeof id)),
    named: (people) => among(people, (id) => id === by || kinds.get(id) === 'archived'),
    present: (people) =>
      among(people, (id) => {
        const kind = kinds.get(id);
        return id !== by && kind !== undefined && isHere({ kind });
      }),
  };
}
