import { Hono } from 'hono';
import { z } from 'zod';
import { holdEntrySchema } from '#shared/api/collections.ts';
import { carnetIdSchema, noteIdSchema } from '#shared/api/common.ts';
import { changeEditionSchema, freezeEditionSchema } from '#shared/api/editions.ts';
import { bookPlace } from '../../operations/gatherBook.ts';
import { holdEntry } from '../../operations/holdEntry.ts';
import { freezeEdition, withdrawEdition } from '../../operations/editions.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { presentCollectionPage } from '../presentCollections.ts';
import { presentEditionList, presentEditions } from '../presentEditions.ts';
import { presentHeldContent } from '../presentHeld.ts';
import { validate } from '../validate.ts';

const params = validate('param', z.object({ id: carnetIdSchema }));
const editionParams = validate(
  'param',
  z.object({ id: carnetIdSchema, number: z.coerce.number().int().min(1).max(999_999) }),
);

const entryParams = validate('param', z.object({ id: carnetIdSchema, memberId: noteIdSchema }));

/** What is fixed of a carnet. Its notes held at a version; its editions: freezing one, what there are, withdrawing one and putting it back. */
export function editionRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/:id/entries/:memberId/held', entryParams, async (context) => {
      const { id, memberId } = context.req.valid('param');
      return context.json(await presentHeldContent(relay, context.var.caller, id, memberId));
    })
    .put('/:id/entries/:memberId/held', entryParams, validate('json', holdEntrySchema), async (context) => {
      const { id, memberId } = context.req.valid('param');
      const { caller } = context.var;
      await holdEntry(relay, caller, id, memberId, context.req.valid('json'));
      return context.json(await presentCollectionPage(relay, caller, { kind: 'carnet', id }));
    })
    .get('/:id/editions', params, async (context) =>
      context.json(await presentEditionList(relay, context.var.caller, context.req.valid('param').id)),
    )
    .post('/:id/editions', params, validate('json', freezeEditionSchema), async (context) => {
      const { title, remark, isOpen, ...options } = context.req.valid('json');
      const edition = await freezeEdition(
        relay,
        context.var.caller,
        context.req.valid('param').id,
        { title, remark, isOpen, options },
        bookPlace(relay),
        context.req.raw.signal,
      );
      return context.json((await presentEditions(relay, [edition]))[0], 201);
    })
    .patch('/:id/editions/:number', editionParams, validate('json', changeEditionSchema), async (context) => {
      const { id, number } = context.req.valid('param');
      const { withdrawn } = context.req.valid('json');
      const edition = await withdrawEdition(relay, context.var.caller, id, number, withdrawn);
      return context.json((await presentEditions(relay, [edition]))[0]);
    });
}
