import type { ReportLine } from '#shared/api/reports.ts';
import type { CollectionId, CommunityId, NoteId } from '#shared/domain/ids.ts';
import type { Report, ReportSubject } from '#shared/domain/Report.ts';
import { collectionsOf } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import { presentCollections } from './presentCollections.ts';
import { readableTitles } from './presentNotes.ts';
import { presentPeople } from './presentPeople.ts';

const folders: Readonly<Record<ReportSubject['subject'], string>> = {
  note: 'notes',
  carnet: 'carnets',
  base: 'bases',
  community: 'communities',
  message: 'notes',
};

async function titleOf(
  context: RelayContext,
  caller: Caller,
  subject: ReportSubject['subject'],
  id: NoteId | CollectionId | CommunityId,
): Promise<string | null> {
  const { catalogue } = context;
  if (subject === 'carnet' || subject === 'base') {
    const one = await collectionsOf(catalogue, subject).get(id as CollectionId);
    return (await presentCollections(context, caller, one === null ? [] : [one]))[0]?.title ?? null;
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
      return {
        id,
        subject: about.subject,
        path: `/${folders[about.subject]}/${place}${isMessage ? '#discussion' : ''}`,
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
