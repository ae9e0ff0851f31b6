import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ThreadLine } from '#shared/api/threads.ts';
import type { MessageId, NoteId, ThreadId } from '#shared/domain/ids.ts';
import type { Person } from '#shared/domain/Person.ts';
import { keys, useFailure } from '../../api/index.ts';
import { randomId } from '../../collaboration/index.ts';
import { notifyProblem } from '../../ui/index.ts';
import { showThread, type ThreadBeginning, threadsApi, useOutbox } from '../outbox/index.ts';

/** What one may do in the discussion of a note. New words are kept on this device and leave by themselves; the rest is shown once the relay has answered. */
export function useDiscussion(noteId: NoteId) {
  const client = useQueryClient();
  const failure = useFailure();
  const outbox = useOutbox();
  const show = (thread: ThreadLine): ThreadLine => {
    showThread(client, noteId, thread);
    return thread;
  };
  const say = async (
    thread: ThreadId,
    begins: ThreadBeginning | null,
    text: string,
    people: readonly Person[],
  ): Promise<void> => {
    if (outbox === null) throw new Error('the store of this device is not open yet');
    await outbox.say({ id: randomId<MessageId>(), note: noteId, thread, begins, text, people });
  };
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
    start: (text: string, mentions: readonly Person[], begins: ThreadBeginning) =>
      say(randomId<ThreadId>(), begins, text, mentions),
    reply: (id: ThreadId, text: string, mentions: readonly Person[]) => say(id, null, text, mentions),
    edit: async (id: ThreadId, message: MessageId, text: string, mentions: readonly Person[]) =>
      show(
        await threadsApi.edit(noteId, id, message, { text, mentions: mentions.map((person) => person.id) }),
      ),
    resolve,
    retract,
  };
}

export type Discussion = ReturnType<typeof useDiscussion>;
