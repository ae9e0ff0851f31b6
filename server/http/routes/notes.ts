import { Hono } from 'hono';
import { z } from 'zod';
import { noteIdSchema } from '#shared/api/common.ts';
import {
  type NoteContent,
  changeNoteSchema,
  createNoteSchema,
  lockNoteSchema,
  noteListQuerySchema,
  noteTitlesRequestSchema,
} from '#shared/api/notes.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { foldText } from '#shared/domain/foldText.ts';
import { canReadNote } from '#shared/permissions/permissions.ts';
import { requireNote } from '../../access.ts';
import { changeNote } from '../../operations/changeNote.ts';
import { createNoteThere } from '../../operations/createThere.ts';
import { duplicateNote } from '../../operations/duplicateNote.ts';
import { lockNote, unlockNote } from '../../operations/lockNote.ts';
import { restoreGoodState } from '../../operations/restoreGoodState.ts';
import { trashNote } from '../../operations/trashNote.ts';
import type { Caller } from '../../Caller.ts';
import { readNoteContent, renderNoteContent } from '../../readNoteContent.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { presentNotePage, presentNotes, readableTitles } from '../presentNotes.ts';
import { validate } from '../validate.ts';

const params = validate('param', z.object({ id: noteIdSchema }));

async function readContent(relay: HttpRelay, caller: Caller, id: NoteId): Promise<NoteContent> {
  await requireNote(relay.catalogue, caller, id, canReadNote);
  const content = await readNoteContent(relay, id);
  return { ...content, html: await renderNoteContent(relay, caller, content) };
}

/** Notes: lists, pages, and what is done to them. Their content goes by /sync. */
export function noteRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/notes', validate('query', noteListQuerySchema), async (context) => {
      const query = context.req.valid('query');
      const { sort, trash, kind, region, author, template, named, limit, offset } = query;
      const { caller } = context.var;
      const { notes, total } = await relay.catalogue.notes.list({
        asker: caller,
        trashed: trash === '1',
        kind,
        region,
        author,
        template: template === '1' ? true : undefined,
        named: named === undefined ? undefined : foldText(named).trim(),
        sort,
        limit,
        offset,
      });
      return context.json({ notes: await presentNotes(relay, notes), total });
    })
    .get('/organisations/regions', async (context) => {
      const counts = await relay.catalogue.notes.organisationCounts(context.var.caller);
      return context.json({ counts: Object.fromEntries(counts) });
    })
    .post('/notes', validate('json', createNoteSchema), async (context) => {
      const { caller } = context.var;
      const id = await createNoteThere(relay, caller, context.req.valid('json'));
      return context.json(await presentNotePage(relay, caller, id), 201);
    })
    .get('/notes/:id', params, async (context) =>
      context.json(await presentNotePage(relay, context.var.caller, context.req.valid('param').id)),
    )
    .patch('/notes/:id', params, validate('json', changeNoteSchema), async (context) => {
      const { id } = context.req.valid('param');
      const { caller } = context.var;
      await changeNote(relay, caller, id, context.req.valid('json'));
      return context.json(await presentNotePage(relay, caller, id));
    })
    .delete('/notes/:id', params, async (context) => {
      await trashNote(relay, context.var.caller, context.req.valid('param').id, true);
      return context.body(null, 204);
    })
    .post('/notes/:id/untrash', params, async (context) => {
      const { id } = context.req.valid('param');
      await trashNote(relay, context.var.caller, id, false);
      return context.json(await presentNotePage(relay, context.var.caller, id));
    })
    .post('/notes/:id/restore-good-state', params, async (context) => {
      const { id } = context.req.valid('param');
      const { caller } = context.var;
      await restoreGoodState(relay, caller, { kind: 'note', id });
      return context.json(await presentNotePage(relay, caller, id));
    })
    .put('/notes/:id/lock', params, validate('json', lockNoteSchema), async (context) => {
      const { id } = context.req.valid('param');
      const { caller } = context.var;
      await lockNote(relay, caller, id, context.req.valid('json'));
      return context.json(await presentNotePage(relay, caller, id));
    })
    .delete('/notes/:id/lock', params, async (context) => {
      const { id } = context.req.valid('param');
      const { caller } = context.var;
      await unlockNote(relay, caller, id);
      return context.json(await presentNotePage(relay, caller, id));
    })
    .post('/notes/:id/duplicate', params, async (context) => {
      const { caller } = context.var;
      const id = await duplicateNote(relay, caller, context.req.valid('param').id);
      return context.json(await presentNotePage(relay, caller, id), 201);
    })
    .get('/notes/:id/content', params, async (context) =>
      context.json(await readContent(relay, context.var.caller, context.req.valid('param').id)),
    )
    .post('/note-titles', validate('json', noteTitlesRequestSchema), async (context) => {
      const titles = await readableTitles(relay, context.var.caller, context.req.valid('json').ids);
      return context.json({ titles: Object.fromEntries(titles) });
    });
}
