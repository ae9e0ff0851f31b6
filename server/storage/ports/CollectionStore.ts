import type { Collection, CollectionPersonRole } from '#shared/domain/Collection.ts';
import type { CollectionId, CommunityId, PersonId } from '#shared/domain/ids.ts';
import type { Trace } from './Trace.ts';
import type { Statement } from './UpdateLog.ts';

/** The catalogue's part of a carnet or of a base, with the people that the policy asks about. */
export interface CollectionRecord<Id extends CollectionId = CollectionId> extends Collection<Id> {
  readonly managers: readonly PersonId[];
  readonly contributors: readonly PersonId[];
  readonly readers: readonly PersonId[];
}

/** What may be changed of a collection. */
export type CollectionChange = Partial<
  Pick<Collection, 'visibility' | 'contributionPolicy' | 'trashedAt' | 'community' | 'cover' | 'template'>
>;

/** The carnets, or the bases, of the catalogue: who may see and change them, and their dates. What is of the other kind is unknown to it. */
export interface CollectionStore<Id extends CollectionId = CollectionId> {
  add(collection: CollectionRecord<Id>): Promise<void>;
  /** What `add` writes, for the transaction that makes its document; null where this adapter shares none with the log. */
  statementsToAdd(collection: CollectionRecord<Id>): readonly Statement[] | null;
  get(id: Id): Promise<CollectionRecord<Id> | null>;
  getMany(ids: readonly Id[]): Promise<ReadonlyMap<Id, CollectionRecord<Id>>>;
  /** All of them, or only those in the trash or out of it, oldest first. A relay has hundreds, not millions: the policy is asked afterwards. */
  list(query: { trashed: boolean }): Promise<readonly CollectionRecord<Id>[]>;
  /** Those linked to a community, oldest first. */
  ofCommunity(id: CommunityId): Promise<readonly CollectionRecord<Id>[]>;
  /** Changes what is given, in one transaction with its trace; an unknown collection is left unknown. */
  change(id: Id, change: CollectionChange, trace?: Trace): Promise<void>;
  /** Gives a role by name; a higher one that the person holds already is kept. */
  addPerson(id: Id, person: PersonId, role: CollectionPersonRole, at: number, trace?: Trace): Promise<void>;
  /**
   * Gives another role to somebody who has one by name, or takes them off.
   * @param role - null takes them off.
   * @returns false when they are the last manager who is here and would not be one any more: nothing changes then.
   */
  changePerson(id: Id, person: PersonId, role: CollectionPersonRole | null, trace: Trace): Promise<boolean>;
}
