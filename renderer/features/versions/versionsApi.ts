import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import {
  type ComparedMoment,
  comparisonSchema,
  noteActsSchema,
  restoredSchema,
  versionContentSchema,
  versionListSchema,
  versionSummarySchema,
} from '#shared/api/versions.ts';
import { notePageSchema } from '#shared/api/notes.ts';
import type { NoteId, VersionId } from '#shared/domain/ids.ts';
import { keys, request } from '../../api/index.ts';

const base = (noteId: NoteId): string => `/api/notes/${noteId}`;

/** The history of a note on the relay. */
export const versionsApi = {
  /** @param seq - of the note as it was after this row; null: as it is. */
  name: (noteId: NoteId, name: string, remark: string, seq: number | null) =>
    request(`${base(noteId)}/versions`, versionSummarySchema, {
      method: 'POST',
      body: { name, remark, ...(seq === null ? {} : { seq }) },
    }),
  rename: (noteId: NoteId, id: VersionId, name: string, remark: string) =>
    request(`${base(noteId)}/versions/${id}`, versionSummarySchema, {
      method: 'PATCH',
      body: { name, remark },
    }),
  restore: (noteId: NoteId, id: VersionId) =>
    request(`${base(noteId)}/versions/${id}/restore`, restoredSchema, { method: 'POST' }),
  restoreMoment: (noteId: NoteId, seq: number) =>
    request(`${base(noteId)}/history/restore`, restoredSchema, { method: 'POST', body: { seq } }),
  /** A new note of one's own that says what this one said after a row. */
  copyMoment: (noteId: NoteId, seq: number) =>
    request(`${base(noteId)}/history/copy`, notePageSchema, { method: 'POST', body: { seq } }),
} as const;

const actsOf = (noteId: NoteId, query: { readonly count?: number; readonly kinds?: 'locks' }) =>
  queryOptions({
    queryKey: [...keys.note(noteId), 'acts', query],
    queryFn: ({ signal }) => request(`${base(noteId)}/acts`, noteActsSchema, { query, signal }),
  });

/** Its questions. What a version said never changes; what is compared with now does. */
export const versionQueries = {
  /** Who did what when, for readers. Its key begins with that of the note: what is done to the note asks it anew. */
  acts: (noteId: NoteId) => actsOf(noteId, {}),
  /** The last few. */
  newestActs: (noteId: NoteId) => actsOf(noteId, { count: 3 }),
  /** That it was locked, and opened again: a note that is worked on for years has thousands of other acts. */
  lockActs: (noteId: NoteId) => actsOf(noteId, { kinds: 'locks' }),
  /** All of them, newest first, page by page. */
  list: (noteId: NoteId) =>
    infiniteQueryOptions({
      queryKey: [...keys.versions(noteId), 'list'],
      queryFn: ({ pageParam, signal }) =>
        request(`${base(noteId)}/versions`, versionListSchema, {
          query: pageParam === null ? {} : { before: pageParam },
          signal,
        }),
      initialPageParam: null as VersionId | null,
      getNextPageParam: ({ next }) => next,
    }),
  /** The last few. */
  newest: (noteId: NoteId) =>
    queryOptions({
      queryKey: [...keys.versions(noteId), 'newest'],
      queryFn: ({ signal }) =>
        request(`${base(noteId)}/versions`, versionListSchema, { query: { count: 3 }, signal }),
    }),
  /** Those that somebody named or put back, the newest five hundred. */
  marked: (noteId: NoteId) =>
    queryOptions({
      queryKey: [...keys.versions(noteId), 'marked'],
      queryFn: ({ signal }) =>
        request(`${base(noteId)}/versions`, versionListSchema, {
          query: { count: 500, kinds: 'marked' },
          signal,
        }),
    }),
  content: (noteId: NoteId, id: VersionId) =>
    queryOptions({
      queryKey: ['version-content', noteId, id],
      queryFn: ({ signal }) =>
        request(`${base(noteId)}/versions/${id}/content`, versionContentSchema, { signal }),
      staleTime: Infinity,
    }),
  /** @param currentSeq - the newest row of the note, so that a comparison with now is asked again when there is more to compare. */
  comparison: (noteId: NoteId, from: ComparedMoment, to: ComparedMoment, currentSeq: number) =>
    queryOptions({
      queryKey: ['comparison', noteId, from, to, to === 'now' ? currentSeq : 0],
      queryFn: ({ signal }) =>
        request(`${base(noteId)}/comparison`, comparisonSchema, { query: { from, to }, signal }),
      staleTime: Infinity,
      // Of the same two moments: what is read stays where it is while it is compared anew.
      placeholderData: (before, query) =>
        query?.queryKey[2] === from && query.queryKey[3] === to ? before : undefined,
    }),
};
