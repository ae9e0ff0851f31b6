import type { CollectionRef } from '#shared/domain/Collection.ts';
import type { CommunityId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { Trace } from './Trace.ts';

/** On what a guest had a role by name. */
export interface GuestPlaces {
  readonly notes: readonly NoteId[];
  readonly collections: readonly CollectionRef[];
  readonly communities: readonly CommunityId[];
}

/**
 * Guests who became one with an account that they had, and who the person of a computer is at the relays that they follow. Rows of the log and lines of the register keep the id under which they were written: `PersonStore` gives the account for it.
 */
export interface IdentityStore {
  /** Of each such guest the account, and of each such person elsewhere the person here. */
  all(): Promise<ReadonlyMap<PersonId, PersonId>>;
  /**
   * Makes one person of a guest and an account, in one transaction with its trace. What the guest may do, wrote in discussions, integrated, sent, was told and read is then the account's: of
   * two roles the stronger, of two marks of reading the later. What both chose or say of themself stays the account's. The guest is no person of their own any more.
   * @param at - Unix milliseconds.
   * @returns where the guest had a role by name; null, and nothing is written, unless one is a guest, or stated, and the other has an account.
   */
  join(guest: PersonId, account: PersonId, at: number, trace: Trace): Promise<GuestPlaces | null>;
  /**
   * Keeps that somebody of another relay is a person of this one. Were they known here as somebody of their own, what `join` moves is moved too. Known already, nothing is changed.
   * @param elsewhere - the id that they have there.
   * @param at - Unix milliseconds.
   */
  recognize(elsewhere: PersonId, person: PersonId, at: number): Promise<void>;
}
