import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { noteIdSchema } from '#shared/api/common.ts';
import { answerSchema, askSchema } from '#shared/api/communities.ts';
import { addAuthorSchema, authorParamsSchema, messageSchema } from '#shared/api/notes.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { canChangeAuthors, canReadNote } from '#shared/permissions/permissions.ts';
import { requireNote, roleOnNote } from '../../access.ts';
import { askToEdit, contactAuthors, decideEditRequest } from '../../operations/askToEdit.ts';
import { addAuthor, authorCandidates, removeAuthor, removeReader } from '../../operations/changeAuthors.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { presentNotePage } from '../presentNotes.ts';
import { presentPeople } from '../presentPeople.ts';
import { validate } from '../validate.ts';

const params = validate('param', z.object({ id: noteIdSchema }));
const personParams = validate('param', authorParamsSchema);

/** The people of a note: its authors, who was invited to read it, who asks, who writes to them. */
export function notePeopleRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const page = async (context: Context<HttpEnvironment>, id: NoteId) =>
    context.json(await presentNotePage(relay, context.var.caller, id));
  /** Who took themselves off may not see it any more: there is nothing to show. */
  const pageIfSeen = async (context: Context<HttpEnvironment>, id: NoteId) => {
    const note = await relay.catalogue.notes.get(id);
    if (note === null || !canReadNote(roleOnNote(context.var.caller, note))) return context.body(null, 204);
    return page(context, id);
  };
  return new Hono<HttpEnvironment>()
    .get('/notes/:id/author-candidates', params, async (context) => {
      const { caller } = context.var;
      const { id } = context.req.valid('param');
      const { note } = await requireNote(relay.catalogue, caller, id, canChangeAuthors);
      const ids = await authorCandidates(relay, caller, note);
      const people = presentPeople(ids, await relay.catalogue.persons.getMany(ids));
      return context.json({ people: people.sort((a, b) => a.name.localeCompare(b.name, 'fr')) });
    })
    .post('/notes/:id/authors', params, validate('json', addAuthorSchema), async (context) => {
      const { id } = context.req.valid('param');
      await addAuthor(relay, context.var.caller, id, context.req.valid('json').personId);
      return page(context, id);
    })
    .delete('/notes/:id/authors/:personId', personParams, async (context) => {
      const { id, personId } = context.req.valid('param');
      await removeAuthor(relay, context.var.caller, id, personId);
      return pageIfSeen(context, id);
    })
    .delete('/notes/:id/readers/:personId', personParams, async (context) => {
      const { id, personId } = context.req.valid('param');
      await removeReader(relay, context.var.caller, id, personId);
      return pageIfSeen(context, id);
    })
    .post('/notes/:id/edit-requests', params, validate('json', askSchema), async (context) => {
      const { id } = context.req.valid('param');
      await askToEdit(relay, context.var.caller, id, context.req.valid('json').text || null);
      return page(context, id);
    })
    .post(
      '/notes/:id/edit-requests/:personId',
      personParams,
      validate('json', answerSchema),
      async (context) => {
        const { id, personId } = context.req.valid('param');
        const { approved } = context.req.valid('json');
        await decideEditRequest(relay, context.var.caller, id, personId, approved);
        return page(context, id);
      },
    )
    .post('/notes/:id/messages', params, validate('json', messageSchema), async (context) => {
      const { id } = context.req.valid('param');
      await contactAuthors(relay, context.var.caller, id, context.req.valid('json').text);
      return context.body(null, 204);
    });
}
