import { type ArchivedBefore, maxImportTitles } from '#shared/api/imports.ts';
import type { CommunityId, PersonId } from '#shared/domain/ids.ts';
import type { ArchivePlan, Meet } from './ArchivePlan.ts';

/** How what comes of an archive was open, and to whom; of what is here already nothing changes. */
export async function beforeOf(
  { notes, collections, manifest }: Pick<ArchivePlan, 'notes' | 'collections' | 'manifest'>,
  meet: Pick<Meet, 'mayLink' | 'present'>,
): Promise<ArchivedBefore> {
  const coming = [
    ...notes.flatMap(({ meeting, note }) => (meeting === 'same' ? [] : [note])),
    ...collections.flatMap(({ meeting, collection }) => (meeting === 'same' ? [] : [collection])),
  ];
  const visibilities = { community: 0, members: 0, public: 0 };
  const linked = new Map<CommunityId, ArchivedBefore['communities'][number]>();
  const [writers, guests] = [new Set<PersonId>(), new Set<PersonId>()];
  for (const one of coming) {
    const { community, visibility } = one;
    if (community !== null && !linked.has(community.id))
      linked.set(community.id, { name: community.name, isHere: await meet.mayLink(community.id) });
    const isSeen = visibility !== 'community' || (community !== null && linked.get(community.id)?.isHere);
    if (visibility !== 'authors' && isSeen) visibilities[visibility] += 1;
    for (const person of 'authors' in one ? one.authors : [...one.managers, ...one.contributors])
      writers.add(person);
    for (const person of 'commenters' in one ? [...one.commenters, ...one.readers] : one.readers)
      guests.add(person);
  }
  const present = await meet.present([...writers, ...guests]);
  const names = new Map(manifest.people.map(({ id, name }) => [id, name]));
  return {
    visibilities,
    communities: [...linked.values()].slice(0, maxImportTitles),
    people: [...present].flatMap((id) => names.get(id) ?? []).slice(0, maxImportTitles),
    invited: [...guests].filter((id) => !present.has(id) && !writers.has(id) && id !== manifest.by).length,
  };
}
