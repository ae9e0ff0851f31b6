import { z } from 'zod';
import { sheetFields } from '../document/sheet.ts';
import { personIdSchema, personSchema, timeSchema, versionIdSchema } from './common.ts';
import { fieldChangeSchema } from './versions.ts';
import { versionKinds } from '../domain/Version.ts';
import { sittingKinds } from '../domain/sittingKinds.ts';

// The history of a note, row by row of its log (`seq`, from 1). Everything here is for who may see deleted text; positions are of ProseMirror, in the
// `body` of GET …/history/content at the same row: a character counts for one, so do the beginning and the end of a block.

/** A row of the log; 1 is the first. */
export const seqSchema = z.number().int().min(1);
const seqQuery = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const timeQuery = z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);

/** `?seq=<row>` or `?at=<Unix ms>` (the last row of that instant or before; the first, before it); neither: now. */
export const momentQuerySchema = z
  .object({ seq: seqQuery.optional(), at: timeQuery.optional() })
  .refine(({ seq, at }) => seq === undefined || at === undefined, { message: 'one of seq and at' });
export type MomentQuery = z.infer<typeof momentQuerySchema>;

/** Where one stands in a note's history: the row that is shown, and where the log ends. */
const momentShape = {
  seq: z.number().int(),
  /** Time of that row. */
  time: timeSchema,
  /** Who wrote that row. */
  person: personSchema.nullable(),
  lastSeq: z.number().int(),
};

/** GET /api/notes/:id/history/content?seq=|at= → what the note said then. `body`: ProseMirror JSON of the note's schema. */
export const momentContentSchema = z.object({
  ...momentShape,
  title: z.string(),
  language: z.string(),
  body: z.unknown(),
});
export type MomentContent = z.infer<typeof momentContentSchema>;

/** Who wrote something, and who brought it where it stands, when that was another act. */
export const originSchema = z.object({
  /** Who wrote it first; null: not known. */
  person: personIdSchema.nullable(),
  /** Rows of the first and the last of its characters. */
  fromSeq: z.number().int(),
  toSeq: z.number().int(),
  /** The times of these rows. */
  fromTime: timeSchema,
  toTime: timeSchema,
  /**
   * Who moved it (cut a paragraph before it, indented it, cut and pasted it), copied it within the note, or put it back (undo, restoring, taking back): its author stays.
   * Null: it stands where it was written.
   */
  carried: z
    .object({
      kind: z.enum(['moved', 'copied', 'restored']),
      person: personIdSchema.nullable(),
      seq: z.number().int(),
      time: timeSchema,
    })
    .nullable(),
});
export type Origin = z.infer<typeof originSchema>;
/** A stretch of text of one origin. `from`, `to`: positions in the body; in a title, characters (UTF-16). */
export const originRunSchema = originSchema.extend({ from: z.number().int(), to: z.number().int() });
export type OriginRun = z.infer<typeof originRunSchema>;

/**
 * GET /api/notes/:id/history/authorship?seq=|at= → who wrote each stretch of the title and of the body, in reading order. Neighbours that one person wrote within one
 * sitting are one stretch. `blocks`: the position before each block (paragraph, list, row, cell, image…), and who made it.
 */
export const authorshipSchema = z.object({
  ...momentShape,
  title: z.array(originRunSchema),
  runs: z.array(originRunSchema),
  blocks: z.array(originSchema.extend({ at: z.number().int() })),
  /** Everybody who is named. */
  people: z.array(personSchema),
});
export type Authorship = z.infer<typeof authorshipSchema>;

/** A relative position, base64url of `encodeRelativePosition`. */
const position = z.string().regex(/^[A-Za-z0-9_-]{2,120}$/);
/**
 * GET /api/notes/:id/history/who → who wrote a passage, each act by itself (authorship’s shape, `blocks` empty). The passage is `from`, `to` at a moment (`seq` or `at`), or, for
 * a selection in an editor, `start`, `end`: two relative positions in the note as it stands now.
 */
