import type { PersonId } from '#shared/domain/ids.ts';
import type { Person, RelayRole } from '#shared/domain/Person.ts';
import type { Memberships } from '#shared/permissions/permissions.ts';
import type { Catalogue } from './storage/ports/Catalogue.ts';

/** Who asks, or null for a visitor. Without `communities`, of none: the policy then opens less, never more. */
export type Caller = (Person & { readonly role: RelayRole; readonly communities?: Memberships }) | null;

/** Somebody with the communities that they are in now. */
export async function withCommunities(catalogue: Catalogue, caller: Caller): Promise<Caller> {
  return caller === null ? null : { ...caller, communities: await catalogue.communities.rolesOf(caller.id) };
}

/** A person as the policy asks about them. Who is no longer known has no more rights than a visitor. */
export async function loadCaller(catalogue: Catalogue, id: PersonId | null): Promise<Caller> {
  return id === null ? null : withCommunities(catalogue, await catalogue.persons.get(id));
}
