import type { CommunityId, PersonId } from '#shared/domain/ids.ts';
import type { Community, CommunityPersonRole } from '#shared/domain/Community.ts';
import type { Trace } from './Trace.ts';

/** A community with its people, each list in the order in which they came. */
export interface CommunityRecord extends Community {
  readonly responsables: readonly PersonId[];
  /** Those who are not responsables. */
  readonly members: readonly PersonId[];
}

/** How a change of a community's people ended: `last` would have left it without a responsable, and changed nothing. */
export type RoleChange = 'done' | 'unchanged' | 'last';

/** The communities of a relay. Each change is one transaction with its trace; what changes nothing leaves no trace. */
export interface CommunityStore {
  add(community: CommunityRecord, trace: Trace): Promise<void>;
  get(id: CommunityId): Promise<CommunityRecord | null>;
  getMany(ids: readonly CommunityId[]): Promise<ReadonlyMap<CommunityId, CommunityRecord>>;
  /** All of them, oldest first. */
  list(): Promise<readonly CommunityRecord[]>;
  change(
    id: CommunityId,
    change: Partial<Pick<Community, 'name' | 'description' | 'image' | 'isPublic'>>,
    trace: Trace,
  ): Promise<void>;
  /** What a person is, in each community that they are in. */
  rolesOf(person: PersonId): Promise<ReadonlyMap<CommunityId, CommunityPersonRole>>;
  /** Lets a person in, gives them another role, or (null) takes them out. Who comes in asks no more. */
  setRole(
    id: CommunityId,
    person: PersonId,
    role: CommunityPersonRole | null,
    at: number,
    trace: Trace,
  ): Promise<RoleChange>;
}
