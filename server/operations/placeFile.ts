import type { AttachmentId, NoteId } from '#shared/domain/ids.ts';
import { canEditNote } from '#shared/permissions/permissions.ts';
import { notAllowed, requireNote, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import { mayReadAttachment } from '../mayReadAttachment.ts';
import type { RelayContext } from '../RelayContext.ts';
import { type IncomingFile, storeFile } from './storeAttachment.ts';

/**
 * Keeps a file of somebody's computer that a note shows, under the id that it has there.
 * @throws AppError as `storeAttachment`; `not_allowed` also for the id of a file that they may not read.
 */
export async function placeFile(
  context: RelayContext,
  caller: Caller,
  note: NoteId,
  file: IncomingFile & { readonly id: AttachmentId },
): Promise<void> {
  const person = requirePerson(caller);
  const { catalogue } = context;
  await requireNote(catalogue, caller, note, canEditNote);
  if ((await catalogue.attachments.get(file.id)) === null) {
    await storeFile(context, person.id, file, note);
    return;
  }
  if (!(await mayReadAttachment(catalogue, caller, file.id))) throw notAllowed();
  await catalogue.attachments.grant([file.id], note);
}
