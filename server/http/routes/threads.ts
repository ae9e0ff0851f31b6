import { Hono } from 'hono';
import { z } from 'zod';
import { noteIdSchema } from '#shared/api/common.ts';
import {
  editMessageSchema,
  mentionableQuerySchema,
  messageParamsSchema,
  newMessageSchema,
  resolveThreadSchema,
  startThreadSchema,
  threadParamsSchema,
} from '#shared/api/threads.ts';
import { canDiscussNote } from '#shared/permissions/permissions.ts';
import { requireNote, requirePerson } from '../../access.ts';
import { foldText } from '#shared/domain/foldText.ts';
import {
  announcedTo,
  editMessage,
  replyInThread,
  resolveThread,
  retractMessage,
  startThread,
} from '../../operations/discuss.ts';
import { mentionable } from '../../whoMayDiscuss.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { presentPerson } from '../presentPeople.ts';
import { presentThread, presentThreads } from '../presentThreads.ts';
import { validate } from '../validate.ts';

const noteParams = validate('param', z.object({ id: noteIdSchema }));
const threadParams = validate('param', threadParamsSchema);
const messageParams = validate('param', messageParamsSchema);
const maxMentionable = 8;

/** What people say about a note. */
export function threadRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/notes/:id/threads', noteParams, async (context) => {
      const caller = requirePerson(context.var.caller);
      const { id } = context.req.valid('param');
      const { note } = await requireNote(relay.catalogue, caller, id, canDiscussNote);
      const [threads, community] = await Promise.all([
        presentThreads(relay, caller, id),
        announcedTo(relay, caller, note),
      ]);
      return context.json({
        threads,
        announceTo: community === null ? null : { id: community.id, name: community.name },
      });
    })
    .get('/notes/:id/mentionable', noteParams, validate('query', mentionableQuerySchema), async (context) => {
      const caller = requirePerson(context.var.caller);
      const { id } = context.req.valid('param');
      const found = await requireNote(relay.catalogue, caller, id, canDiscussNote);
      const wanted = foldText(context.req.valid('query').q.trim());
      // A name is found by the beginning of any of its words.
      const people = (await mentionable(relay, caller, found))
        .filter(({ name }) => ` ${foldText(name)}`.includes(` ${wanted}`))
        .sort((a, b) => a.name.localeCompare(b.name, 'fr'))
        .slice(0, maxMentionable);
      return context.json({ people: people.map(presentPerson) });
    })
    .post('/notes/:id/threads', noteParams, validate('json', startThreadSchema), async (context) => {
      const { caller } = context.var;
      const { id } = context.req.valid('param');
      const start = context.req.valid('json');
      await startThread(relay, caller, id, start);
      return context.json(await presentThread(relay, caller, id, start.id), 201);
    })
    .patch(
      '/notes/:id/threads/:threadId',
      threadParams,
      validate('json', resolveThreadSchema),
      async (context) => {
        const { caller } = context.var;
        const { id, threadId } = context.req.valid('param');
        await resolveThread(relay, caller, id, threadId, context.req.valid('json').resolved);
        return context.json(await presentThread(relay, caller, id, threadId));
      },
    )
    .post(
      '/notes/:id/threads/:threadId/messages',
      threadParams,
      validate('json', newMessageSchema),
      async (context) => {
        const { caller } = context.var;
        const { id, threadId } = context.req.valid('param');
        await replyInThread(relay, caller, id, threadId, context.req.valid('json'));
        return context.json(await presentThread(relay, caller, id, threadId), 201);
      },
    )
    .patch(
      '/notes/:id/threads/:threadId/messages/:messageId',
      messageParams,
      validate('json', editMessageSchema),
      async (context) => {
        const { caller } = context.var;
        const { id, threadId, messageId } = context.req.valid('param');
        const at = { thread: threadId, message: messageId };
        await editMessage(relay, caller, id, at, context.req.valid('json'));
        return context.json(await presentThread(relay, caller, id, threadId));
      },
    )
    .delete('/notes/:id/threads/:threadId/messages/:messageId', messageParams, async (context) => {
      const { id, threadId, messageId } = context.req.valid('param');
      await retractMessage(relay, context.var.caller, id, { thread: threadId, message: messageId });
      return context.body(null, 204);
    });
}
