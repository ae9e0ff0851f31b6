import { queryOptions } from '@tanstack/react-query';
import { integritySchema } from '#shared/api/proof.ts';
import type { ComparedMoment } from '#shared/api/versions.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { request } from '../../../api/index.ts';

/** Whether a note is as it was written, up to a moment. The whole log is read for it: asked once, and when somebody asks again. */
export const integrityQuery = (noteId: NoteId, moment: ComparedMoment) =>
  queryOptions({
    queryKey: ['integrity', noteId, moment],
    queryFn: ({ signal }) =>
      request(`/api/notes/${noteId}/integrity`, integritySchema, { query: { moment }, signal }),
    staleTime: Infinity,
    retry: false,
  });

/** Where the proof of a moment is had as a file. */
export const proofAddress = (noteId: NoteId, moment: ComparedMoment, language: string): string =>
  `/api/notes/${noteId}/proof?${new URLSearchParams({ moment, language }).toString()}`;
