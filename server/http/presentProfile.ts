import type { ProfilePage } from '#shared/api/people.ts';
import type { CollectionId, PersonId } from '#shared/domain/ids.ts';
import { canReadProfiles, canSeeMembers, communityRole } from '#shared/permissions/permissions.ts';
import { isHere } from '#shared/domain/Person.ts';
import { notAllowed, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { CollectionRecord } from '../storage/ports/CollectionStore.ts';
import { presentCollections } from './presentCollections.ts';
import { readableTitles } from './presentNotes.ts';
import { presentPerson } from './presentPeople.ts';

/** A person's page, with only what the caller may know of. @throws AppError `not_signed_in`, `not_allowed`. */
export async function presentProfile(
  context: RelayContext,
  caller: Caller,
  id: PersonId,
): Promise<ProfilePage> {
  const { catalogue } = context;
  if (!canReadProfiles(requirePerson(caller))) throw notAllowed();
  const person = await catalogue.persons.get(id);
  // Of who departed nothing is left to show.
  if (person === null || !isHere(person)) throw notAllowed();
  const [{ organisation, organisationNote, presentation }, carnets, bases, roles] = await Promise.all([
    catalogue.persons.profile(id),
    catalogue.carnets.list({ trashed: false }),
    catalogue.bases.list({ trashed: false }),
    catalogue.communities.rolesOf(id),
  ]);
  const own = async <Id extends CollectionId>(all: readonly CollectionRecord<Id>[]) => {
    const theirs = all.filter(({ managers, contributors }) => [...managers, ...contributors].includes(id));
    return (await presentCollections(context, caller, theirs)).sort((a, b) => b.modifiedAt - a.modifiedAt);
  };
  const known = await catalogue.communities.getMany([...roles.keys()]);
  const titles = await readableTitles(context, caller, organisationNote === null ? [] : [organisationNote]);
  const title = organisationNote === null ? undefined : titles.get(organisationNote);
  return {
    person: presentPerson(person),
    organisation,
    organisationNote:
      organisationNote === null || title === undefined ? null : { id: organisationNote, title },
    presentation,
    carnets: await own(carnets),
    bases: await own(bases),
    communities: [...known.values()]
      // Its responsables are on its page for everybody, its members for those who are in it.
      .filter((one) => roles.get(one.id) === 'responsable' || canSeeMembers(communityRole(caller, one.id)))
      .map(({ id: community, name }) => ({ id: community, name }))
      .sort((a, b) => a.name.localeCompare(b.name, 'fr')),
  };
}
