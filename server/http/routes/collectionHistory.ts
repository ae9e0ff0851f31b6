import { Hono } from 'hono';
import { z } from 'zod';
import {
  agreedCollectionRestoreSchema,
  collectionActsQuerySchema,
  collectionMomentQuerySchema,
  collectionRestoreSchema,
} from '#shared/api/collectionHistory.ts';
import { collectionIdSchema } from '#shared/api/common.ts';
import type { CollectionKind, CollectionRef } from '#shared/domain/Collection.ts';
import type { CollectionId } from '#shared/domain/ids.ts';
import { requireCollectionRow, toldSince } from '../../operations/collectionMoment.ts';
import { planRestorePlaces, restorePlaces, undoRestorePlaces } from '../../operations/restorePlaces.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import {
  presentCollectionActs,
  presentCollectionMoment,
  presentPlacesPlan,
} from '../presentCollectionHistory.ts';
import { validate } from '../validate.ts';

const params = validate('param', z.object({ id: collectionIdSchema }));

/** The history of carnets, or of bases: who did what, what they held then, and going back to it. */
export function collectionHistoryRoutes(relay: HttpRelay, kind: CollectionKind): Hono<HttpEnvironment> {
  const { collections } = relay.history;
  const refOf = (id: CollectionId): CollectionRef => ({ kind, id }) as CollectionRef;
  return new Hono<HttpEnvironment>()
    .get('/:id/history', params, validate('query', collectionActsQuerySchema), async (context) => {
      const { id } = context.req.valid('param');
      const { before, count } = context.req.valid('query');
      const [at = '', ...key] = before?.split('.') ?? [];
      const place = before === undefined ? null : { at: Number(at), key: key.join('.') };
      return context.json(await presentCollectionActs(relay, context.var.caller, refOf(id), place, count));
    })
    .get('/:id/history/content', params, validate('query', collectionMomentQuerySchema), async (context) => {
      const { id } = context.req.valid('param');
      const { caller } = context.var;
      // Before what it held is read.
      await toldSince(relay, caller, refOf(id));
      const { seq, at = 0 } = context.req.valid('query');
      const row = seq === undefined ? await collections.rowAt(id, at) : await collections.row(id, seq);
      await requireCollectionRow(relay, caller, refOf(id), row);
      const { lastSeq } = await collections.story(id);
      const places = { ...(await collections.places(id, row.seq)), time: row.time, lastSeq };
      return context.json(await presentCollectionMoment(relay, caller, refOf(id), places));
    })
    .post(
      '/:id/history/restore/preview',
      params,
      validate('json', collectionRestoreSchema),
      async (context) => {
        const { id } = context.req.valid('param');
        const { caller } = context.var;
        const plan = await planRestorePlaces(relay, caller, refOf(id), context.req.valid('json').seq);
        return context.json(await presentPlacesPlan(relay, caller, refOf(id), plan));
      },
    )
    .post(
      '/:id/history/restore',
      params,
      validate('json', agreedCollectionRestoreSchema),
      async (context) => {
        const { id } = context.req.valid('param');
        const seq = await restorePlaces(relay, context.var.caller, refOf(id), context.req.valid('json'));
        return context.json({ seq });
      },
    )
    .post('/:id/history/undo', params, validate('json', collectionRestoreSchema), async (context) => {
      const { id } = context.req.valid('param');
      const asked = context.req.valid('json').seq;
      return context.json({ seq: await undoRestorePlaces(relay, context.var.caller, refOf(id), asked) });
    });
}
