import { type PersonColour, personColours } from '#shared/domain/Person.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { ArchivePlan } from '../../import/archive/planArchive.ts';
import type { RelayContext } from '../../RelayContext.ts';
import { idOf } from '../../secrets.ts';

/** Who is meant by an id of an archive, here. */
export type PersonHere = <Id extends PersonId | null>(id: Id) => Id;

/** Each has a colour, always the same. */
const colourOf = (id: PersonId): PersonColour =>
  personColours[[...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % personColours.length] ??
  'azur';

/**
 * Makes known the people whom an archive names and whom nobody knows here: by their names, « selon l’archive », with no right and no way in. Whose id is of somebody here, for whom the archive does not speak, gets another, the same at
 * each import of what one relay signed.
 */
export async function knowArchivedPeople(
  { catalogue, now }: Pick<RelayContext, 'catalogue' | 'now'>,
  { manifest, strangers }: Pick<ArchivePlan, 'manifest' | 'strangers'>,
): Promise<PersonHere> {
  const here = (id: PersonId): PersonId =>
    strangers.has(id) ? idOf<PersonId>(`archive ${manifest.key} ${id}`) : id;
  const named = manifest.people.map(({ id, name }) => ({ id: here(id), name: name.trim() }));
  const known = await catalogue.persons.getMany(named.map(({ id }) => id));
  for (const { id, name } of named) {
    if (known.has(id) || name === '') continue;
    const createdAt = now();
    await catalogue.persons.add({
      id,
      kind: 'archived',
      name,
      colour: colourOf(id),
      role: 'member',
      createdAt,
    });
  }
  return (id) => (id === null ? id : (here(id) as typeof id));
}
