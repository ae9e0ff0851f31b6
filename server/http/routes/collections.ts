import { Hono } from 'hono';
import { z } from 'zod';
import {
  addCollectionPersonSchema,
  changeCollectionPersonSchema,
  changeCollectionSchema,
  collectionPersonParamsSchema,
  collectionSearchQuerySchema,
  createCollectionSchema,
  integrateSchema,
} from '#shared/api/collections.ts';
import { collectionIdSchema, memberIdSchema } from '#shared/api/common.ts';
import type { CollectionKind, CollectionRef } from '#shared/domain/Collection.ts';
import type { CarnetId, CollectionId } from '#shared/domain/ids.ts';
import { canChangePeople, canReadCollection } from '#shared/permissions/permissions.ts';
import { collectionsOf, requireCollection, roleOnCollection } from '../../access.ts';
import type { Caller } from '../../Caller.ts';
import { changeCollection, setCover, trashCollection } from '../../operations/changeCollection.ts';
import {
  addCollectionPerson,
  changeCollectionPerson,
  collectionCandidates,
} from '../../operations/collectionPeople.ts';
import { createCollectionThere } from '../../operations/createThere.ts';
import { integrate } from '../../operations/integrate.ts';
import { removeEntry } from '../../operations/removeEntry.ts';
import { restoreGoodState } from '../../operations/restoreGoodState.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { incomingFile } from '../incomingFile.ts';
import { presentCollectionPage, presentCollections } from '../presentCollections.ts';
import { presentPeople } from '../presentPeople.ts';
import { validate } from '../validate.ts';

const params = validate('param', z.object({ id: collectionIdSchema }));
const personParams = validate('param', collectionPersonParamsSchema);
const entryParams = validate('param', z.object({ id: collectionIdSchema, memberId: memberIdSchema }));
const fileQuery = validate('query', z.object({ name: z.string().max(1_000).default('') }));
const listQuery = validate('query', z.object({ trash: z.enum(['0', '1']).default('0') }));
/** Made once: `localeCompare` would make one for each pair. */
const byTitle = new Intl.Collator('fr', { numeric: true });

/** Carnets, or bases: lists, pages, entries, people and rights. Managers write the rest in the document, by /sync. */
export function collectionRoutes(relay: HttpRelay, kind: CollectionKind): Hono<HttpEnvironment> {
  const { catalogue } = relay;
  const store = collectionsOf(catalogue, kind);
  const refOf = (id: CollectionId): CollectionRef => ({ kind, id }) as CollectionRef;
  const page = (caller: Caller, id: CollectionId) => presentCollectionPage(relay, caller, refOf(id));
  const routes = new Hono<HttpEnvironment>()
    .get('/', listQuery, async (context) => {
      const collections = await store.list({ trashed: context.req.valid('query').trash === '1' });
      const lines = await presentCollections(relay, context.var.caller, collections);
      lines.sort((a, b) => byTitle.compare(a.title, b.title));
      return context.json({ [`${kind}s`]: lines });
    })
    .post('/', validate('json', createCollectionSchema), async (context) => {
      const { caller } = context.var;
      const id = await createCollectionThere(relay, caller, kind, context.req.valid('json'));
      return context.json(await page(caller, id), 201);
    })
    .get('/:id', params, async (context) =>
      context.json(await page(context.var.caller, context.req.valid('param').id)),
    )
    .patch('/:id', params, validate('json', changeCollectionSchema), async (context) => {
      const { id } = context.req.valid('param');
      await changeCollection(relay, context.var.caller, refOf(id), context.req.valid('json'));
      return context.json(await page(context.var.caller, id));
    })
    .post('/:id/cover', params, fileQuery, async (context) => {
      const { id } = context.req.valid('param');
      await setCover(
        relay,
        context.var.caller,
        refOf(id),
        incomingFile(context, context.req.valid('query').name),
      );
      return context.json(await page(context.var.caller, id));
    })
    .delete('/:id', params, async (context) => {
      await trashCollection(relay, context.var.caller, refOf(context.req.valid('param').id), true);
      return context.body(null, 204);
    })
    .post('/:id/untrash', params, async (context) => {
      const { id } = context.req.valid('param');
      await trashCollection(relay, context.var.caller, refOf(id), false);
      return context.json(await page(context.var.caller, id));
    })
    .get('/:id/candidates', params, async (context) => {
      const { caller } = context.var;
      const ref = refOf(context.req.valid('param').id);
      const { collection } = await requireCollection(catalogue, caller, ref, canChangePeople);
      const ids = await collectionCandidates(relay, caller, collection);
      return context.json({ people: presentPeople(ids, await catalogue.persons.getMany(ids)) });
    })
    .post('/:id/people', params, validate('json', addCollectionPersonSchema), async (context) => {
      const { id } = context.req.valid('param');
      const { personId, role } = context.req.valid('json');
      await addCollectionPerson(relay, context.var.caller, refOf(id), personId, role);
      return context.json(await page(context.var.caller, id));
    })
    .patch(
      '/:id/people/:personId',
      personParams,
      validate('json', changeCollectionPersonSchema),
      async (context) => {
        const { id, personId } = context.req.valid('param');
        const { caller } = context.var;
        await changeCollectionPerson(relay, caller, refOf(id), personId, context.req.valid('json').role);
        return context.json(await page(caller, id));
      },
    )
    .delete('/:id/people/:personId', personParams, async (context) => {
      const { id, personId } = context.req.valid('param');
      const { caller } = context.var;
      await changeCollectionPerson(relay, caller, refOf(id), personId, null);
      const collection = await store.get(id);
      if (collection === null || !canReadCollection(roleOnCollection(caller, collection)))
        return context.body(null, 204);
      return context.json(await page(caller, id));
    })
    .post('/:id/restore-good-state', params, async (context) => {
      const { id } = context.req.valid('param');
      const { caller } = context.var;
      await restoreGoodState(relay, caller, refOf(id));
      return context.json(await page(caller, id));
    })
    .post('/:id/entries', params, validate('json', integrateSchema), async (context) => {
      const { id } = context.req.valid('param');
      const { caller } = context.var;
      const { memberIds, categoryId } = context.req.valid('json');
      await integrate(relay, caller, refOf(id), memberIds, categoryId);
      return context.json(await page(caller, id));
    })
    .delete('/:id/entries/:memberId', entryParams, async (context) => {
      const { id, memberId } = context.req.valid('param');
      const { caller } = context.var;
      await removeEntry(relay, caller, refOf(id), memberId);
      return context.json(await page(caller, id));
    }); // The texts of a base's carnets are those of their notes: they are searched in each.
  if (kind === 'base') return routes;
  return routes.get(
    '/:id/search',
    params,
    validate('query', collectionSearchQuerySchema),
    async (context) => {
      const { id } = context.req.valid('param');
      const { caller } = context.var;
      await requireCollection(catalogue, caller, refOf(id), canReadCollection);
      const { q } = context.req.valid('query');
      const notes = await catalogue.search.searchCarnet(q, caller, id as CarnetId);
      return context.json({ notes: [...notes] });
    },
  );
}
