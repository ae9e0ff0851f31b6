import type { NoteId } from '#shared/domain/ids.ts';
import type { Visibility } from '#shared/domain/Visibility.ts';
import { canEditNote } from '#shared/permissions/permissions.ts';
import { requireNote } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';

/** Changes who may see a note. The first time that it goes beyond its authors is its publication. @throws AppError `not_allowed`. */
export async function changeVisibility(
  context: RelayContext,
  caller: Caller,
  id: NoteId,
  visibility: Visibility,
): Promise<void> {
  const { catalogue, documents, events } = context;
  const { note } = await requireNote(catalogue, caller, id, canEditNote);
  const published = visibility !== 'authors' && note.publishedAt === null;
  await catalogue.notes.change(id, { visibility, ...(published ? { publishedAt: context.now() } : {}) });
  await documents.recheckAccess(id);
  for (const place of await catalogue.derived.placesOf(id)) events.emit({ type: 'carnet', id: place.carnet });
  events.emit({ type: 'note', id });
  events.emit({ type: 'lists' });
}
