import type { CarnetId, DocumentId, MeetingId, PersonId } from '#shared/domain/ids.ts';
import type { Trace } from './Trace.ts';

/** Carnets that the person of a computer opens to guests on the local network, for as long as they are together. */
export interface MeetingRecord {
  readonly id: MeetingId;
  readonly host: PersonId;
  readonly carnets: readonly CarnetId[];
  /** Whether guests may write, as far as the host may, or read. */
  readonly mayWrite: boolean;
  /** Unix milliseconds. */
  readonly startedAt: number;
  /** Null while it lasts. */
  readonly endedAt: number | null;
}

/** Somebody who came to a meeting. */
export interface MeetingGuest {
  readonly person: PersonId;
  readonly meeting: MeetingId;
  /** Of the secret that their computer keeps, by which they show elsewhere that this guest is they. */
  readonly claimHash: string;
  /** What both computers keep, so that theirs shows that it is the same guest who comes again. Null: it gave none. */
  readonly backKey: string | null;
  /** Unix milliseconds. */
  readonly joinedAt: number;
}

/** What a guest of a meeting has, which is all that they have: nothing once it is over, or they were taken out. */
export interface MeetingShare {
  readonly host: PersonId;
  readonly mayWrite: boolean;
  /** The carnets, and the notes that are in them now. */
  readonly documents: ReadonlySet<DocumentId>;
}

export interface MeetingStore {
  /** With its trace, in one transaction. */
  add(meeting: MeetingRecord, trace: Trace): Promise<void>;
  /** The one that lasts; null for none. */
  current(): Promise<MeetingRecord | null>;
  /** Ends a meeting; one that is over stays as it is. */
  end(id: MeetingId, at: number, trace: Trace): Promise<void>;
  /** Who came to an earlier one may come again. */
  addGuest(guest: MeetingGuest, trace: Trace): Promise<void>;
  /** Who may come to a meeting as who they were, each as they came last, newest first: who gave a key, and was not taken out of this one. */
  mayReturn(meeting: MeetingId): Promise<readonly MeetingGuest[]>;
  /** The hash that a guest's computer gave when they first came; null for who never did. */
  claimOf(person: PersonId): Promise<string | null>;
  /** Takes somebody out, for good. */
  removeGuest(person: PersonId, at: number, trace: Trace): Promise<void>;
  /** Who is in it, in the order in which they came, without who was taken out. */
  guests(meeting: MeetingId): Promise<readonly MeetingGuest[]>;
  /** Of the meeting that they came to last. Null for anybody who never was a meeting's guest. */
  shareOf(person: PersonId): Promise<MeetingShare | null>;
}
