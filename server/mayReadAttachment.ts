import type { AttachmentId } from '#shared/domain/ids.ts';
import { canReadNote, canSeePublicCommunity, communityRole } from '#shared/permissions/permissions.ts';
import { roleOnNote } from './access.ts';
import type { Caller } from './Caller.ts';
import type { Catalogue } from './storage/ports/Catalogue.ts';

/** Whether someone may have a file: who may read one of the notes that hold it, or the community whose image it is. False for an unknown file. */
export async function mayReadAttachment(
  catalogue: Catalogue,
  caller: Caller,
  id: AttachmentId,
): Promise<boolean> {
  const notes = await catalogue.notes.getMany(await catalogue.attachments.notesHolding(id));
  const shown = await catalogue.attachments.communityShowing(id);
  const community = shown === null ? null : await catalogue.communities.get(shown);
  if (community !== null && canSeePublicCommunity(communityRole(caller, community.id, community.isPublic)))
    return true;
  return [...notes.values()].some((note) => canReadNote(roleOnNote(caller, note)));
}
