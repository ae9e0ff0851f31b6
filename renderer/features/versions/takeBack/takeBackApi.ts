import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { type TakeBackPreview, takeBackPreviewSchema, type takeBackSchema } from '#shared/api/history.ts';
import { type Restored, restoredSchema } from '#shared/api/versions.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { failureCode, request } from '../../../api/index.ts';

/** The rows to be taken back: of one person, or of everybody. */
export type TakenRows = z.infer<typeof takeBackSchema>;

const base = (noteId: NoteId): string => `/api/notes/${noteId}/history/take-back`;
const preview = (noteId: NoteId, rows: TakenRows, signal?: AbortSignal): Promise<TakeBackPreview> =>
  request(`${base(noteId)}/preview`, takeBackPreviewSchema, {
    method: 'POST',
    body: rows,
    ...(signal === undefined ? {} : { signal }),
  });
/** @param agreed - of the preview that was shown. */
const takeBack = (noteId: NoteId, rows: TakenRows, agreed: string): Promise<Restored> =>
  request(base(noteId), restoredSchema, { method: 'POST', body: { ...rows, agreed } });

/** So often an act is planned anew while others write beside it. */
const mostTries = 3;

export const takeBackApi = {
  takeBack,
  /**
   * Takes back one act of the relay. Whatever was written since stays, so there is nothing to agree to.
   * @param seq - its row.
   * @returns whether others wrote beside it meanwhile.
   */
  async undo(noteId: NoteId, seq: number): Promise<{ readonly touchesOthers: boolean }> {
    const rows = { fromSeq: seq, toSeq: seq, person: null };
    for (let tries = 1; ; tries += 1) {
      const { agreed, overlaps } = await preview(noteId, rows);
      try {
        await takeBack(noteId, rows, agreed);
        return { touchesOthers: overlaps.length > 0 };
      } catch (error) {
        if (tries === mostTries || failureCode(error) !== 'conflict') throw error;
      }
    }
  },
} as const;

/** What taking back would do. Asked each time: others write meanwhile. @param turn - asked anew with another number. */
export const takeBackPreviewQuery = (noteId: NoteId, rows: TakenRows, turn: number) =>
  queryOptions({
    queryKey: ['take-back-preview', noteId, rows, turn],
    queryFn: ({ signal }) => preview(noteId, rows, signal),
    gcTime: 0,
    retry: false,
  });
