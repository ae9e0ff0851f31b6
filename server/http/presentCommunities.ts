import type { Activity, CommunityPage, CommunitySummary } from '#shared/api/communities.ts';
import type { BaseId, CarnetId, CommunityId, NoteId } from '#shared/domain/ids.ts';
import {
  canDecideJoinRequests,
  canDiscussNote,
  canReadCommunity,
  canReadNote,
  canSeeMembers,
  canSeePublicCommunity,
  communityRole,
} from '#shared/permissions/permissions.ts';
import { requireCommunity, roleOnNote } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { NoteRecord } from '../storage/ports/NoteStore.ts';
import type { CommunityRecord } from '../storage/ports/CommunityStore.ts';
import { presentCollections } from './presentCollections.ts';
import { presentNotes, presentRequests, readableTitles } from './presentNotes.ts';
import { presentPeople } from './presentPeople.ts';

const maxActivity = 20;
const maxDiscussions = 20;
/** A note that its author brings to a community so soon after they began it was made for it. */
const madeWithinMs = 24 * 60 * 60 * 1_000;
/** More than are shown: some are of notes that the caller may not read. */
const maxEntries = 100;

const isKept = ({ trashedAt }: { readonly trashedAt: number | null }): boolean => trashedAt === null;

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

type Shown = Pick<CommunityPage, 'notes' | 'carnets' | 'bases' | 'discussions'>;

/** What the register tells of a community, as far as its members see what it is about. */
async function presentActivity(
  caller: Caller,
  { catalogue }: RelayContext,
  id: CommunityId,
  { notes, carnets, bases, discussions }: Shown,
  isIn: boolean,
): Promise<Activity[]> {
  const records = (await catalogue.register.about(id)).toReversed();
  const entries = await catalogue.derived.newestEntries(
    carnets.map((carnet) => carnet.id),
    maxEntries,
  );
  const people = await catalogue.persons.getMany(
    [
      ...records.flatMap(({ by, person }) => [by, person]),
      ...entries.map((entry) => entry.integratedBy),
    ].filter((one) => one !== null),
  );
  // A note of another community may be in one of its carnets.
  const others = await readableTitles(
    { catalogue },
    caller,
    entries.map((entry) => entry.member as NoteId),
  );
  const shownNotes = new Map(notes.map((note) => [note.id, { id: note.id, title: note.title }]));
  const shownCarnets = new Map(carnets.map((carnet) => [carnet.id, { id: carnet.id, title: carnet.title }]));
  const shownBases = new Map(bases.map((base) => [base.id, { id: base.id, title: base.title }]));
  const lines = records.flatMap(({ act, at, by, person, value }): Activity[] => {
    const line = {
      at,
      person: presentPeople(by === null ? [] : [by], people)[0] ?? null,
      note: null,
      carnet: null,
      base: null,
    };
    switch (act) {
      case 'community.create':
        return isIn ? [{ ...line, kind: 'created' }] : [];
      case 'community.invited':
        return isIn ? [{ ...line, kind: 'joined' }] : [];
      case 'community.role':
        // Who is let in, not who let them in; a new role of who was there is not told.
        return isIn && value === 'member' && person !== null && person !== by
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
      case 'community.link_base': {
        const base = shownBases.get(value as BaseId);
        return base === undefined ? [] : [{ ...line, kind: 'base_linked', base }];
      }
      default:
        return [];
    }
  });
  const integrated = entries.flatMap((entry): Activity[] => {
    const { member, collection, integratedBy, integratedAt } = entry;
    const note = member as NoteId;
    const title = others.get(note);
    const place = shownCarnets.get(collection as CarnetId);
    if (title === undefined || place === undefined) return [];
    const [person = null] = presentPeople(integratedBy === null ? [] : [integratedBy], people);
    return [
      { kind: 'integrated', at: integratedAt, person, note: { id: note, title }, carnet: place, base: null },
    ];
  });
  const begun = discussions.map(({ note, by, createdAt }): Activity => ({
    kind: 'discussed',
    at: createdAt,
    person: by,
    note,
    carnet: null,
    base: null,
  }));
  const brought = await withBeginnings(catalogue, [...lines, ...integrated]);
  return [...brought, ...begun].toSorted((a, b) => b.at - a.at).slice(0, maxActivity);
}

