import type { CarnetId, NoteId, NoticeId, PersonId } from '#shared/domain/ids.ts';
import type { NoticeSettings } from '#shared/domain/NoticeSettings.ts';
import type { NoticeRecord } from './Trace.ts';

/**
 * What people are told. Notices are written in the transaction of what they tell of, or by `add`. Either way, what somebody chose not to be told is left out, and so is a notice
 * whose id is there already, or, of kind `changed`, one about a note and a carnet of which an unread one is there.
 */
export interface NoticeStore {
  add(notices: readonly NoticeRecord[]): Promise<void>;
  get(id: NoticeId): Promise<NoticeRecord | null>;
  /** Newest first. @param before - only those that came before this one; of an unknown one, none. */
  list(person: PersonId, limit: number, before?: NoticeId): Promise<readonly NoticeRecord[]>;
  /** The messages that somebody wrote to authors, each as often as it was sent; oldest first. */
  sentBy(from: PersonId): Promise<readonly NoticeRecord[]>;
  /** How many messages somebody wrote since then, each counted once for each person that it went to. */
  messagesFrom(from: PersonId, since: number): Promise<number>;
  unreadCount(person: PersonId): Promise<number>;
  /** Whether there is an unread one of kind `changed`, about this note and this carnet. */
  knowsOfChange(person: PersonId, note: NoteId, carnet: CarnetId): Promise<boolean>;
  /** Marks those that came up to `until` as read. */
  markRead(person: PersonId, until: number, at: number): Promise<void>;
  /** Forgets those that were read before `readBefore`, and of each inbox the unread ones beyond the newest `maxUnread`. @returns how many. */
  thin(readBefore: number, maxUnread: number): Promise<number>;

  /** Who has an unread notice that came since then and was not in a letter. */
  peopleToWriteTo(since: number): Promise<readonly PersonId[]>;
  /** Theirs, oldest first. */
  notInLetters(person: PersonId, since: number): Promise<readonly NoticeRecord[]>;
  /** Says that these were, or (null) were not, in a letter. @returns those that were not so already. */
  markInLetter(ids: readonly NoticeId[], at: number | null): Promise<readonly NoticeId[]>;
}

/** What people chose about notices and letters. Who chose nothing has `defaultNoticeSettings`. */
export interface NoticeSettingsStore {
  get(person: PersonId): Promise<NoticeSettings>;
  save(person: PersonId, settings: NoticeSettings): Promise<void>;
  /** Takes the digest of that moment for one who sends it. @returns false when it, or a later one, was taken. */
  takeDigest(person: PersonId, moment: number): Promise<boolean>;
  /** Gives the digest of that moment back: it could not be sent. */
  giveDigestBack(person: PersonId, moment: number): Promise<void>;
}
