import { queryOptions } from '@tanstack/react-query';
import { authorshipSchema } from '#shared/api/history.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { request } from '../../../api/index.ts';

/** A passage of a note as it stands now: two relative positions. */
export interface AskedPassage {
  readonly start: string;
  readonly end: string;
}

/** Who wrote a passage, act by act. Asked each time: what is chosen is what stands there now. */
export const whoQuery = (noteId: NoteId, { start, end }: AskedPassage) =>
  queryOptions({
    queryKey: ['who-wrote', noteId, start, end],
    queryFn: ({ signal }) =>
      request(`/api/notes/${noteId}/history/who`, authorshipSchema, { query: { start, end }, signal }),
    gcTime: 0,
  });
