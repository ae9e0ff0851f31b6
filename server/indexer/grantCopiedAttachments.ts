import { extractAttachments } from '#shared/document/extractText.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { type AttachmentId, isId, type NoteId } from '#shared/domain/ids.ts';
import { mayReadAttachment } from '../mayReadAttachment.ts';
import type { IndexerOptions } from './IndexerOptions.ts';

/**
 * Lets a note's readers have the files that somebody copied into it from another note, where that person may have them: an id alone, written by someone who may not
 * read the file, opens nothing.
 * @param after - rows after this one are new since the note was last indexed.
 */
export async function grantCopiedAttachments(
  { catalogue, log }: IndexerOptions,
  note: NoteId,
  body: BodyNode,
  after: number,
): Promise<void> {
  const copied: AttachmentId[] = [];
  for (const id of extractAttachments(body).filter(isId) as AttachmentId[]) {
    const holding = await catalogue.attachments.notesHolding(id);
    if (holding.length > 0 && !holding.includes(note)) copied.push(id);
  }
  if (copied.length === 0) return;
  const rows = await log.read(note, after);
  const granted: AttachmentId[] = [];
  for (const id of copied) {
    // An attribute's text stands in the update as it is: the row that holds the id is the one that wrote it.
    const writers = new Set(
      rows.filter((row) => Buffer.from(row.bytes).includes(id)).map((row) => row.person),
    );
    for (const writer of writers) {
      const person = writer === null ? null : await catalogue.persons.get(writer);
      if (person === null || !(await mayReadAttachment(catalogue, person, id))) continue;
      granted.push(id);
      break;
    }
  }
  await catalogue.attachments.grant(granted, note);
}
