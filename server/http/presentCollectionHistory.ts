import type {
  CollectionActs,
  CollectionMoment,
  CollectionRestorePreview,
  ShownCollectionAct,
} from '#shared/api/collectionHistory.ts';
import type { CollectionKind, CollectionRef } from '#shared/domain/Collection.ts';
import type { CarnetId, MemberId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { VersionKind } from '#shared/domain/Version.ts';
import { canReadCollection, canReadNote, canSeeNoteHistory } from '#shared/permissions/permissions.ts';
import { roleOnCollection, roleOnNote } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { PlacesThen } from '../history/collections/CollectionPast.ts';
import type { CollectionStory, Stay } from '../history/collections/collectionActs.ts';
import { isNothing, type PlacesPlan } from '../history/collections/places.ts';
import { toldSince } from '../operations/collectionMoment.ts';
import type { NoteRecord } from '../storage/ports/NoteStore.ts';
import type { VersionRecord } from '../storage/ports/VersionStore.ts';
import { visibleSince } from '../visibleSince.ts';
import type { HttpRelay } from './HttpRelay.ts';
import { presentPeople } from './presentPeople.ts';

/** Versions that are read at a time, of which the caller may not be told all. */
const versionsAtATime = 200;
const noteKinds: Readonly<Record<VersionKind, ShownCollectionAct['kind']>> = {
  first: 'noteWritten',
  sitting: 'noteWritten',
  named: 'noteNamed',
  restore: 'noteRestored',
};

/** A place among all acts: newest first, then by key. */
interface ActPlace {
  readonly at: number;
  readonly key: string;
}
interface FoundAct extends Omit<ShownCollectionAct, 'people' | 'members' | 'closed'> {
  readonly people: readonly PersonId[];
  readonly members: readonly MemberId[];
}

const isBehind = (act: ActPlace, place: ActPlace | null): boolean =>
  place === null || act.at < place.at || (act.at === place.at && act.key > place.key);
const byPlace = (a: ActPlace, b: ActPlace): number => b.at - a.at || (a.key < b.key ? -1 : 1);

/** A page of what was done to a collection and, in a carnet, to its notes while they were there. */
export async function presentCollectionActs(
  relay: HttpRelay,
  caller: Caller,
  ref: CollectionRef,
  before: ActPlace | null,
  count: number,
): Promise<CollectionActs> {
  const since = await toldSince(relay, caller, ref);
  const story = await relay.history.collections.story(ref.id);
  const own = story.acts.flatMap((act): FoundAct[] => {
    const { seq, at, person, kind, members, words } = act;
    const key = `-${String(Number.MAX_SAFE_INTEGER - seq).padStart(16, '0')}${kind}`;
    if (at < since || !isBehind({ at, key }, before)) return [];
    return [{ key, kind, at, seq, members, words: [...words], people: person === null ? [] : [person] }];
  });
  // One more tells whether there are others.
  const ofNotes =
    ref.kind === 'carnet' ? await noteActs(relay, caller, story, { since, before, count: count + 1 }) : [];
  const found = [...own, ...ofNotes].sort(byPlace);
  const shown = found.slice(0, count);
  const last = shown.at(-1);
  const [titles, known] = await Promise.all([
    readableTitles(
      relay,
      caller,
      ref.kind,
      shown.flatMap(({ members }) => members),
    ),
    relay.catalogue.persons.getMany([...new Set(shown.flatMap(({ people }) => people))]),
  ]);
  return {
    acts: shown.map((act) => ({
      ...act,
      people: presentPeople(act.people, known),
      ...presentMembers(act.members, titles),
    })),
    next: last === undefined || found.length <= count ? null : `${last.at}.${last.key}`,
    lastSeq: story.lastSeq,
  };
}

/** What was done to the notes that the caller may read while they were in the carnet, as far as it is told to them; newest first. */
async function noteActs(
  relay: HttpRelay,
  caller: Caller,
  { stays }: CollectionStory,
  { since, before, count }: { since: number; before: ActPlace | null; count: number },
): Promise<FoundAct[]> {
  const { catalogue, versions } = relay;
  const known = await catalogue.notes.getMany([...stays.keys()] as readonly NoteId[]);
  const notes = new Map(
    [...known.values()]
      .filter((note) => canReadNote(roleOnNote(caller, note)))
      .map((note) => [note.id, note]),
  );
  const told = new Map<NoteId, number>();
  const toldOf = async (note: NoteRecord): Promise<number> => {
    const found = told.get(note.id) ?? Math.max(since, await visibleSince(relay, caller, note));
    told.set(note.id, found);
    return found;
  };
  const acts: FoundAct[] = [];
  let place = before === null ? null : { createdAt: before.at, id: before.key };
  while (acts.length < count) {
    const page: readonly VersionRecord[] = await versions.recent([...notes.keys()], place, versionsAtATime);
    for (const { id, documentId, kind, name, createdAt: at, personId, contributors } of page) {
      const note = notes.get(documentId as NoteId);
      if (note === undefined || at < (await toldOf(note)) || !wasThere(stays.get(note.id), at)) continue;
      const people = personId === null ? contributors : [personId];
      const words = name === null ? [] : [name];
      acts.push({ key: id, kind: noteKinds[kind], at, seq: null, people, members: [note.id], words });
    }
    const last = page.at(-1);
    if (last === undefined || page.length < versionsAtATime || last.createdAt < since) break;
    place = { createdAt: last.createdAt, id: last.id };
  }
  return acts;
}

function wasThere(stays: readonly Stay[] = [], at: number): boolean {
  return stays.some(({ from, until }) => at >= from && (until === null || at <= until));
}

/** The titles of today of those members that the caller may read. */
async function readableTitles(
  { catalogue }: HttpRelay,
  caller: Caller,
  kind: CollectionKind,
  members: readonly MemberId[],
): Promise<ReadonlyMap<MemberId, string>> {
  const ids = [...new Set(members)];
  if (kind === 'carnet') {
    const notes = [...(await catalogue.notes.getMany(ids as readonly NoteId[])).values()];
    const readable = notes.filter((note) => canReadNote(roleOnNote(caller, note))).map(({ id }) => id);
    const lines = await catalogue.derived.noteLines(readable);
    return new Map(readable.map((id) => [id, lines.get(id)?.title ?? '']));
  }
  const carnets = [...(await catalogue.carnets.getMany(ids as readonly CarnetId[])).values()];
  const readable = carnets
    .filter((one) => canReadCollection(roleOnCollection(caller, one)))
    .map(({ id }) => id);
  const lines = await catalogue.derived.collectionLines(readable);
  return new Map(readable.map((id) => [id, lines.get(id)?.title ?? '']));
}

function presentMembers(
  members: readonly MemberId[],
  titles: ReadonlyMap<MemberId, string>,
): CollectionRestorePreview['moved'] {
  const shown = members.flatMap((id) => {
    const title = titles.get(id);
    return title === undefined ? [] : [{ id, title }];
  });
  return { members: shown, closed: members.length - shown.length };
}

/** What a collection held at a moment, as far as the caller may read it. @param time - of the row. */
export async function presentCollectionMoment(
  relay: HttpRelay,
  caller: Caller,
  { kind }: CollectionRef,
  places: PlacesThen & { readonly time: number; readonly lastSeq: number },
): Promise<CollectionMoment> {
  const { seq, time, lastSeq, title, entries, categories } = places;
  const ids = entries.map(({ memberId }) => memberId);
  const titles = await readableTitles(relay, caller, kind, ids);
  const notes =
    kind === 'carnet'
      ? await relay.catalogue.notes.getMany(ids as readonly NoteId[])
      : new Map<NoteId, never>();
  return {
    seq,
    at: time,
    lastSeq,
    title,
    entries: entries.map(({ memberId, category, also = [], pinned }) => {
      const note = notes.get(memberId as NoteId);
      return {
        memberId,
        title: titles.get(memberId) ?? null,
        category,
        also: [...also],
        pinned,
        opens: note !== undefined && canSeeNoteHistory(roleOnNote(caller, note)),
      };
    }),
    categories: categories.map(({ id, name, order, list }) => ({ id, name, order, list })),
  };
}

/** What putting back would do. */
export async function presentPlacesPlan(
  relay: HttpRelay,
  caller: Caller,
  { kind }: CollectionRef,
  plan: PlacesPlan,
): Promise<CollectionRestorePreview> {
  const { returned, removed, moved, filed, barred, categories, agreed } = plan;
  const titles = await readableTitles(relay, caller, kind, [
    ...returned,
    ...removed,
    ...moved,
    ...filed,
    ...barred,
  ]);
  return {
    returned: presentMembers(returned, titles),
    removed: presentMembers(removed, titles),
    moved: presentMembers(moved, titles),
    filed: presentMembers(filed, titles),
    barred: presentMembers(barred, titles),
    categories: {
      returned: [...categories.returned],
      removed: [...categories.removed],
      changed: [...categories.changed],
    },
    isNothing: isNothing(plan),
    agreed,
  };
}
