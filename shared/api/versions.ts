import { z } from 'zod';
import { documentIdSchema, personSchema, remarkSchema, timeSchema, versionIdSchema } from './common.ts';
import { noteSheetSchema } from './notes.ts';
import { sheetFields } from '../document/sheet.ts';
import { versionKinds } from '../domain/Version.ts';

export const versionSummarySchema = z.object({
  id: versionIdSchema,
  documentId: documentIdSchema,
  seq: z.number().int(),
  kind: z.enum(versionKinds),
  name: z.string().nullable(),
  /** What a person said of it beside its name. */
  remark: z.string().nullable(),
  createdAt: timeSchema,
  /** Who named it or restored. */
  person: personSchema.nullable(),
  /** Who wrote since the version before, most changes first. */
  contributors: z.array(personSchema),
  /** Rows of the log since the version before. */
  changeCount: z.number().int(),
});
export type VersionSummary = z.infer<typeof versionSummarySchema>;
/** GET /api/notes/:id/versions?before=&count=&kinds=marked. `before`: only those behind this one; `kinds`: only those that somebody named or put back. */
export const versionListQuerySchema = z.object({
  before: versionIdSchema.optional(),
  count: z.coerce.number().int().min(1).max(500).default(100),
  kinds: z.literal('marked').optional(),
});
/** → newest first; `next`: asked as `before`, it gives those that follow; null: there are none. `unsaved`: whether the log holds changes after the newest version. Authors only. */
export const versionListSchema = z.object({
  versions: z.array(versionSummarySchema),
  next: versionIdSchema.nullable(),
  currentSeq: z.number().int(),
  unsaved: z.boolean(),
});
/** What somebody did to a note: wrote in it (one line a sitting), named a version, put one back, made it visible beyond its authors, locked it as it was adopted, opened it again. */
export const noteActKinds = ['written', 'named', 'restored', 'published', 'locked', 'unlocked'] as const;
export const noteActSchema = z.object({
  kind: z.enum(noteActKinds),
  at: timeSchema,
  /** Who did it; who wrote, most changes first. Empty where that is not known. */
  people: z.array(personSchema),
  /** What a version was called. */
  name: z.string().nullable(),
});
export type NoteAct = z.infer<typeof noteActSchema>;
/** GET /api/notes/:id/acts?count=&kinds=locks. `count`: at most so many; absent: all. `kinds`: only that it was locked and opened again. */
export const noteActsQuerySchema = z.object({
  count: z.coerce.number().int().min(1).max(500).optional(),
  kinds: z.literal('locks').optional(),
});
/** → newest first, for whoever may read the note, from the moment it was open to them. No word of its text. */
export const noteActsSchema = z.object({ acts: z.array(noteActSchema) });

/** POST /api/notes/:id/versions → VersionSummary (201). PATCH /api/notes/:id/versions/:versionId (rename) → VersionSummary. */
export const nameVersionSchema = z.object({
  name: z.string().trim().min(1).max(200),
  /** Beside the name; absent or empty: none. */
  remark: remarkSchema,
});
/** In POST, `seq`: of the note as it was just after this row; absent: as it is now. */
export const newVersionSchema = nameVersionSchema.extend({ seq: z.number().int().min(1).optional() });

/** GET /api/notes/:id/versions/:versionId/content */
export const versionContentSchema = z.object({
  version: versionSummarySchema,
  title: z.string(),
  language: z.string(),
  sheet: noteSheetSchema,
  body: z.unknown(),
});

/** A moment of a note in a question: `now`, a version by its id, or `seq:` and the last row of the log that it contains (0: before the first). */
export const comparedMomentSchema = z.union([
  z.literal('now'),
  z.string().regex(/^seq:\d{1,10}$/),
  versionIdSchema,
]);
export type ComparedMoment = z.infer<typeof comparedMomentSchema>;
/** The moment just after a row. */
export const momentOfSeq = (seq: number): ComparedMoment => `seq:${seq}`;

/** A moment in an answer. `at`: null before the first row. */
export const shownMomentSchema = z.object({
  seq: z.number().int(),
  at: timeSchema.nullable(),
  version: versionSummarySchema.nullable(),
});

/** A stretch of a text without formatting. */
const linePartSchema = z.object({
  text: z.string(),
  change: z.enum(['same', 'added', 'removed']),
  person: z.string().nullable(),
});

/** What changed in a field of the sheet of a term or an organisation; `at`: when it was last changed between the two moments. `number`: of its change, behind those of the title. */
export const fieldChangeSchema = z.object({
  field: z.enum(sheetFields),
  parts: z.array(linePartSchema),
  at: timeSchema.nullable(),
  number: z.number().int(),
});

/**
 * GET /api/notes/:id/comparison?from=<moment>&to=<moment> (`from` the earlier one) → one merged document in which what was added and removed is marked.
 * `body`: ProseMirror JSON of the note's schema plus the marks `added` and `removed` ({ person: PersonId|null, number }) and `formatted`
 * ({ person, number, added, removed }: names of marks) on what stands in the line, and on blocks the attribute
 * `change`: null | { kind: 'added'|'removed'|'moved'|'changed', person: PersonId|null, number, continued?: true }; and `was`, where the block now says something else or is gone: the position before it in the body of
 * `from`, by which it is put back (POST …/history/put-back). All parts of one change have its number, from 1 to `changeCount` in reading order, the title's first; `continued` blocks go on from the one before.
 */
export const comparisonSchema = z.object({
  from: shownMomentSchema,
  /** null: now. */
  to: shownMomentSchema.nullable(),
  title: z.array(linePartSchema),
  fields: z.array(fieldChangeSchema),
  body: z.unknown(),
  people: z.array(personSchema),
  /** Words added and removed, per person. */
  summary: z.array(
    z.object({ person: z.string().nullable(), added: z.number().int(), removed: z.number().int() }),
  ),
  changeCount: z.number().int(),
});
export type Comparison = z.infer<typeof comparisonSchema>;
/** POST /api/notes/:id/versions/:versionId/restore → the version made by restoring, and `undo`: the version to restore to take it back. */
export const restoredSchema = z.object({ version: versionSummarySchema, undo: versionSummarySchema });
export type Restored = z.infer<typeof restoredSchema>;
/** POST /api/notes/:id/versions/:versionId/copy → NotePage (201): a new, private note of the caller's that says what this one said then. */
