import type { Attachment } from '#shared/api/attachments.ts';
import type { CommunityId } from '#shared/domain/ids.ts';
import type { RegisterLine } from '#shared/domain/Register.ts';
import { canChangeCommunity } from '#shared/permissions/permissions.ts';
import { requireCommunity, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import { type IncomingFile, storeFile } from './storeAttachment.ts';
import { traceOf } from './traceOf.ts';

/** Changes what a community's page says. @throws AppError `not_signed_in`, `not_allowed`. */
export async function changeCommunity(
  context: RelayContext,
  caller: Caller,
  id: CommunityId,
  change: {
    name?: string | undefined;
    description?: string | undefined;
    image?: null | undefined;
    isPublic?: boolean | undefined;
  },
): Promise<void> {
  const { name, description, image, isPublic } = change;
  await write(context, caller, id, {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(image === undefined ? {} : { image }),
    ...(isPublic === undefined ? {} : { isPublic }),
  });
}

/** Gives a community its image. @throws AppError as `storeAttachment` does; `type_not_supported` for what is no image. */
export async function setCommunityImage(
  context: RelayContext,
  caller: Caller,
  id: CommunityId,
  file: IncomingFile,
): Promise<Attachment> {
  const person = requirePerson(caller);
  await requireCommunity(context.catalogue, caller, id, canChangeCommunity);
  const attachment = await storeFile(context, person.id, file, null, 'image');
  await write(context, caller, id, { image: attachment.id });
  return attachment;
}

async function write(
  context: RelayContext,
  caller: Caller,
  id: CommunityId,
  change: Parameters<RelayContext['catalogue']['communities']['change']>[1],
): Promise<void> {
  const person = requirePerson(caller);
  const { community } = await requireCommunity(context.catalogue, caller, id, canChangeCommunity);
  const record: RegisterLine = {
    by: person.id,
    act: 'community.change',
    subjectId: id,
    person: null,
    value: null,
  };
  const isOther = change.isPublic !== undefined && change.isPublic !== community.isPublic;
  const shown: RegisterLine = {
    ...record,
    act: 'community.visibility',
    value: change.isPublic === true ? 'public' : 'members',
  };
  await context.catalogue.communities.change(
    id,
    change,
    traceOf(context, isOther ? [record, shown] : record),
  );
  context.events.emit({ type: 'community', id });
  if (change.name !== undefined && change.name !== community.name) {
    // The pages of what is linked to it show its name.
    for (const note of await context.catalogue.notes.ofCommunity(id))
      context.events.emit({ type: 'note', id: note.id });
  }
  context.events.emit({ type: 'lists' });
}
