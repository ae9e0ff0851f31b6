import { Hono } from 'hono';
import { z } from 'zod';
import {
  carnetPersonParamsSchema,
  carnetSearchQuerySchema,
  changeCarnetSchema,
  createCarnetSchema,
  integrateNoteSchema,
} from '#shared/api/carnets.ts';
import { carnetIdSchema, noteIdSchema } from '#shared/api/common.ts';
import { changeCarnet, removeCarnetPerson, trashCarnet } from '../../operations/changeCarnet.ts';
import { canReadCarnet } from '#shared/permissions/permissions.ts';
import { requireCarnet, roleOnCarnet } from '../../access.ts';
import { createCarnet } from '../../operations/createCarnet.ts';
import { integrateNote } from '../../operations/integrateNote.ts';
import { removeEntry } from '../../operations/removeEntry.ts';
import { restoreGoodState } from '../../operations/restoreGoodState.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { presentCarnetPage, presentCarnets } from '../presentCarnets.ts';
import { validate } from '../validate.ts';

const params = validate('param', z.object({ id: carnetIdSchema }));
/** Made once: `localeCompare` would make one for each pair. */
const byTitle = new Intl.Collator('fr', { numeric: true });
const listQuery = z.object({ trash: z.enum(['0', '1']).default('0') });

/** Carnets: lists, pages, entries and rights. Managers write the rest in the document, by /sync. */
export function carnetRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/carnets', validate('query', listQuery), async (context) => {
      const carnets = await relay.catalogue.carnets.list({
        trashed: context.req.valid('query').trash === '1',
      });
      const lines = await presentCarnets(relay, context.var.caller, carnets);
      lines.sort((a, b) => byTitle.compare(a.title, b.title));
      return context.json({ carnets: lines });
    })
    .post('/carnets', validate('json', createCarnetSchema), async (context) => {
      const { caller } = context.var;
      const id = await createCarnet(relay, caller, context.req.valid('json'));
      return context.json(await presentCarnetPage(relay, caller, id), 201);
    })
    .get('/carnets/:id', params, async (context) =>
      context.json(await presentCarnetPage(relay, context.var.caller, context.req.valid('param').id)),
    )
    .get('/carnets/:id/search', params, validate('query', carnetSearchQuerySchema), async (context) => {
      const { id } = context.req.valid('param');
      const { caller } = context.var;
      await requireCarnet(relay.catalogue, caller, id, canReadCarnet);
      const notes = await relay.catalogue.search.searchCarnet(context.req.valid('query').q, caller, id);
      return context.json({ notes: [...notes] });
    })
    .patch('/carnets/:id', params, validate('json', changeCarnetSchema), async (context) => {
      const { id } = context.req.valid('param');
      await changeCarnet(relay, context.var.caller, id, context.req.valid('json'));
      return context.json(await presentCarnetPage(relay, context.var.caller, id));
    })
    .delete('/carnets/:id', params, async (context) => {
      await trashCarnet(relay, context.var.caller, context.req.valid('param').id, true);
      return context.body(null, 204);
    })
    .post('/carnets/:id/untrash', params, async (context) => {
      const { id } = context.req.valid('param');
      await trashCarnet(relay, context.var.caller, id, false);
      return context.json(await presentCarnetPage(relay, context.var.caller, id));
    })
    .delete('/carnets/:id/people/:personId', validate('param', carnetPersonParamsSchema), async (context) => {
      const { id, personId } = context.req.valid('param');
      const { caller } = context.var;
      await removeCarnetPerson(relay, caller, id, personId);
      const carnet = await relay.catalogue.carnets.get(id);
      if (carnet === null || !canReadCarnet(roleOnCarnet(caller, carnet))) return context.body(null, 204);
      return context.json(await presentCarnetPage(relay, caller, id));
    })
    .post('/carnets/:id/restore-good-state', params, async (context) => {
      const { id } = context.req.valid('param');
      const { caller } = context.var;
      await restoreGoodState(relay, caller, { kind: 'carnet', id });
      return context.json(await presentCarnetPage(relay, caller, id));
    })
    .post('/carnets/:id/entries', params, validate('json', integrateNoteSchema), async (context) => {
      const { id } = context.req.valid('param');
      const { caller } = context.var;
      await integrateNote(relay, caller, { carnetId: id, ...context.req.valid('json') });
      return context.json(await presentCarnetPage(relay, caller, id));
    })
    .delete(
      '/carnets/:id/entries/:noteId',
      validate('param', z.object({ id: carnetIdSchema, noteId: noteIdSchema })),
      async (context) => {
        const { id, noteId } = context.req.valid('param');
        const { caller } = context.var;
        await removeEntry(relay, caller, id, noteId);
        return context.json(await presentCarnetPage(relay, caller, id));
      },
    );
}
