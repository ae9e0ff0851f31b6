import type { MessageId, NoteId, PersonId, ThreadId } from './ids.ts';

/** The passage that a thread is about. It is kept beside the note, not in it: who discusses may not write there. */
export interface ThreadAnchor {
  /** Yjs relative positions (`encodeRelativePosition`), base64url: they follow the letters. */
  readonly start: string;
  readonly end: string;
  /** The words as they were, to find them again where their letters were written anew, and to say them when they are gone. */
  readonly quote: string;
}

/** Most letters of a quote; a longer passage is known by its beginning. */
export const maxQuoteLength = 500;
/** Most letters of one message. */
export const maxMessageLength = 4_000;

/** A discussion about a note, or about words of it. Times are Unix milliseconds. */
export interface Thread {
  readonly id: ThreadId;
  readonly note: NoteId;
  /** Who began it; null for somebody who is no longer known. */
  readonly by: PersonId | null;
  readonly createdAt: number;
  /** Null for the note as a whole. */
  readonly anchor: ThreadAnchor | null;
  /** Null while it is open. */
  readonly resolvedAt: number | null;
  readonly resolvedBy: PersonId | null;
}

/** What somebody said in a thread. */
export interface ThreadMessage {
  readonly id: MessageId;
  readonly thread: ThreadId;
  /** Null for somebody who is no longer known. */
  readonly by: PersonId | null;
  /** Empty once it was taken back: the words are kept nowhere. */
  readonly text: string;
  /** Those named in it with `@`. */
  readonly mentions: readonly PersonId[];
  /** When it came here, which orders it. */
  readonly createdAt: number;
  /** When it was written without a way here, by the clock of the device; null: just before it came. */
  readonly writtenAt: number | null;
  readonly editedAt: number | null;
  readonly deletedAt: number | null;
}
