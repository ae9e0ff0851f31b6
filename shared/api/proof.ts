import { z } from 'zod';
import { languageSchema, timeSchema } from './common.ts';
import { comparedMomentSchema } from './versions.ts';

/** Which moment of a note is asked about. */
export const integrityQuerySchema = z.object({ moment: comparedMomentSchema });

/**
 * `row`: altered; `gap`: missing; `swapped`: the two stand in each other's place; `segment`: one of these, which cannot be said; `unreadable`: whole, but no change can be read in it;
 * `head`: not those that the relay signed.
 */
export const breakKinds = ['row', 'gap', 'swapped', 'segment', 'unreadable', 'head'] as const;

/**
 * GET /api/notes/:id/integrity?moment= → whether the rows up to a moment, and those after it, are as they were written. `broken`: something up to it is not; `thinned`: that very moment was let go on
 * purpose, and the rows around it are as they should be. For who may see the history.
 */
export const integritySchema = z.object({
  state: z.enum(['intact', 'broken', 'thinned']),
  /** It is a copy of a note that lives at another relay: that one signs its history, and alone gives the proof of it. */
  isCopy: z.boolean(),
  checkedAt: timeSchema,
  /** The row of that moment. */
  seq: z.number().int(),
  lastSeq: z.number().int(),
  /** The newest signed head that agrees with the rows: up to which row, and when it was signed. Null: none was signed yet. */
  head: z.object({ seq: z.number().int(), time: timeSchema }).nullable(),
  /** The relay's public key, hexadecimal: who checks a file elsewhere compares it. */
  key: z.string(),
  /** Ranges of which one update is left, and when they were thinned. */
  thinned: z.array(z.object({ from: z.number().int(), to: z.number().int(), at: timeSchema.nullable() })),
  /** What is not as it was written, by rows, in order; at most twenty. */
  breaks: z.array(z.object({ kind: z.enum(breakKinds), from: z.number().int(), to: z.number().int() })),
});
export type Integrity = z.infer<typeof integritySchema>;

/**
 * GET /api/notes/:id/proof?moment=&language= → a file (gzip of JSON lines, docs/proof.md) that holds all that is needed to check what the note said then: every row up to it, the signed heads, the content. For who may see the
 * history: deleted text is in it. 409 `conflict`: that moment was thinned, or the note lives at another relay. 503 `document_damaged`: something up to it is not as it was written.
 */
export const proofQuerySchema = z.object({
  moment: comparedMomentSchema,
  language: languageSchema.default('fr'),
});
