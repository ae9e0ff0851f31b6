import type { Activity, CommunityPage, CommunitySummary } from '#shared/api/communities.ts';
import type { CarnetId, CommunityId, NoteId } from '#shared/domain/ids.ts';
import {
  canDecideJoinRequests,
  canReadCommunity,
  canReadNote,
  canSeeMembers,
  canSeePublicCommunity,
  communityRole,
} from '#shared/permissions/permissions.ts';
import { requireCommunity, roleOnNote } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { CommunityRecord } from '../storage/ports/CommunityStore.ts';
import { presentCarnets } from './presentCarnets.ts';
import { presentNotes, presentPeople, presentRequests } from './presentNotes.ts';

const maxActivity = 20;

/** Lines of a list of communities; those that the caller may not read are left out. */
export function presentCommunities(
  caller: Caller,
  communities: readonly CommunityRecord[],
): CommunitySummary[] {
  return communities.flatMap(({ responsables, members, ...community }) => {
    const role = communityRole(caller, community.id);
    if (!canReadCommunity(role)) return [];
    return [{ ...community, role, memberCount: responsables.length + members.length }];
  });
}

type Shown = Pick<CommunityPage, 'notes' | 'carnets'>;

/** What the register tells of a community, as far as its members see what it is about. */
async function presentActivity(
  { catalogue }: RelayContext,
  id: CommunityId,
  { notes, carnets }: Shown,
): Promise<Activity[]> {
  const records = (await catalogue.audit.list(id)).toReversed();
  const people = await catalogue.persons.getMany(
    records.flatMap(({ by, person }) => [by, person].filter((one) => one !== null)),
  );
  const shownNotes = new Map(notes.map((note) => [note.id, { id: note.id, title: note.title }]));
  const shownCarnets = new Map(carnets.map((carnet) => [carnet.id, { id: carnet.id, title: carnet.title }]));
  const lines = records.flatMap(({ act, at, by, person, value }): Activity[] => {
    const line = {
      at,
      person: presentPeople(by === null ? [] : [by], people)[0] ?? null,
      note: null,
      carnet: null,
    };
    switch (act) {
      case 'community.create':
        return [{ ...line, kind: 'created' }];
      case 'community.invited':
        return [{ ...line, kind: 'joined' }];
      case 'community.role':
        // Who is let in, not who let them in; a new role of who was there is not told.
        return value === 'member' && person !== null && person !== by
          ? [{ ...line, kind: 'joined', person: presentPeople([person], people)[0] ?? null }]
          : [];
      case 'community.link_note': {
        const note = shownNotes.get(value as NoteId);
        return note === undefined ? [] : [{ ...line, kind: 'note_linked', note }];
      }
      case 'community.link_carnet': {
        const carnet = shownCarnets.get(value as CarnetId);
        return carnet === undefined ? [] : [{ ...line, kind: 'carnet_linked', carnet }];
      }
      default:
        return [];
    }
  });
  return lines.slice(0, maxActivity);
}

/** What of a community everybody may see, as a visitor; null for one that does not show itself, or is not there. Its people are left out. */
export async function presentPublicCommunity(
  context: RelayContext,
  id: CommunityId,
): Promise<Pick<CommunityPage, 'community' | 'notes' | 'carnets'> | null> {
  const { catalogue } = context;
  const record = await catalogue.communities.get(id);
  if (record === null || !canSeePublicCommunity(communityRole(null, id, record.isPublic))) return null;
  const { responsables: _, members: __, ...community } = record;
  const [linked, carnets] = await Promise.all([
    catalogue.notes.ofCommunity(id),
    catalogue.carnets.ofCommunity(id),
  ]);
  const readable = linked.filter((note) => note.trashedAt === null && canReadNote(roleOnNote(null, note)));
  return {
    community: { ...community, role: 'visitor', memberCount: 0 },
    notes: (await presentNotes(context, readable)).sort((a, b) => b.modifiedAt - a.modifiedAt),
    carnets: await presentCarnets(
      context,
      null,
      carnets.filter((carnet) => carnet.trashedAt === null),
    ),
  };
}

/** A community's page, with only what the caller may see. @throws AppError `not_allowed`. */
export async function presentCommunityPage(
  context: RelayContext,
  caller: Caller,
  id: CommunityId,
): Promise<CommunityPage> {
  const { catalogue } = context;
  const { community, role } = await requireCommunity(catalogue, caller, id, canReadCommunity);
  const [summary] = presentCommunities(caller, [community]);
  if (summary === undefined) throw new Error('one community gives one line');
  const isIn = canSeeMembers(role);
  const [linked, carnets, people, requests] = await Promise.all([
    catalogue.notes.ofCommunity(id),
    catalogue.carnets.ofCommunity(id),
    catalogue.persons.getMany([...community.responsables, ...(isIn ? community.members : [])]),
    catalogue.requests.list(id),
  ]);
  const readable = linked.filter((note) => note.trashedAt === null && canReadNote(roleOnNote(caller, note)));
  const shown: Shown = {
    notes: (await presentNotes(context, readable)).sort((a, b) => b.modifiedAt - a.modifiedAt),
    carnets: await presentCarnets(
      context,
      caller,
      carnets.filter((carnet) => carnet.trashedAt === null),
    ),
  };
  return {
    community: summary,
    responsables: presentPeople(community.responsables, people),
    members: isIn ? presentPeople(community.members, people) : [],
    ...shown,
    requests: canDecideJoinRequests(role) ? await presentRequests(context, requests) : [],
    asked: requests.some((one) => one.person === caller?.id),
    activity: isIn ? await presentActivity(context, id, shown) : [],
  };
}
