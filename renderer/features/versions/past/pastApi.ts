import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { type PastSearch, pastSearchSchema } from '#shared/api/history.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { request } from '../../../api/index.ts';

/** A passage that a note holds, or once held. */
export type PastPassage = PastSearch['passages'][number];

/** Fewer letters are everywhere. */
export const leastLetters = 2;

/** Where these letters ever stood beside each other. Asked each time: people write meanwhile. */
export const pastSearchQuery = (noteId: NoteId, text: string) =>
  queryOptions({
    queryKey: ['past-search', noteId, text],
    queryFn: ({ signal }) =>
      request(`/api/notes/${noteId}/history/search`, pastSearchSchema, { query: { text }, signal }),
    enabled: text.length >= leastLetters,
    gcTime: 60_000,
    placeholderData: keepPreviousData,
  });
