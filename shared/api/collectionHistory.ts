import { z } from 'zod';
import { categorySchema } from './collections.ts';
import { categoryIdSchema, memberIdSchema, personSchema, timeSchema } from './common.ts';

// The history of a carnet at /api/carnets/:id/history, of a base at /api/bases/:id/history: from the moment that it was open to who asks. Nobody is told a title that they may not read.

/**
 * What was done: to the collection (`thinned`: nothing older is kept; `ordered`, `filed`: members in it; `held`: at a version, `followed`: no more; `restored`: it holds again what it held, `undone`: it does not), or to a note while it was in the carnet.
 */
export const collectionActKinds = [
  'created',
  'thinned',
  'integrated',
  'removed',
  'ordered',
  'pinned',
  'unpinned',
  'filed',
  'held',
  'followed',
  'categoryAdded',
  'categoryRemoved',
  'categoryRenamed',
  'categoryMoved',
  'title',
  'description',
  'guide',
  'restored',
  'undone',
] as const;
export type CollectionActKind = (typeof collectionActKinds)[number];
export const memberActKinds = ['noteWritten', 'noteNamed', 'noteRestored'] as const;

const namedMemberSchema = z.object({ id: memberIdSchema, title: z.string() });

/** `seq`: its last row; null for what was done to a note. */
const collectionActSchema = z.object({
  key: z.string(),
  kind: z.enum([...collectionActKinds, ...memberActKinds]),
  at: timeSchema,
  seq: z.number().int().nullable(),
  people: z.array(personSchema),
  /** Those that the person may read. */
  members: z.array(namedMemberSchema),
  /** How many others. */
  closed: z.number().int(),
  /** Names of categories, the new title, or that of a version. */
  words: z.array(z.string()),
});
export type ShownCollectionAct = z.infer<typeof collectionActSchema>;

/** `before`: `next` of the page before. */
export const collectionActsQuerySchema = z.object({
  before: z
    .string()
    .regex(/^\d{1,16}\.[A-Za-z0-9_-]{1,40}$/)
    .optional(),
  count: z.coerce.number().int().min(1).max(200).default(50),
});
/** GET …/history?before=&count= → newest first. `next`: null where nothing older is told. */
export const collectionActsSchema = z.object({
  acts: z.array(collectionActSchema),
  next: z.string().nullable(),
  lastSeq: z.number().int(),
});
export type CollectionActs = z.infer<typeof collectionActsSchema>;

const seqSchema = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
/** `?seq=<row>` or `?at=<Unix ms>`: the last row of that instant or before. */
export const collectionMomentQuerySchema = z
  .object({
    seq: seqSchema.optional(),
    at: z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).optional(),
  })
  .refine(({ seq, at }) => (seq === undefined) !== (at === undefined), { message: 'one of seq and at' });
/**
 * GET …/history/content?seq=|at= → what it held then, in its order of then. Titles are those of today; `title` is null for a member that the person may not read, or that is gone.
 * `opens`: whether they may look at the note as it was.
 */
export const collectionMomentSchema = z.object({
  seq: z.number().int(),
  at: timeSchema,
  lastSeq: z.number().int(),
  title: z.string(),
  entries: z.array(
    z.object({
      memberId: memberIdSchema,
      title: z.string().nullable(),
      category: categoryIdSchema.nullable(),
      also: z.array(categoryIdSchema),
      pinned: z.boolean(),
      opens: z.boolean(),
    }),
  ),
  categories: z.array(categorySchema),
});
export type CollectionMoment = z.infer<typeof collectionMomentSchema>;

const counted = z.object({ members: z.array(namedMemberSchema), closed: z.number().int() });
/**
 * POST …/history/restore/preview {seq} → what it would do to hold again what it held after that row; for managers. `barred`: what the person may not put in it (any more), or is gone. Title, description and guide stay as they
 * are, and nothing is done to any member.
 */
export const collectionRestoreSchema = z.object({ seq: z.number().int().min(1) });
export const collectionRestorePreviewSchema = z.object({
  returned: counted,
  removed: counted,
  moved: counted,
  filed: counted,
  barred: counted,
  categories: z.object({
    returned: z.array(z.string()),
    removed: z.array(z.string()),
    changed: z.array(z.string()),
  }),
  isNothing: z.boolean(),
  /** Names what would be done; to be sent with what does it. */
  agreed: z.string(),
});
export type CollectionRestorePreview = z.infer<typeof collectionRestorePreviewSchema>;
/** POST …/history/restore {seq, agreed} → the row that it wrote, null where it was so already. 409 `conflict`: it would do other things than were shown. */
export const agreedCollectionRestoreSchema = collectionRestoreSchema.extend({ agreed: z.string().max(40) });
/** POST …/history/undo {seq}: undoes a `restore` of one's own, what others did since stays. → as restore. 409 `conflict` for a row that is none. */
export const collectionRestoredSchema = z.object({ seq: z.number().int().nullable() });
