import { Hono } from 'hono';
import { z } from 'zod';
import { carnetIdSchema, noteIdSchema } from '#shared/api/common.ts';
import { dismissedTermParamsSchema } from '#shared/api/links.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { canEditNote, canManageCollection, canReadNote } from '#shared/permissions/permissions.ts';
import { requireCollection, requireNote, roleOnNote } from '../../access.ts';
import type { Caller } from '../../Caller.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { presentBrokenLinks } from '../presentBrokenLinks.ts';
import { presentSuggestedTerms } from '../presentSuggestedTerms.ts';
import { validate } from '../validate.ts';

const noteParams = validate('param', z.object({ id: noteIdSchema }));
const carnetParams = validate('param', z.object({ id: carnetIdSchema }));
const termParams = validate('param', dismissedTermParamsSchema);

/** What links could be: those that lead nowhere, and the terms that a text names. */
export function linkRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const { catalogue, events } = relay;
  const dismiss = async (caller: Caller, id: NoteId, term: NoteId, isDismissed: boolean): Promise<void> => {
    await requireNote(catalogue, caller, id, canEditNote);
    await catalogue.notes.dismissTerm(id, term, isDismissed ? relay.now() : null);
    events.emit({ type: 'note', id });
  };
  return new Hono<HttpEnvironment>()
    .get('/notes/:id/suggested-terms', noteParams, async (context) => {
      const { id } = context.req.valid('param');
      return context.json({ terms: await presentSuggestedTerms(relay, context.var.caller, id) });
    })
    .put('/notes/:id/dismissed-terms/:termId', termParams, async (context) => {
      const { id, termId } = context.req.valid('param');
      await dismiss(context.var.caller, id, termId, true);
      return context.body(null, 204);
    })
    .delete('/notes/:id/dismissed-terms/:termId', termParams, async (context) => {
      const { id, termId } = context.req.valid('param');
      await dismiss(context.var.caller, id, termId, false);
      return context.body(null, 204);
    })
    .get('/carnets/:id/broken-links', carnetParams, async (context) => {
      const { caller } = context.var;
      const { id } = context.req.valid('param');
      await requireCollection(catalogue, caller, { kind: 'carnet', id }, canManageCollection);
      const entries = await catalogue.derived.entries(id);
      const records = await catalogue.notes.getMany(entries.map(({ member }) => member as NoteId));
      const ids = entries.flatMap(({ member }) => {
        const note = records.get(member as NoteId);
        return note !== undefined && note.trashedAt === null && canReadNote(roleOnNote(caller, note))
          ? [note.id]
          : [];
      });
      const broken = await presentBrokenLinks(relay, caller, ids);
      const indexes = await catalogue.derived.noteLines([...broken.keys()]);
      return context.json({
        notes: [...broken].map(([note, links]) => ({
          id: note,
          title: indexes.get(note)?.title ?? '',
          links,
        })),
      });
    });
}
