import type { NoteId } from '#shared/domain/ids.ts';
import { canTrashNote } from '#shared/permissions/permissions.ts';
import { requireNote, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { Elsewhere } from './createThere.ts';
import { traceOf } from './traceOf.ts';

/** Puts a note in the trash, or takes it out. Its places in carnets are kept: they show again when it comes back. One that was to be placed at a followed relay is not any more. @throws AppError `not_allowed`. */
export async function trashNote(
  context: RelayContext & Pick<Elsewhere, 'mirror'>,
  caller: Caller,
  id: NoteId,
  inTrash: boolean,
): Promise<void> {
  const { catalogue, documents, events } = context;
  const { note } = await requireNote(catalogue, caller, id, canTrashNote);
  if ((note.trashedAt !== null) === inTrash) return;
  const act = inTrash ? 'note.trash' : 'note.out_of_trash';
  const trace = traceOf(context, {
    by: requirePerson(caller).id,
    act,
    subjectId: id,
    person: null,
    value: null,
  });
  if (inTrash) await context.mirror?.callBack(id);
  await catalogue.notes.change(id, { trashedAt: inTrash ? context.now() : null }, trace);
  await documents.recheckAccess(id);
  for (const place of await catalogue.derived.placesOf(id))
    events.emit({ type: 'carnet', id: place.collection });
  events.emit({ type: 'note', id });
  events.emit({ type: 'lists' });
}
