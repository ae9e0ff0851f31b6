import { canManageCollection, canTrashNote } from '#shared/permissions/permissions.ts';
import { roleOnCollection, roleOnNote } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { MadeImport } from './makeImport.ts';
import { trashCollection } from './changeCollection.ts';
import { trashNote } from './trashNote.ts';

/**
 * Puts what an import made in the trash: its notes, the terms, and the carnet that was made for them. What is gone, and what the caller may no longer throw away, stays as it is.
 * @param madeCarnet - whether the carnet was made by it.
 */
export async function undoImport(
  context: RelayContext,
  caller: Caller,
  { notes, terms, carnet }: MadeImport,
  madeCarnet: boolean,
): Promise<void> {
  const { catalogue } = context;
  if (madeCarnet && carnet !== null) {
    const record = await catalogue.carnets.get(carnet);
    if (record !== null && canManageCollection(roleOnCollection(caller, record)))
      await trashCollection(context, caller, { kind: 'carnet', id: carnet }, true);
  }
  for (const id of [...notes, ...terms]) {
    const note = await catalogue.notes.get(id);
    if (note !== null && canTrashNote(roleOnNote(caller, note))) await trashNote(context, caller, id, true);
  }
}
