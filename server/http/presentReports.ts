import type { ReportLine } from '#shared/api/reports.ts';
import type { CarnetId, CommunityId, NoteId } from '#shared/domain/ids.ts';
import type { Report } from '#shared/domain/Report.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import { presentCarnets } from './presentCarnets.ts';
import { presentPeople, readableTitles } from './presentNotes.ts';

async function titleOf(
  context: RelayContext,
  caller: Caller,
  subject: string,
  id: NoteId | CarnetId | CommunityId,
): Promise<string | null> {
  const { catalogue } = context;
  if (subject === 'carnet') {
    const carnet = await catalogue.carnets.get(id as CarnetId);
    return (await presentCarnets(context, caller, carnet === null ? [] : [carnet]))[0]?.title ?? null;
  }
  if (subject === 'community') return (await catalogue.communities.get(id as CommunityId))?.name ?? null;
  return (await readableTitles(context, caller, [id as NoteId])).get(id as NoteId) ?? null;
}

/** What was reported, for an administrator: of a message its words, because they were reported; of all else only what they may read anyway. */
export async function presentReports(
  context: RelayContext,
  caller: Caller,
  reports: readonly Report[],
): Promise<ReportLine[]> {
  const { catalogue } = context;
  return Promise.all(
    reports.map(async ({ id, about, by, reason, at, settled }): Promise<ReportLine> => {
      const isMessage = about.subject === 'message';
      const thread = isMessage ? await catalogue.threads.get(about.thread) : null;
      const said = thread?.messages.find((one) => one.id === about.subjectId && one.deletedAt === null);
      const hidden = said === undefined ? new Set() : await catalogue.reports.hiddenAmong([said.id]);
      const ids = [by, settled?.by ?? null, said?.by ?? null].filter((one) => one !== null);
      const people = await catalogue.persons.getMany(ids);
      const one = (person: (typeof ids)[number] | null) =>
        presentPeople(person === null ? [] : [person], people)[0] ?? null;
      const place = isMessage ? about.note : about.subjectId;
      const folder =
        about.subject === 'community' ? 'communities' : about.subject === 'carnet' ? 'carnets' : 'notes';
      return {
        id,
        subject: about.subject,
        path: `/${folder}/${place}${isMessage ? '#discussion' : ''}`,
        title: await titleOf(context, caller, about.subject, place),
        message:
          said === undefined ? null : { by: one(said.by), text: said.text, isHidden: hidden.has(said.id) },
        by: one(by),
        reason,
        at,
        settled: settled === null ? null : { ...settled, by: one(settled.by) },
      };
    }),
  );
}
