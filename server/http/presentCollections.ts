import type {
  AwayEntry,
  CollectionEntry,
  CollectionPage,
  CollectionSummary,
} from '#shared/api/collections.ts';
import type { TemplateKey } from '#shared/document/templates/BuiltInTemplate.ts';
import { isBuiltInTemplate } from '#shared/document/templates/builtInTemplates.ts';
import type { CollectionKind, CollectionRef } from '#shared/domain/Collection.ts';
import type { BaseId, CarnetId, CollectionId, MemberId, NoteId } from '#shared/domain/ids.ts';
import {
  canContributeToCollection,
  canManageCollection,
  canReadCollection,
  canReadNote,
  canTrashNote,
} from '#shared/permissions/permissions.ts';
import { requireCollection, roleOnCollection, roleOnNote } from '../access.ts';
import type { Caller } from '../Caller.ts';
import { readableTemplate } from '../readableTemplate.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { CollectionRecord } from '../storage/ports/CollectionStore.ts';
import type { EntryIndex } from '../storage/ports/DerivedStore.ts';
import { presentHeld, type ShownHeld } from './presentHeld.ts';
import { presentLink, presentNotes } from './presentNotes.ts';
import { presentPeople, presentPerson } from './presentPeople.ts';
import { presentPlaces } from './presentPlaces.ts';
import { presentSetAside } from './presentSetAside.ts';

/** Lines of a list of carnets or bases, in the order given; those that the caller may not read are left out. */
export async function presentCollections<Id extends CollectionId>(
  { catalogue }: RelayContext,
  caller: Caller,
  collections: readonly CollectionRecord<Id>[],
): Promise<(CollectionSummary & { readonly id: Id })[]> {
  const readable = collections.filter((one) => canReadCollection(roleOnCollection(caller, one)));
  const ids = readable.map((one) => one.id);
  const [indexes, counts] = await Promise.all([
    catalogue.derived.collectionLines(ids),
    catalogue.derived.memberCounts(ids),
  ]);
  return readable.map((one) => {
    const index = indexes.get(one.id);
    return {
      id: one.id,
      kind: one.kind,
      title: index?.title ?? '',
      description: index?.description ?? '',
      memberCount: counts.get(one.id) ?? 0,
      cover: one.cover,
      visibility: one.visibility,
      contributionPolicy: one.contributionPolicy,
      role: roleOnCollection(caller, one),
      createdAt: one.createdAt,
      modifiedAt: index?.modifiedAt ?? one.createdAt,
      trashedAt: one.trashedAt,
    };
  });
}

interface Members {
  /** Those that are known and not in the trash. */
  readonly there: ReadonlySet<MemberId>;
  /** What the caller may see of them. */
  readonly shown: ReadonlyMap<MemberId, Pick<CollectionEntry, 'note' | 'carnet'>>;
}

async function presentMembers(
  context: RelayContext,
  caller: Caller,
  kind: CollectionKind,
  ids: readonly MemberId[],
): Promise<Members> {
  const { catalogue } = context;
  if (kind === 'carnet') {
    const notes = [...(await catalogue.notes.getMany(ids as readonly NoteId[])).values()];
    const readable = notes.filter((note) => canReadNote(roleOnNote(caller, note)));
    const lines = await presentNotes(context, readable);
    return {
      there: new Set(notes.flatMap((note) => (note.trashedAt === null ? [note.id] : []))),
      shown: new Map(lines.map((note) => [note.id, { note, carnet: null }])),
    };
  }
  const carnets = [...(await catalogue.carnets.getMany(ids as readonly CarnetId[])).values()];
  const lines = await presentCollections(context, caller, carnets);
  return {
    there: new Set(carnets.flatMap((carnet) => (carnet.trashedAt === null ? [carnet.id] : []))),
    shown: new Map(lines.map((carnet) => [carnet.id, { note: null, carnet }])),
  };
}

async function presentEntries(
  context: RelayContext,
  caller: Caller,
  { kind, id }: CollectionRef,
  isKeeper: boolean,
): Promise<CollectionEntry[]> {
  const { catalogue } = context;
  const entries = await catalogue.derived.entries(id);
  const ids = entries.map((entry) => entry.member);
  const [{ there, shown }, people] = await Promise.all([
    presentMembers(context, caller, kind, ids),
    catalogue.persons.getMany(entries.flatMap((entry) => entry.integratedBy ?? [])),
  ]);
  const held =
    kind === 'carnet' ? await presentAllHeld(context, caller, id as CarnetId, entries, isKeeper) : null;
  return entries.flatMap((entry): CollectionEntry[] => {
    // What is in the trash keeps its place, which shows again when it comes back.
    if (!there.has(entry.member)) return [];
    const by = entry.integratedBy === null ? undefined : people.get(entry.integratedBy);
    return [
      {
        memberId: entry.member,
        order: entry.order,
        category: entry.category,
        also: [...entry.also],
        pinned: entry.pinned,
        integratedBy: by === undefined ? null : presentPerson(by),
        integratedAt: entry.integratedAt,
        note: null,
        carnet: null,
        ...asHeld(shown.get(entry.member), held?.get(entry.member)),
        held: held?.get(entry.member)?.held ?? null,
      },
    ];
  });
}

