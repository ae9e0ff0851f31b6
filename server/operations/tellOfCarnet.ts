import type { CarnetId, NoteId, NoticeId, PersonId } from '#shared/domain/ids.ts';
import { canReadCollection, canReadNote } from '#shared/permissions/permissions.ts';
import { roleOnCollection, roleOnNote } from '../access.ts';
import { loadCaller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import { idOf } from '../secrets.ts';
import type { EntryIndex } from '../storage/ports/DerivedStore.ts';
import type { NoteRecord } from '../storage/ports/NoteStore.ts';
import type { NoticeRecord } from '../storage/ports/Trace.ts';
import type { CollectionRecord } from '../storage/ports/CollectionStore.ts';
import { pushNotices, traceOf } from './traceOf.ts';

type Context = Pick<RelayContext, 'catalogue' | 'events' | 'now'>;

async function mayReadBoth(
  { catalogue }: Context,
  person: PersonId,
  note: NoteRecord,
  carnet: CollectionRecord,
): Promise<boolean> {
  const caller = await loadCaller(catalogue, person);
  return (
    caller !== null &&
    canReadNote(roleOnNote(caller, note)) &&
    canReadCollection(roleOnCollection(caller, carnet))
  );
}

/**
 * Tells the authors of notes that somebody put them in a carnet, as far as they may see it. Told again of the same integration (a carnet indexed twice) they know it once.
 * @param entries - those that are new.
 */
export async function tellOfIntegrations(
  context: Context,
  id: CarnetId,
  entries: readonly EntryIndex[],
): Promise<void> {
  const { catalogue } = context;
  const [carnet, notes] = await Promise.all([
    catalogue.carnets.get(id),
    catalogue.notes.getMany(entries.map((entry) => entry.member as NoteId)),
  ]);
  if (carnet === null) return;
  const told: NoticeRecord[] = [];
  for (const { member, integratedBy, integratedAt } of entries) {
    const noteId = member as NoteId;
    const note = notes.get(noteId);
    if (note === undefined || integratedBy === null) continue;
    for (const person of note.authors) {
      if (person === integratedBy || !(await mayReadBoth(context, person, note, carnet))) continue;
      told.push({
        id: idOf<NoticeId>(`integrated ${id} ${noteId} ${person} ${integratedAt}`),
        person,
        kind: 'integrated',
        subject: 'note',
        subjectId: noteId,
        within: id,
        from: integratedBy,
        text: null,
        at: context.now(),
        readAt: null,
        count: 1,
      });
    }
  }
  await catalogue.notices.add(told);
  pushNotices(context, { notices: told });
}

/** One row of a sitting: who changed the note, and when. */
interface Change {
  readonly person: PersonId | null;
  readonly time: number;
}

/**
 * Tells who put a note in a carnet that somebody else changed it since. Whoever has such a notice unread is told nothing more of it.
 * @param changes - the rows of the sitting that ended.
 */
export async function tellOfChanges(context: Context, id: NoteId, changes: readonly Change[]): Promise<void> {
  const { catalogue } = context;
  const places = await catalogue.derived.placesOf(id);
  const note = places.length === 0 ? null : await catalogue.notes.get(id);
  if (note === null || note.trashedAt !== null) return;
  for (const { collection, integratedBy, integratedAt } of places) {
    const carnetId = collection as CarnetId;
    if (integratedBy === null) continue;
    const writers = new Set(
      changes.flatMap(({ person, time }) =>
        person === null || person === integratedBy || time <= integratedAt ? [] : [person],
      ),
    );
    const carnet = writers.size === 0 ? null : await catalogue.carnets.get(carnetId);
    if (carnet === null || carnet.trashedAt !== null) continue;
    if (await catalogue.notices.knowsOfChange(integratedBy, id, carnetId)) continue;
    if (!(await mayReadBoth(context, integratedBy, note, carnet))) continue;
    const [only] = writers;
    const trace = traceOf(
      context,
      [],
      [
        {
          people: [integratedBy],
          kind: 'changed',
          about: { subject: 'note', subjectId: id },
          within: carnetId,
          from: writers.size === 1 ? only! : null,
        },
      ],
    );
    await catalogue.notices.add(trace.notices);
    pushNotices(context, trace);
  }
}
