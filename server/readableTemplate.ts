import type { NoteId } from '#shared/domain/ids.ts';
import { canDuplicateNote } from '#shared/permissions/permissions.ts';
import { roleOnNote } from './access.ts';
import type { Caller } from './Caller.ts';
import type { RelayContext } from './RelayContext.ts';
import type { NoteRecord } from './storage/ports/NoteStore.ts';

/** The note that is a template and from which the caller may make others; null for one that is none (any more), in the trash, closed to them or unknown. */
export async function readableTemplate(
  { catalogue }: Pick<RelayContext, 'catalogue'>,
  caller: Caller,
  id: NoteId,
): Promise<NoteRecord | null> {
  const note = await catalogue.notes.get(id);
  const isOne = note !== null && note.isTemplate && note.trashedAt === null;
  return isOne && canDuplicateNote(roleOnNote(caller, note)) ? note : null;
}
