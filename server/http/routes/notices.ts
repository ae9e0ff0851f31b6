import { Hono } from 'hono';
import { type NoticeLine, readNoticesSchema } from '#shared/api/notices.ts';
import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import { canReadCommunity, communityRole } from '#shared/permissions/permissions.ts';
import { requirePerson } from '../../access.ts';
import type { Caller } from '../../Caller.ts';
import type { NoticeRecord } from '../../storage/ports/Trace.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { presentCarnets } from '../presentCarnets.ts';
import { presentPerson, readableTitles } from '../presentNotes.ts';
import { validate } from '../validate.ts';

const maxNotices = 200;

async function presentNotices(
  relay: HttpRelay,
  caller: Caller,
  notices: readonly NoticeRecord[],
): Promise<NoticeLine[]> {
  const { catalogue } = relay;
  const ids = (subject: NoticeRecord['subject']) =>
    notices.flatMap((notice) => (notice.subject === subject ? [notice.subjectId as string] : []));
  const [people, notes, carnets, communities] = await Promise.all([
    catalogue.persons.getMany(notices.flatMap((notice) => notice.from ?? [])),
    readableTitles(relay, caller, ids('note') as NoteId[]),
    catalogue.carnets
      .getMany(ids('carnet') as CarnetId[])
      .then((found) => presentCarnets(relay, caller, [...found.values()])),
    catalogue.communities.getMany(ids('community') as never[]),
  ]);
  const titles = new Map<string, string>([
    ...notes,
    ...carnets.map((carnet) => [carnet.id, carnet.title] as const),
    ...[...communities.values()]
      .filter((community) => canReadCommunity(communityRole(caller, community.id)))
      .map((community) => [community.id, community.name] as const),
  ]);
  return notices.map(({ id, kind, subject, subjectId, from, text, at, readAt }) => {
    const person = from === null ? undefined : people.get(from);
    return {
      id,
      kind,
      subject,
      subjectId,
      title: titles.get(subjectId) ?? null,
      from: person === undefined ? null : presentPerson(person),
      text,
      at,
      isRead: readAt !== null,
    };
  });
}

/** A person's inbox. */
export function noticeRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const { notices } = relay.catalogue;
  return new Hono<HttpEnvironment>()
    .get('/notices', async (context) => {
      const caller = requirePerson(context.var.caller);
      const [list, unread] = await Promise.all([
        notices.list(caller.id, maxNotices),
        notices.unreadCount(caller.id),
      ]);
      return context.json({ notices: await presentNotices(relay, caller, list), unread });
    })
    .post('/notices/read', validate('json', readNoticesSchema), async (context) => {
      const caller = requirePerson(context.var.caller);
      await notices.markRead(caller.id, context.req.valid('json').until, relay.now());
      relay.events.emit({ type: 'notices', id: caller.id });
      return context.body(null, 204);
    });
}
