import type { MessageId, NoteId, PersonId, ThreadId } from '#shared/domain/ids.ts';
import type { Thread, ThreadMessage } from '#shared/domain/Thread.ts';
import type { Trace } from './Trace.ts';

/** A thread with what was said in it, oldest first, also what was taken back. */
export interface ThreadRecord extends Thread {
  readonly messages: readonly ThreadMessage[];
}

/** A thread as a list shows it. */
export interface ThreadSummary {
  readonly thread: Thread;
  /** When something was last said in it that stands. */
  readonly lastAt: number;
  /** How many messages of it stand. */
  readonly messageCount: number;
}

/** What is said anew in a message. */
export type MessageText = Pick<ThreadMessage, 'text' | 'mentions'>;

/**
 * What is said about notes. Each change is one transaction with its trace. Ids are given by who writes, so that what is sent twice is written once;
 * they stay taken when the words are taken back.
 */
export interface ThreadStore {
  /** Begins a thread with its first message. @returns false when one of the ids is taken: nothing is written then. */
  start(thread: Thread, message: ThreadMessage, trace: Trace): Promise<boolean>;
  /** Adds a message to a thread. @returns false when its id is taken: nothing is written then. */
  reply(message: ThreadMessage, trace: Trace): Promise<boolean>;
  get(id: ThreadId): Promise<ThreadRecord | null>;
  /** The threads of a note, oldest first. */
  ofNote(note: NoteId): Promise<readonly ThreadRecord[]>;
  /** Threads of these notes, that in which something was said last first; those of which every word was taken back are left out. */
  newestOf(notes: readonly NoteId[], limit: number): Promise<readonly ThreadSummary[]>;
  /** Says a message anew; the words before are gone. @returns false when it was taken back or says the same already. */
  edit(id: MessageId, message: MessageText, at: number, trace: Trace): Promise<boolean>;
  /** Takes a message back: its words and mentions are gone. @returns false when that was done before. */
  retract(id: MessageId, at: number, trace: Trace): Promise<boolean>;
  /** Closes a thread, or (null) opens it again. @returns false when it is so already. */
  resolve(
    id: ThreadId,
    resolved: { readonly by: PersonId; readonly at: number } | null,
    trace: Trace,
  ): Promise<boolean>;
  /** What somebody wrote and did not take back, oldest first, with the thread that it is in. */
  writtenBy(
    person: PersonId,
  ): Promise<readonly { readonly thread: Thread; readonly message: ThreadMessage }[]>;
  /** How many messages somebody wrote since then. */
  messagesBy(person: PersonId, since: number): Promise<number>;
}
