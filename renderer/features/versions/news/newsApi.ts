import { queryOptions } from '@tanstack/react-query';
import { noteNewsSchema } from '#shared/api/news.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { request, requestNothing } from '../../../api/index.ts';

/** Says that the person has seen a note up to a row; also as the page goes away. */
export const markRead = (noteId: NoteId, seq: number): Promise<void> =>
  requestNothing(`/api/notes/${noteId}/read`, { method: 'PUT', body: { seq }, keepalive: true });

/**
 * What others changed in a note.
 * @param after - since this row; null: since the person last read the note.
 * @param turn - asked anew with another number: the answer depends on when it is asked.
 */
export const newsQuery = (noteId: NoteId, after: number | null, turn: number) =>
  queryOptions({
    queryKey: ['news', noteId, after, turn],
    queryFn: ({ signal }) =>
      request(`/api/notes/${noteId}/news`, noteNewsSchema, {
        query: { after: after ?? undefined },
        signal,
      }),
    staleTime: Infinity,
    gcTime: 0,
    // A convenience: where it cannot be had, the note is read as ever.
    retry: false,
  });
