import { extractAttachments } from '#shared/document/extractText.ts';
import type { Cover } from '#shared/domain/Collection.ts';
import { type AttachmentId, isId } from '#shared/domain/ids.ts';
import type { Caller } from '../../Caller.ts';
import type { BookContent, BookNote } from '../../export/BookContent.ts';
import { mayReadAttachment } from '../../mayReadAttachment.ts';
import type { BookContext } from './BookPlan.ts';

/** Of the cover, whoever reads the book sees the picture: that of an edition is no longer the carnet's. */
const maySee = async (
  { catalogue }: BookContext,
  caller: Caller,
  cover: Cover,
  id: string,
): Promise<boolean> =>
  isId(id) && (id === cover.image || (await mayReadAttachment(catalogue, caller, id as AttachmentId)));

/** Loads the files of a book for somebody. */
export function attachmentsFor(
  context: BookContext,
  caller: Caller,
  cover: Cover,
): BookContent['loadAttachment'] {
  const { catalogue } = context;
  return async (id) => {
    if (!(await maySee(context, caller, cover, id))) return null;
    const attachment = await catalogue.attachments.get(id as AttachmentId);
    const bytes = attachment === null ? null : await catalogue.attachmentBytes.read(attachment.digest);
    return attachment === null || bytes === null
      ? null
      : { bytes, name: attachment.name, mediaType: attachment.type };
  };
}

/** How many files of a book are gone, or not for its reader. */
export async function countMissingFiles(
  context: BookContext,
  caller: Caller,
  cover: Cover,
  notes: readonly BookNote[],
): Promise<number> {
  const ids = new Set(notes.flatMap(({ body }) => extractAttachments(body)));
  if (cover.image !== null) ids.add(cover.image);
  let missing = 0;
  for (const id of ids) {
    const isThere =
      (await maySee(context, caller, cover, id)) &&
      (await context.catalogue.attachments.get(id as AttachmentId)) !== null;
    if (!isThere) missing += 1;
  }
  return missing;
}
