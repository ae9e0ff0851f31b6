import { z } from 'zod';
import { noteIdSchema } from './common.ts';

/**
 * A link that leads the person nowhere. To a note: gone, or not open to them (`closed`, which is one and the same), or in the trash; `around` is the sentence of the link, its
 * words between \u0001 and \u0002, never a title. To an address: one that is none.
 */
export const brokenLinkSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('note'),
    noteId: noteIdSchema,
    around: z.string(),
    state: z.enum(['closed', 'trash']),
  }),
  z.object({ kind: z.literal('address'), href: z.string() }),
]);
export type BrokenLink = z.infer<typeof brokenLinkSchema>;

/** GET /api/carnets/:id/broken-links → the notes of a carnet that hold such links, of those that the person may read, in its order: for its managers. */
export const carnetLinksSchema = z.object({
  notes: z.array(z.object({ id: noteIdSchema, title: z.string(), links: z.array(brokenLinkSchema) })),
});

/**
 * GET /api/notes/:id/suggested-terms → terms of the lexicon that the note names, by any of their forms, most often first: those that the person may read, that are not related
 * to it yet and were not set aside for it. `found`: the form that stands in the text, folded. For who writes in it.
 */
export const suggestedTermsSchema = z.object({
  terms: z.array(z.object({ id: noteIdSchema, title: z.string(), found: z.string() })),
});
export type SuggestedTerm = z.infer<typeof suggestedTermsSchema>['terms'][number];
// PUT /api/notes/:id/dismissed-terms/:termId → 204: it is suggested for this note no more, to nobody. DELETE of the same → 204: it may be again.
export const dismissedTermParamsSchema = z.object({ id: noteIdSchema, termId: noteIdSchema });
