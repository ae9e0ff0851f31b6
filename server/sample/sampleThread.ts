import {
  idFromBytes,
  type MessageId,
  type NoteId,
  type PersonId,
  type ThreadId,
} from '#shared/domain/ids.ts';
import type { Thread, ThreadMessage } from '#shared/domain/Thread.ts';
import type { Random } from './random.ts';
import { sampleMessage } from './sampleText.ts';

const day = 24 * 60 * 60 * 1000;

/**
 * A discussion about a note as a whole.
 * @param people - who may take part in it, at least one.
 * @param from, until - when it began at the earliest, and when its last word was said at the latest (Unix milliseconds).
 * @returns the thread and what was said in it, one to six messages, oldest first.
 */
export function sampleThread(
  random: Random,
  note: NoteId,
  people: readonly PersonId[],
  from: number,
  until: number,
): { thread: Thread; messages: ThreadMessage[] } {
  let at = Math.min(until, from + random.int(200 * day));
  const thread = {
    id: idFromBytes<ThreadId>(random.bytes(16)),
    note,
    by: random.pick(people),
    createdAt: at,
    anchor: null,
  };
  const messages = Array.from({ length: random.between(1, 6) }, (_, place): ThreadMessage => {
    const message = {
      id: idFromBytes<MessageId>(random.bytes(16)),
      thread: thread.id,
      by: place === 0 ? thread.by : random.pick(people),
      text: sampleMessage(random),
      mentions: [],
      createdAt: at,
      writtenAt: null,
      editedAt: null,
      deletedAt: null,
    };
    at = Math.min(until, at + random.int(5 * day));
    return message;
  });
  const isResolved = random.chance(0.2);
  return {
    thread: { ...thread, resolvedAt: isResolved ? at : null, resolvedBy: isResolved ? thread.by : null },
    messages,
  };
}
