import type { AttachmentId, BaseId, CarnetId } from '#shared/domain/ids.ts';
import {
  canReadCollection,
  canReadNote,
  canSeePublicCommunity,
  communityRole,
} from '#shared/permissions/permissions.ts';
import { roleOnCollection, roleOnNote } from './access.ts';
import type { Caller } from './Caller.ts';
import type { Catalogue } from './storage/ports/Catalogue.ts';

/** Whether someone may have a file: who may read one of the notes that hold it, or a community, a carnet or a base that shows it. False for an unknown file. */
export async function mayReadAttachment(
  catalogue: Catalogue,
  caller: Caller,
  id: AttachmentId,
): Promise<boolean> {
  const notes = await catalogue.notes.getMany(await catalogue.attachments.notesHolding(id));
  const ofCommunity = await catalogue.attachments.communityShowing(id);
  const community = ofCommunity === null ? null : await catalogue.communities.get(ofCommunity);
  if (community !== null && canSeePublicCommunity(communityRole(caller, community.id, community.isPublic)))
    return true;
  const shown = await catalogue.attachments.collectionsShowing(id);
  const collections = [
    ...(await catalogue.carnets.getMany(shown as CarnetId[])).values(),
    ...(await catalogue.bases.getMany(shown as BaseId[])).values(),
  ];
  if (collections.some((one) => canReadCollection(roleOnCollection(caller, one)))) return true;
  return [...notes.values()].some((note) => canReadNote(roleOnNote(caller, note)));
}
