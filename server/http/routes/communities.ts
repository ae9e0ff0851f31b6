import { Hono } from 'hono';
import { z } from 'zod';
import { communityIdSchema } from '#shared/api/common.ts';
import {
  answerSchema,
  askSchema,
  changeCommunitySchema,
  changeMemberSchema,
  communityPersonParamsSchema,
  createCommunitySchema,
} from '#shared/api/communities.ts';
import { requirePerson } from '../../access.ts';
import { withCommunities } from '../../Caller.ts';
import { askToJoin, decideJoinRequest } from '../../operations/askToJoin.ts';
import { changeCommunity, setCommunityImage } from '../../operations/changeCommunity.ts';
import { changeMember } from '../../operations/changeMember.ts';
import { createCommunity } from '../../operations/createCommunity.ts';
import type { Caller } from '../../Caller.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { incomingFile } from '../incomingFile.ts';
import { presentCommunities, presentCommunityPage } from '../presentCommunities.ts';
import { validate } from '../validate.ts';

const params = validate('param', z.object({ id: communityIdSchema }));
const personParams = validate('param', communityPersonParamsSchema);
const imageQuery = validate('query', z.object({ name: z.string().max(1_000).default('') }));

/** Communities: the list, their pages, their people. */
export function communityRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  /** After an act, the caller's own role may be another. */
  const page = async (caller: Caller, id: z.infer<typeof communityIdSchema>) =>
    presentCommunityPage(relay, await withCommunities(relay.catalogue, caller), id);
  return new Hono<HttpEnvironment>()
    .get('/communities', async (context) => {
      const caller = requirePerson(context.var.caller);
      const communities = presentCommunities(caller, await relay.catalogue.communities.list());
      return context.json({ communities: communities.sort((a, b) => a.name.localeCompare(b.name, 'fr')) });
    })
    .post('/communities', validate('json', createCommunitySchema), async (context) => {
      const { caller } = context.var;
      const id = await createCommunity(relay, caller, context.req.valid('json'));
      return context.json(await page(caller, id), 201);
    })
    .get('/communities/:id', params, async (context) =>
      context.json(await presentCommunityPage(relay, context.var.caller, context.req.valid('param').id)),
    )
    .patch('/communities/:id', params, validate('json', changeCommunitySchema), async (context) => {
      const { id } = context.req.valid('param');
      await changeCommunity(relay, context.var.caller, id, context.req.valid('json'));
      return context.json(await page(context.var.caller, id));
    })
    .post('/communities/:id/image', params, imageQuery, async (context) => {
      const { id } = context.req.valid('param');
      const file = incomingFile(context, context.req.valid('query').name);
      await setCommunityImage(relay, context.var.caller, id, file);
      return context.json(await page(context.var.caller, id));
    })
    .post('/communities/:id/requests', params, validate('json', askSchema), async (context) => {
      const { id } = context.req.valid('param');
      await askToJoin(relay, context.var.caller, id, context.req.valid('json').text || null);
      return context.json(await page(context.var.caller, id));
    })
    .post(
      '/communities/:id/requests/:personId',
      personParams,
      validate('json', answerSchema),
      async (context) => {
        const { id, personId } = context.req.valid('param');
        await decideJoinRequest(relay, context.var.caller, id, personId, context.req.valid('json').approved);
        return context.json(await page(context.var.caller, id));
      },
    )
    .patch(
      '/communities/:id/people/:personId',
      personParams,
      validate('json', changeMemberSchema),
      async (context) => {
        const { id, personId } = context.req.valid('param');
        await changeMember(relay, context.var.caller, id, personId, context.req.valid('json').role);
        return context.json(await page(context.var.caller, id));
      },
    )
    .delete('/communities/:id/people/:personId', personParams, async (context) => {
      const { id, personId } = context.req.valid('param');
      await changeMember(relay, context.var.caller, id, personId, null);
      return context.json(await page(context.var.caller, id));
    });
}
