import type { NoticeLine } from '#shared/api/notices.ts';
import type { BaseId, CarnetId, NoteId } from '#shared/domain/ids.ts';
import { canReadCommunity, communityRole } from '#shared/permissions/permissions.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { NoticeRecord } from '../storage/ports/Trace.ts';
import { presentCollections } from './presentCollections.ts';
import { readableTitles } from './presentNotes.ts';
import { presentPerson } from './presentPeople.ts';

/** Notices as lines, in the order given, with the titles that the caller may see now. */
export async function presentNotices(
  relay: RelayContext,
  caller: Caller,
  notices: readonly NoticeRecord[],
): Promise<NoticeLine[]> {
  const { catalogue } = relay;
  const ids = (subject: NoticeRecord['subject']) =>
    notices.flatMap((notice) => (notice.subject === subject ? [notice.subjectId as string] : []));
  const carnetIds = [...ids('carnet'), ...notices.flatMap(({ within }) => within ?? [])] as CarnetId[];
  const [people, notes, carnets, bases, communities] = await Promise.all([
    catalogue.persons.getMany(notices.flatMap((notice) => notice.from ?? [])),
    readableTitles(relay, caller, ids('note') as NoteId[]),
    catalogue.carnets
      .getMany(carnetIds)
      .then((found) => presentCollections(relay, caller, [...found.values()])),
    catalogue.bases
      .getMany(ids('base') as BaseId[])
      .then((found) => presentCollections(relay, caller, [...found.values()])),
    catalogue.communities.getMany(ids('community') as never[]),
  ]);
  const titles = new Map<string, string>([
    ...notes,
    ...[...carnets, ...bases].map((one) => [one.id, one.title] as const),
    ...[...communities.values()]
      .filter((community) => canReadCommunity(communityRole(caller, community.id)))
      .map((community) => [community.id, community.name] as const),
  ]);
  return notices.map(({ id, kind, subject, subjectId, within, from, text, at, readAt, count }) => {
    const person = from === null ? undefined : people.get(from);
    const carnet = within === null ? undefined : titles.get(within);
    return {
      id,
      kind,
      subject,
      subjectId,
      title: titles.get(subjectId) ?? null,
      within: within === null || carnet === undefined ? null : { id: within, title: carnet },
      from: person === undefined ? null : presentPerson(person),
      text,
      at,
      readAt,
      count,
    };
  });
}