/** Of the notes that a carnet holds at a version, those that the caller may read. */
async function presentAllHeld(
  context: RelayContext,
  caller: Caller,
  id: CarnetId,
  entries: readonly EntryIndex[],
  isKeeper: boolean,
): Promise<ReadonlyMap<MemberId, ShownHeld>> {
  const fixed = entries.filter(({ held }) => held !== null);
  const found = new Map<MemberId, ShownHeld>();
  if (fixed.length === 0) return found;
  const { catalogue } = context;
  const notes = await catalogue.notes.getMany(fixed.map(({ member }) => member as NoteId));
  const rows = await catalogue.publishedRows.of(id);
  for (const entry of fixed) {
    const note = notes.get(entry.member as NoteId);
    if (note === undefined || !canReadNote(roleOnNote(caller, note))) continue;
    const held = await presentHeld(context, caller, entry, note, rows.get(note.id), isKeeper);
    if (held !== null) found.set(entry.member, held);
  }
  return found;
}

/** A line as the carnet holds it. */
function asHeld(
  line: Pick<CollectionEntry, 'note' | 'carnet'> | undefined,
  held: ShownHeld | undefined,
): Partial<Pick<CollectionEntry, 'note' | 'carnet'>> {
  if (line?.note == null || held?.then == null) return line ?? {};
  return { ...line, note: { ...line.note, ...held.then } };
}

/** The places of what is in the trash, or gone; of which the caller reads the title, and may restore, what the policy says. */
async function presentAway(
  { catalogue }: RelayContext,
  caller: Caller,
  { kind, id }: CollectionRef,
): Promise<AwayEntry[]> {
  const ids = (await catalogue.derived.entries(id)).map((entry) => entry.member);
  if (kind === 'carnet') {
    const notes = await catalogue.notes.getMany(ids as readonly NoteId[]);
    const away = (ids as readonly NoteId[]).filter((one) => notes.get(one)?.trashedAt !== null);
    const titles = await catalogue.derived.noteLines(away);
    return away.map((memberId) => {
      const note = notes.get(memberId);
      const role = note === undefined ? 'none' : roleOnNote(caller, note);
      return {
        memberId,
        title: canReadNote(role) ? (titles.get(memberId)?.title ?? '') : null,
        trashedAt: note?.trashedAt ?? null,
        canRestore: canTrashNote(role),
      };
    });
  }
  const carnets = await catalogue.carnets.getMany(ids as readonly CarnetId[]);
  const away = (ids as readonly CarnetId[]).filter((one) => carnets.get(one)?.trashedAt !== null);
  const titles = await catalogue.derived.collectionLines(away);
  return away.map((memberId) => {
    const carnet = carnets.get(memberId);
    const role = carnet === undefined ? 'none' : roleOnCollection(caller, carnet);
    return {
      memberId,
      title: canReadCollection(role) ? (titles.get(memberId)?.title ?? '') : null,
      trashedAt: carnet?.trashedAt ?? null,
      canRestore: canManageCollection(role),
    };
  });
}

/** What notes that are made in a carnet begin with, where the caller may read it. */
async function presentTemplate(
  context: RelayContext,
  caller: Caller,
  key: TemplateKey | null,
): Promise<CollectionPage['template']> {
  if (key === null) return null;
  if (isBuiltInTemplate(key)) return { key, title: '' };
  const note = await readableTemplate(context, caller, key);
  if (note === null) return null;
  const indexes = await context.catalogue.derived.notes([key]);
  return { key, title: indexes.get(key)?.title ?? '' };
}

/** The page of a carnet or of a base, with only what the caller may see. @throws AppError `not_allowed`. */
export async function presentCollectionPage(
  context: RelayContext,
  caller: Caller,
  ref: CollectionRef,
): Promise<CollectionPage> {
  const { catalogue, log } = context;
  const { collection, role } = await requireCollection(catalogue, caller, ref, canReadCollection);
  const readers = canManageCollection(role) ? collection.readers : [];
  const [[summary], indexes, entries, away, people, community, bases, setAside, template] = await Promise.all(
    [
      presentCollections(context, caller, [collection]),
      catalogue.derived.collections([ref.id]),
      presentEntries(context, caller, ref, canManageCollection(role)),
      canManageCollection(role) ? presentAway(context, caller, ref) : [],
      catalogue.persons.getMany([...collection.managers, ...collection.contributors, ...readers]),
      presentLink(context, collection.community),
      ref.kind === 'carnet' ? presentPlaces<BaseId>(context, caller, catalogue.bases, ref.id) : [],
      presentSetAside(log, ref.id, canManageCollection(role)),
      canContributeToCollection(role) ? presentTemplate(context, caller, collection.template) : null,
    ],
  );
  if (summary === undefined) throw new Error('one collection gives one line');
  const index = indexes.get(ref.id);
  return {
    collection: { ...summary, language: index?.language ?? 'fr' },
    managers: presentPeople(collection.managers, people),
    contributors: presentPeople(collection.contributors, people),
    readers: presentPeople(readers, people),
    community,
    entries,
    away,
    categories: [...(index?.categories ?? [])],
    bases,
    guide: canContributeToCollection(role) ? (index?.guide ?? null) : null,
    template,
    ...setAside,
  };
}
