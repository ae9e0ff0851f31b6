import { Hono } from 'hono';
import { z } from 'zod';
import {
  noticeLanguageSchema,
  noticePageSchema,
  noticeSettingsSchema,
  readNoticesSchema,
} from '#shared/api/notices.ts';
import { messageSchema } from '#shared/api/notes.ts';
import { noticeIdSchema } from '#shared/api/common.ts';
import { notAllowed, requirePerson } from '../../access.ts';
import { answerMessage } from '../../operations/askToEdit.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { presentNotices } from '../presentNotices.ts';
import { validate } from '../validate.ts';

/** Of one page. */
const maxNotices = 100;

/** A person's inbox, and what they chose about it. */
export function noticeRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const { notices, noticeSettings } = relay.catalogue;
  return new Hono<HttpEnvironment>()
    .get('/notices', validate('query', noticePageSchema), async (context) => {
      const caller = requirePerson(context.var.caller);
      const { before } = context.req.valid('query');
      if (before !== undefined && (await notices.get(before))?.person !== caller.id) throw notAllowed();
      const [list, unread, { language }] = await Promise.all([
        notices.list(caller.id, maxNotices + 1, before),
        notices.unreadCount(caller.id),
        noticeSettings.get(caller.id),
      ]);
      const shown = list.slice(0, maxNotices);
      return context.json({
        notices: await presentNotices(relay, caller, shown),
        unread,
        hasMore: list.length > shown.length,
        language,
      });
    })
    .post('/notices/read', validate('json', readNoticesSchema), async (context) => {
      const caller = requirePerson(context.var.caller);
      const readAt = relay.now();
      await notices.markRead(caller.id, context.req.valid('json').until, readAt);
      relay.events.emit({ type: 'notices', id: caller.id });
      return context.json({ readAt });
    })
    .post(
      '/notices/:id/answer',
      validate('param', z.object({ id: noticeIdSchema })),
      validate('json', messageSchema),
      async (context) => {
        const { id } = context.req.valid('param');
        await answerMessage(relay, context.var.caller, id, context.req.valid('json').text);
        return context.body(null, 204);
      },
    )
    .get('/notices/settings', async (context) => {
      const caller = requirePerson(context.var.caller);
      return context.json(await noticeSettings.get(caller.id));
    })
    .put('/notices/settings', validate('json', noticeSettingsSchema), async (context) => {
      const caller = requirePerson(context.var.caller);
      const settings = context.req.valid('json');
      await noticeSettings.save(caller.id, settings);
      return context.json(settings);
    })
    .put('/notices/language', validate('json', noticeLanguageSchema), async (context) => {
      const caller = requirePerson(context.var.caller);
      const { language, timeZone } = context.req.valid('json');
      const before = await noticeSettings.get(caller.id);
      await noticeSettings.save(caller.id, {
        ...before,
        language,
        timeZone: before.language === null ? timeZone : before.timeZone,
      });
      return context.body(null, 204);
    });
}
