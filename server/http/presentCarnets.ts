import type { CarnetEntry, CarnetPage, CarnetSummary } from '#shared/api/carnets.ts';
import type { CarnetId } from '#shared/domain/ids.ts';
import { canManageCarnet, canReadCarnet, canReadNote } from '#shared/permissions/permissions.ts';
import { requireCarnet, roleOnCarnet, roleOnNote } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { CarnetRecord } from '../storage/ports/CarnetStore.ts';
import { presentLink, presentNotes, presentPeople, presentPerson } from './presentNotes.ts';
import { presentSetAside } from './presentSetAside.ts';

/** Lines of a list of carnets, in the order given; those that the caller may not read are left out. */
export async function presentCarnets(
  { catalogue }: RelayContext,
  caller: Caller,
  carnets: readonly CarnetRecord[],
): Promise<CarnetSummary[]> {
  const readable = carnets.filter((carnet) => canReadCarnet(roleOnCarnet(caller, carnet)));
  const ids = readable.map((carnet) => carnet.id);
  const [indexes, counts] = await Promise.all([
    catalogue.derived.carnets(ids),
    catalogue.derived.noteCounts(ids),
  ]);
  return readable.map((carnet) => {
    const index = indexes.get(carnet.id);
    return {
      id: carnet.id,
      title: index?.title ?? '',
      description: index?.description ?? '',
      noteCount: counts.get(carnet.id) ?? 0,
      visibility: carnet.visibility,
      contributionPolicy: carnet.contributionPolicy,
      role: roleOnCarnet(caller, carnet),
      createdAt: carnet.createdAt,
      modifiedAt: index?.modifiedAt ?? carnet.createdAt,
      trashedAt: carnet.trashedAt,
    };
  });
}

async function presentEntries(context: RelayContext, caller: Caller, id: CarnetId): Promise<CarnetEntry[]> {
  const { catalogue } = context;
  const entries = await catalogue.derived.entries(id);
  const [notes, people] = await Promise.all([
    catalogue.notes.getMany(entries.map((entry) => entry.note)),
    catalogue.persons.getMany(entries.flatMap((entry) => entry.integratedBy ?? [])),
  ]);
  const readable = [...notes.values()].filter((note) => canReadNote(roleOnNote(caller, note)));
  const summaries = new Map((await presentNotes(context, readable)).map((summary) => [summary.id, summary]));
  return entries.flatMap((entry): CarnetEntry[] => {
    const note = notes.get(entry.note);
    // A note in the trash keeps its place, which shows again when it comes back.
    if (note === undefined || note.trashedAt !== null) return [];
    const by = entry.integratedBy === null ? undefined : people.get(entry.integratedBy);
    return [
      {
        noteId: entry.note,
        order: entry.order,
        category: entry.category,
        also: [...entry.also],
        pinned: entry.pinned,
        integratedBy: by === undefined ? null : presentPerson(by),
        integratedAt: entry.integratedAt,
        note: summaries.get(entry.note) ?? null,
      },
    ];
  });
}

/** A carnet's page, with only what the caller may see. @throws AppError `not_allowed`. */
export async function presentCarnetPage(
  context: RelayContext,
  caller: Caller,
  id: CarnetId,
): Promise<CarnetPage> {
  const { catalogue, log } = context;
  const { carnet, role } = await requireCarnet(catalogue, caller, id, canReadCarnet);
  const readers = canManageCarnet(role) ? carnet.readers : [];
  const [[summary], indexes, entries, people, community, setAside] = await Promise.all([
    presentCarnets(context, caller, [carnet]),
    catalogue.derived.carnets([id]),
    presentEntries(context, caller, id),
    catalogue.persons.getMany([...carnet.managers, ...carnet.contributors, ...readers]),
    presentLink(context, carnet.community),
    presentSetAside(log, id, canManageCarnet(role)),
  ]);
  if (summary === undefined) throw new Error('one carnet gives one line');
  const index = indexes.get(id);
  return {
    carnet: { ...summary, language: index?.language ?? 'fr' },
    managers: presentPeople(carnet.managers, people),
    contributors: presentPeople(carnet.contributors, people),
    readers: presentPeople(readers, people),
    community,
    entries,
    categories: [...(index?.categories ?? [])],
    ...setAside,
  };
}
