import { canManageCollection, canTrashNote } from '#shared/permissions/permissions.ts';
import { collectionsOf, roleOnCollection, roleOnNote } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { MadeImport } from './makeImport.ts';
import { trashCollection } from './changeCollection.ts';
import type { Elsewhere } from './createThere.ts';
import { trashNote } from './trashNote.ts';

/**
 * Puts what an import made in the trash: its notes, the terms, and the carnet that was made for them. What is gone, and what the caller may no longer throw away, stays as it is.
 * @param madeCarnet - whether the carnet was made by it.
 */
export async function undoImport(
  context: RelayContext & Pick<Elsewhere, 'mirror'>,
  caller: Caller,
  { notes, terms, carnet, collections = [] }: MadeImport,
  madeCarnet: boolean,
): Promise<void> {
  const { catalogue } = context;
  const made = madeCarnet && carnet !== null ? [{ kind: 'carnet', id: carnet } as const] : [];
  for (const ref of collections.length > 0 ? collections : made) {
    const record = await collectionsOf(catalogue, ref.kind).get(ref.id);
    if (record !== null && canManageCollection(roleOnCollection(caller, record)))
      await trashCollection(context, caller, ref, true);
  }
  for (const id of [...notes, ...terms]) {
    const note = await catalogue.notes.get(id);
    if (note !== null && canTrashNote(roleOnNote(caller, note))) await trashNote(context, caller, id, true);
  }
}