export const whoQuerySchema = z
  .object({
    seq: seqQuery.optional(),
    at: timeQuery.optional(),
    from: z.coerce.number().int().nonnegative().optional(),
    to: z.coerce.number().int().nonnegative().optional(),
    start: position.optional(),
    end: position.optional(),
  })
  .refine(
    ({ from, to, start, end, seq, at }) =>
      (from !== undefined &&
        to !== undefined &&
        start === undefined &&
        end === undefined &&
        (seq === undefined || at === undefined)) ||
      (start !== undefined &&
        end !== undefined &&
        from === undefined &&
        to === undefined &&
        seq === undefined &&
        at === undefined),
    { message: 'from and to, at one moment, or start and end' },
  );
export type WhoQuery = z.infer<typeof whoQuerySchema>;

/** A stretch of work: rows without a pause of ten minutes or more between two of them. */
export const sittingSchema = z.object({
  /** From 0, the first; it stays. Only the last one may still grow. */
  number: z.number().int().nonnegative(),
  kind: z.enum(sittingKinds),
  fromSeq: z.number().int(),
  toSeq: z.number().int(),
  fromTime: timeSchema,
  toTime: timeSchema,
  /** Who wrote, most letters first, and how many letters each wrote and removed; what was only moved counts for neither. */
  people: z.array(
    z.object({
      person: personIdSchema.nullable(),
      written: z.number().int().nonnegative(),
      removed: z.number().int().nonnegative(),
    }),
  ),
  /** The versions that stand within it, oldest first. */
  versions: z.array(
    z.object({
      id: versionIdSchema,
      seq: z.number().int(),
      kind: z.enum(versionKinds),
      name: z.string().nullable(),
      createdAt: timeSchema,
      person: personIdSchema.nullable(),
    }),
  ),
});
export type Sitting = z.infer<typeof sittingSchema>;

/** `before`: only sittings with a lower number; absent: the newest. `count`: at most so many. */
export const sittingsQuerySchema = z.object({
  before: z.coerce.number().int().nonnegative().optional(),
  count: z.coerce.number().int().min(1).max(500).default(100),
});
/** GET /api/notes/:id/history/sittings?before=&count= → newest first. `total`: how many there are; numbers run from 0 to `total` - 1 without a gap, so any page can be asked for. */
export const sittingsSchema = z.object({
  total: z.number().int().nonnegative(),
  sittings: z.array(sittingSchema),
  people: z.array(personSchema),
});
export type Sittings = z.infer<typeof sittingsSchema>;

