import { type Attachment, maxAttachmentBytes } from '#shared/api/attachments.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import type { AttachmentId, NoteId, PersonId } from '#shared/domain/ids.ts';
import { canEditNote } from '#shared/permissions/permissions.ts';
import { requireNote, requirePerson } from '../access.ts';
import { lookAtFile, type SeenFile } from '../attachments/lookAtFile.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import { newId } from '../secrets.ts';

/** The last part of a path, without what file systems and headers do not take. */
function cleanName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  return (
    last
      .replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '')
      .trim()
      .slice(0, 200) || 'fichier'
  );
}

/** A file on its way in. */
export interface IncomingFile {
  readonly name: string;
  /** The type that the sender states; the bytes decide. */
  readonly announced: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** What it is called from then on, where something names it already. Default: a new id. */
  readonly id?: AttachmentId;
}

/**
 * Stores a file that a note of the caller's shows.
 * @throws AppError `not_signed_in`, `not_allowed`, `too_large`, `quota_exceeded`, `type_not_supported`, `storage_full` | `storage_failed`: nothing is kept then.
 */
export async function storeAttachment(
  context: RelayContext,
  caller: Caller,
  input: IncomingFile & { readonly note: NoteId },
): Promise<Attachment> {
  const person = requirePerson(caller);
  await requireNote(context.catalogue, caller, input.note, canEditNote);
  return storeFile(context, person.id, input, input.note);
}

/** Stores a file, whoever asked: for operations that decided already. @param note - what holds it; null for the image of a community. @param only - the one kind that is taken; default: all. */
export function storeFile(
  context: RelayContext,
  person: PersonId,
  input: IncomingFile,
  note: NoteId | null,
  only?: Attachment['kind'],
): Promise<Attachment> {
  return context.quota.take(person, input.bytes, (bytes) =>
    keepFile(context, person, { ...input, bytes }, note, only),
  );
}

async function keepFile(
  { catalogue, now }: RelayContext,
  person: PersonId,
  input: IncomingFile,
  note: NoteId | null,
  only?: Attachment['kind'],
): Promise<Attachment> {
  let seen: SeenFile | null = null;
  const { digest, bytes } = await catalogue.attachmentBytes.save(input.bytes, maxAttachmentBytes, (head) => {
    seen = lookAtFile(head, input.announced);
    if (only !== undefined && seen.kind !== only)
      throw new AppError('type_not_supported', 'not a type that may be uploaded here');
  });
  if (seen === null) throw new AppError('type_not_supported', 'the type was not looked at');
  const attachment: Attachment = {
    id: input.id ?? newId<AttachmentId>(),
    name: cleanName(input.name),
    bytes,
    ...(seen as SeenFile),
  };
  await catalogue.attachments.add({ ...attachment, digest, person, createdAt: now() }, note);
  return attachment;
}
