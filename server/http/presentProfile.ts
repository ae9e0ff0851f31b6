import type { ProfilePage } from '#shared/api/people.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { canReadProfiles, canSeeMembers, communityRole } from '#shared/permissions/permissions.ts';
import { notAllowed, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
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
  if (person === null || person.kind === 'departed') throw notAllowed();
  const [{ organisation, organisationNote, presentation }, carnets, roles] = await Promise.all([
    catalogue.persons.profile(id),
    catalogue.carnets.list({ trashed: false }),
    catalogue.communities.rolesOf(id),
  ]);
  const own = carnets.filter(({ managers, contributors }) => [...managers, ...contributors].includes(id));
  const known = await catalogue.communities.getMany([...roles.keys()]);
  const titles = await readableTitles(context, caller, organisationNote === null ? [] : [organisationNote]);
  const title = organisationNote === null ? undefined : titles.get(organisationNote);
  return {
    person: presentPerson(person),
    organisation,
    organisationNote:
      organisationNote === null || title === undefined ? null : { id: organisationNote, title },
    presentation,
    carnets: (await presentCollections(context, caller, own)).sort((a, b) => b.modifiedAt - a.modifiedAt),
    communities: [...known.values()]
      // Its responsables are on its page for everybody, its members for those who are in it.
      .filter((one) => roles.get(one.id) === 'responsable' || canSeeMembers(communityRole(caller, one.id)))
      .map(({ id: community, name }) => ({ id: community, name }))
      .sort((a, b) => a.name.localeCompare(b.name, 'fr')),
  };
}