/** `from`, `to`: times; absent: the whole life of the note. `buckets`: into how many equal parts it is cut. */
export const densityQuerySchema = z
  .object({
    buckets: z.coerce.number().int().min(1).max(1000).default(200),
    from: timeQuery.optional(),
    to: timeQuery.optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, { message: 'from <= to' });
/** GET /api/notes/:id/history/density?buckets= → letters written and removed in each part of the time from `from` to `to`; a sitting counts where it begins. */
export const densitySchema = z.object({
  from: timeSchema,
  to: timeSchema,
  written: z.array(z.number().int().nonnegative()),
  removed: z.array(z.number().int().nonnegative()),
  /** How many sittings begin there. */
  sittings: z.array(z.number().int().nonnegative()),
});
export type Density = z.infer<typeof densitySchema>;

/** At most 5,000 rows. */
export const rowsQuerySchema = z
  .object({ from: seqQuery, to: seqQuery })
  .refine(({ from, to }) => from <= to && to - from < 5_000, { message: 'at most 5,000 rows' });
/** GET /api/notes/:id/history/rows?from=&to= → when each row came, and from whom: what playing back goes by. `times[i]` is of row `from + i`; `writers[i]` is a place in `people`, -1: nobody. */
export const rowsSchema = z.object({
  from: z.number().int(),
  times: z.array(timeSchema),
  writers: z.array(z.number().int()),
  people: z.array(personSchema),
});
export type HistoryRows = z.infer<typeof rowsSchema>;

/** `text`: at least two letters; capitals and accents make no difference. */
export const pastSearchQuerySchema = z.object({
  text: z.string().trim().min(2).max(200),
  count: z.coerce.number().int().min(1).max(100).default(50),
});
const rowPlaceSchema = z.object({
  seq: z.number().int(),
  time: timeSchema,
  person: personIdSchema.nullable(),
});
/**
 * GET /api/notes/:id/history/search?text= → every passage of the title and the body in which these letters ever stood beside each other: those that are still there first, then those
 * that went last.
 */
export const pastSearchSchema = z.object({
  passages: z.array(
    z.object({
      /** As it was written; `before`, `after`: what stood around it when it came. */
      text: z.string(),
      before: z.string(),
      after: z.string(),
      inTitle: z.boolean(),
      /** Who wrote it first. */
      author: personIdSchema.nullable(),
      /** The row with which it was whole. At this row, and until `went`, GET …/history/content shows it. */
      came: rowPlaceSchema,
      /** The row that broke or removed it; null: it is still there. */
      went: rowPlaceSchema.nullable(),
    }),
  ),
  people: z.array(personSchema),
});
export type PastSearch = z.infer<typeof pastSearchSchema>;

/**
 * POST /api/notes/:id/history/restore → restoredSchema (shared/api/versions.ts): the note says again what it said after this row. POST /api/notes/:id/history/copy → NotePage (201): a new, private
 * note of the caller's that says it.
 */
export const wantedMomentSchema = z.object({ seq: seqSchema });

/**
 * POST /api/notes/:id/history/put-back → one block of the note says again what it said after the row `seq`; all else stays as it is. `at`: the position before the block in the body then, as
 * `was` in a comparison from there. Or, in place of it, `field`: the title, or one field of its sheet, whatever its kind is.
 */
export const wantedPassageSchema = z.union([
  z.strictObject({ seq: seqSchema, at: z.number().int().nonnegative() }),
  z.strictObject({ seq: seqSchema, field: z.enum(['title', ...sheetFields]) }),
]);
/** `seq`: the row that this wrote, which can be taken back; null: the note says so already. */
export const putBackSchema = z.object({ seq: seqSchema.nullable() });

/** What is taken back: the rows of one person, or of everybody (null), from one row to another: a sitting, for instance. */
export const takeBackSchema = z
  .object({ fromSeq: seqSchema, toSeq: seqSchema, person: personIdSchema.nullable() })
  .refine(({ fromSeq, toSeq }) => fromSeq <= toSeq, { message: 'fromSeq <= toSeq' });
/**
 * POST /api/notes/:id/history/take-back/preview → what taking back would do, and what of later work it touches; nothing is written. `body`, `title`, `fields`: as in a comparison (shared/api/versions.ts), from
 * now to then. All later work stays, `overlaps` too: `beside`: it was written beside what goes, or where something comes back; `kept`: a block that would go stays, because it was written in it.
 */
export const takeBackPreviewSchema = z.object({
  title: z.array(
    z.object({
      text: z.string(),
      change: z.enum(['same', 'added', 'removed']),
      person: z.string().nullable(),
    }),
  ),
  fields: z.array(fieldChangeSchema),
  body: z.unknown(),
  changeCount: z.number().int(),
  overlaps: z.array(
    z.object({
      kind: z.enum(['beside', 'kept']),
      text: z.string(),
      person: personIdSchema.nullable(),
      seq: z.number().int(),
      time: timeSchema,
    }),
  ),
  /** Names these overlaps; to be sent with what takes back. */
  agreed: z.string(),
  people: z.array(personSchema),
  /** Whoever wrote in that range of rows: of one of them alone it can be taken back. */
  writers: z.array(personSchema),
});
export type TakeBackPreview = z.infer<typeof takeBackPreviewSchema>;
/**
 * POST /api/notes/:id/history/take-back → restoredSchema (shared/api/versions.ts): the version that this made, and the one to restore to undo it. 409 `conflict`: it touches other later work than was
 * shown; show it again.
 */
export const agreedTakeBackSchema = takeBackSchema.safeExtend({ agreed: z.string().max(40) });
