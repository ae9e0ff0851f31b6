import { z } from 'zod';
import { personSchema, timeSchema } from './common.ts';

/**
 * GET /api/notes/:id/news[?after=<seq>] → what others changed in a note since the caller last read it, or since a row that they name (work without
 * the relay began there). `news` is null where there is nothing to tell: never read before, nothing changed, or only by the caller. For who may see the history.
 */
export const noteNewsSchema = z.object({
  news: z
    .object({
      /** The last row that was known; the changes are those after it, up to `toSeq`. */
      fromSeq: z.number().int(),
      toSeq: z.number().int(),
      /** When the caller last read the note; null where `after` was given. */
      since: timeSchema.nullable(),
      /** Who else changed something that is still to be seen, most passages first. Empty where nobody is known. */
      people: z.array(personSchema),
      /** Passages in which others changed something. */
      passages: z.number().int(),
      /** Passages in which the caller did. */
      own: z.number().int(),
      /** Passages in which both did. */
      both: z.number().int(),
    })
    .nullable(),
});
export type NoteNews = NonNullable<z.infer<typeof noteNewsSchema>['news']>;

/** PUT /api/notes/:id/read: the caller has seen the note up to this row. Kept for them alone; it never goes back. */
export const readMarkSchema = z.object({ seq: z.number().int().nonnegative() });