/** The same lines, where the first of each note says that it was created, if its author brought it here soon after. */
async function withBeginnings(
  { notes }: RelayContext['catalogue'],
  lines: readonly Activity[],
): Promise<Activity[]> {
  const known = await notes.getMany(lines.flatMap(({ note }) => note?.id ?? []));
  const told = new Set<NoteId>();
  return lines
    .toSorted((a, b) => a.at - b.at)
    .map((line) => {
      const note = line.note === null ? undefined : known.get(line.note.id);
      if (note === undefined || told.has(note.id)) return line;
      told.add(note.id);
      const isByAuthor = line.person !== null && note.authors.includes(line.person.id);
      return isByAuthor && line.at - note.createdAt < madeWithinMs ? { ...line, kind: 'note_created' } : line;
    });
}

/** The discussions of these notes, the one with the newest word first. */
async function presentDiscussions(
  { catalogue }: RelayContext,
  notes: readonly NoteRecord[],
  titles: ReadonlyMap<NoteId, string>,
): Promise<CommunityPage['discussions']> {
  const ids = notes.map((note) => note.id);
  const threads = await catalogue.threads.newestOf(ids, maxDiscussions);
  const people = await catalogue.persons.getMany(threads.flatMap(({ thread }) => thread.by ?? []));
  return threads.map(({ thread: { id, note, by, createdAt, resolvedAt }, lastAt, messageCount }) => ({
    id,
    note: { id: note, title: titles.get(note) ?? '' },
    by: presentPeople(by === null ? [] : [by], people)[0] ?? null,
    createdAt,
    lastAt,
    messageCount,
    isResolved: resolvedAt !== null,
  }));
}

/** What of a community everybody may see, as a visitor; null for one that does not show itself, or is not there. Its people are left out. */
export async function presentPublicCommunity(
  context: RelayContext,
  id: CommunityId,
): Promise<Pick<CommunityPage, 'community' | 'notes' | 'carnets' | 'bases'> | null> {
  const { catalogue } = context;
  const record = await catalogue.communities.get(id);
  if (record === null || !canSeePublicCommunity(communityRole(null, id, record.isPublic))) return null;
  const { responsables: _, members: __, ...community } = record;
  const [linked, carnets, bases] = await Promise.all([
    catalogue.notes.ofCommunity(id),
    catalogue.carnets.ofCommunity(id),
    catalogue.bases.ofCommunity(id),
  ]);
  const readable = linked.filter((note) => isKept(note) && canReadNote(roleOnNote(null, note)));
  return {
    community: { ...community, role: 'visitor', memberCount: 0 },
    notes: (await presentNotes(context, readable)).sort((a, b) => b.modifiedAt - a.modifiedAt),
    carnets: await presentCollections(context, null, carnets.filter(isKept)),
    bases: await presentCollections(context, null, bases.filter(isKept)),
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
  const [linked, carnets, bases, people, requests] = await Promise.all([
    catalogue.notes.ofCommunity(id),
    catalogue.carnets.ofCommunity(id),
    catalogue.bases.ofCommunity(id),
    catalogue.persons.getMany([...community.responsables, ...(isIn ? community.members : [])]),
    catalogue.requests.list(id),
  ]);
  const readable = linked.filter((note) => isKept(note) && canReadNote(roleOnNote(caller, note)));
  const notes = (await presentNotes(context, readable)).sort((a, b) => b.modifiedAt - a.modifiedAt);
  const shown: Shown = {
    notes,
    carnets: await presentCollections(context, caller, carnets.filter(isKept)),
    bases: await presentCollections(context, caller, bases.filter(isKept)),
    discussions: await presentDiscussions(
      context,
      readable.filter((note) => caller !== null && canDiscussNote(roleOnNote(caller, note))),
      new Map(notes.map((note) => [note.id, note.title])),
    ),
  };
  return {
    community: summary,
    responsables: presentPeople(community.responsables, people),
    members: isIn ? presentPeople(community.members, people) : [],
    ...shown,
    requests: canDecideJoinRequests(role) ? await presentRequests(context, requests) : [],
    asked: requests.some((one) => one.person === caller?.id),
    activity: await presentActivity(caller, context, id, shown, isIn),
  };
}
