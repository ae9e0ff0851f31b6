import { z } from 'zod';
import { timeSchema } from './common.ts';

/** For how many months each keystroke of a note may be kept. */
export const keptMonths = [6, 12, 24] as const;
export type KeptMonths = (typeof keptMonths)[number];

/** How long after it was chosen the first note is thinned, in ms: whoever chose it in error chooses otherwise. */
export const thinningGraceMs = 24 * 60 * 60 * 1000;

const months = z.literal(keptMonths);
const count = z.number().int().nonnegative();
/** Notes that are thinned, or would be, and the bytes that this saves; negative where it takes more. */
const saving = { notes: count, bytes: z.number().int() };
/** Notes that were looked at, of how many. */
const progress = { done: count, total: count };

/** What a choice would save. `isOver`: all notes were looked at. `failed`: notes that could not be read. */
export const thinningPreviewSchema = z.object({
  ...progress,
  ...saving,
  months,
  isOver: z.boolean(),
  failed: count,
});
export type ThinningPreview = z.infer<typeof thinningPreviewSchema>;

/**
 * GET /api/history-keeping → how long each keystroke is kept; for administrators, and for the person of a computer. `months` null: always. `beginsAt`: not before then; null where nothing is
 * thinned. `run`: what is being done; `last`: when that was done last, and what it saved. `preview`: the last that was asked for.
 */
export const keptHistorySchema = z.object({
  months: months.nullable(),
  beginsAt: timeSchema.nullable(),
  run: z.object({ ...progress, ...saving }).nullable(),
  last: z.object({ ...saving, at: timeSchema }).nullable(),
  preview: thinningPreviewSchema.nullable(),
});
export type KeptHistory = z.infer<typeof keptHistorySchema>;

/** PUT /api/history-keeping → the same as GET: nothing is thinned before a day from now. */
export const keepHistorySchema = z.object({ months: months.nullable() });

/** POST /api/history-keeping/preview → 202, the same as GET: works out what a choice would save. DELETE → 204: not any more. */
export const previewThinningSchema = z.object({ months });
