import type { QueryClient } from '@tanstack/react-query';
import type { ThreadLine } from '#shared/api/threads.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { threadQueries } from './threadsApi.ts';

/** Shows a thread as the relay just gave it, where the discussion of its note is known. */
export function showThread(client: QueryClient, note: NoteId, thread: ThreadLine): void {
  client.setQueryData(threadQueries.list(note).queryKey, (before) => {
    if (before === undefined) return undefined;
    const isKnown = before.threads.some((one) => one.id === thread.id);
    return {
      ...before,
      threads: isKnown
        ? before.threads.map((one) => (one.id === thread.id ? thread : one))
        : [...before.threads, thread],
    };
  });
}
