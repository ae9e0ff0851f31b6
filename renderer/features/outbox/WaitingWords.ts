import type { MessageId, NoteId, ThreadId } from '#shared/domain/ids.ts';
import type { Person } from '#shared/domain/Person.ts';
import type { ThreadAnchor } from '#shared/domain/Thread.ts';
import type { FailureCode } from '../../api/index.ts';

/** What a thread is about, and whether the linked community is told of it. */
export interface ThreadBeginning {
  readonly anchor: ThreadAnchor | null;
  readonly announce: boolean;
}

/** A message that has not reached the relay, as far as this device knows. */
export interface WaitingWords {
  readonly id: MessageId;
  readonly note: NoteId;
  readonly thread: ThreadId;
  /** Set for the first message of a thread: what the thread is about. */
  readonly begins: ThreadBeginning | null;
  readonly text: string;
  /** Those named in it. */
  readonly people: readonly Person[];
  /** Unix milliseconds, rising: the order in which they leave. */
  readonly writtenAt: number;
  /** It was sent, and no answer came: it may have arrived. */
  readonly tried: boolean;
  /** It was taken back after it was sent: it leaves, if it arrived. */
  readonly takenBack: boolean;
  /** Why the relay does not take it; null while it waits. */
  readonly refusal: FailureCode | null;
}

/** Keeps the messages of one person that wait, on this device. Several windows use it at once. */
export interface OutboxStore {
  /** In the order in which they were written. */
  list(): Promise<WaitingWords[]>;
  /** Resolved: it outlives the window, as far as the store can promise it. */
  put(words: WaitingWords): Promise<void>;
  remove(id: MessageId): Promise<void>;
  close(): void;
}
