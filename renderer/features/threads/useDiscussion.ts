import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { ThreadLine } from '#shared/api/threads.ts';
import type { MessageId, NoteId, ThreadId } from '#shared/domain/ids.ts';
import type { Person } from '#shared/domain/Person.ts';
import type { ThreadAnchor } from '#shared/domain/Thread.ts';
import { keys, useFailure } from '../../api/index.ts';
import { randomId } from '../../collaboration/index.ts';
import { notifyProblem } from '../../ui/index.ts';
import { threadQueries, threadsApi } from './threadsApi.ts';

const idsOf = (people: readonly Person[]) => people.map((person) => person.id);

/** What one may do in the discussion of a note; each answer is shown at once. */
export function useDiscussion(noteId: NoteId) {
  const client = useQueryClient();
  const failure = useFailure();
  const show = useCallback(
    (thread: ThreadLine): ThreadLine => {
      client.setQueryData(threadQueries.list(noteId).queryKey, (before) => {
        const threads = before?.threads ?? [];
        const isKnown = threads.some((one) => one.id === thread.id);
        return {
          threads: isKnown
            ? threads.map((one) => (one.id === thread.id ? thread : one))
            : [...threads, thread],
        };
      });
      return thread;
    },
    [client, noteId],
  );
  const onError = (error: unknown): void => {
    notifyProblem(failure(error));
    void client.invalidateQueries({ queryKey: keys.threads(noteId) });
  };
  const resolve = useMutation({
    mutationFn: ({ id, resolved }: { id: ThreadId; resolved: boolean }) =>
      threadsApi.resolve(noteId, id, resolved),
    onSuccess: show,
    onError,
  });
  const retract = useMutation({
    mutationFn: ({ id, message }: { id: ThreadId; message: MessageId }) =>
      threadsApi.retract(noteId, id, message),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.threads(noteId) }),
    onError,
  });
  return {
    start: async (text: string, mentions: readonly Person[], anchor: ThreadAnchor | null) =>
      show(
        await threadsApi.start(noteId, {
          id: randomId<ThreadId>(),
          message: { id: randomId<MessageId>(), text, mentions: idsOf(mentions) },
          anchor,
        }),
      ),
    reply: async (id: ThreadId, text: string, mentions: readonly Person[]) =>
      show(
        await threadsApi.reply(noteId, id, { id: randomId<MessageId>(), text, mentions: idsOf(mentions) }),
      ),
    edit: async (id: ThreadId, message: MessageId, text: string, mentions: readonly Person[]) =>
      show(await threadsApi.edit(noteId, id, message, { text, mentions: idsOf(mentions) })),
    resolve,
    retract,
  };
}

export type Discussion = ReturnType<typeof useDiscussion>;
