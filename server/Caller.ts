import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import type { Person, RelayRole } from '#shared/domain/Person.ts';
import type { Memberships } from '#shared/permissions/permissions.ts';
import type { Catalogue } from './storage/ports/Catalogue.ts';

/** All that a guest of a meeting has here: its documents, as its host has them at most. */
export interface MeetingGuestShare {
  readonly host: Caller;
  readonly mayWrite: boolean;
  readonly documents: ReadonlySet<DocumentId>;
}

/** Who asks, or null for a visitor. Without `communities`, of none: the policy then opens less, never more. */
export type Caller =
  | (Person & {
      readonly role: RelayRole;
      readonly communities?: Memberships;
      /** Absent for who is no guest of a meeting. */
      readonly meeting?: MeetingGuestShare;
    })
  | null;

/** Somebody with the communities that they are in now, and what a meeting opens to them. */
export async function withCommunities(catalogue: Catalogue, caller: Caller): Promise<Caller> {
  if (caller === null) return null;
  const known = { ...caller, communities: await catalogue.communities.rolesOf(caller.id) };
  if (caller.kind !== 'guest') return known;
  const share = await catalogue.meetings.shareOf(caller.id);
  if (share === null) return known;
  const host = await loadCaller(catalogue, share.host);
  return { ...known, meeting: { ...share, host } };
}

/** A person as the policy asks about them. Who is no longer known has no more rights than a visitor. */
export async function loadCaller(catalogue: Catalogue, id: PersonId | null): Promise<Caller> {
  return id === null ? null : withCommunities(catalogue, await catalogue.persons.get(id));
}
