import { createReadStream } from 'node:fs';
import type { AttachmentRecord } from '../storage/ports/AttachmentStore.ts';
import type { HttpRelay } from './HttpRelay.ts';

/**
 * The bytes of a file. Those that this computer has lost, or that are no longer what was stored, are put back first: from the home of a copy that shows it, else from a backup of the chosen folder.
 * @param range - as `AttachmentBytes.open`.
 * @returns null where nobody has them as they were.
 */
export async function openAttachment(
  relay: HttpRelay,
  { id, digest, bytes }: AttachmentRecord,
  range?: { start: number; end: number },
): Promise<ReadableStream<Uint8Array> | null> {
  const { attachments, attachmentBytes } = relay.catalogue;
  const open = () => attachmentBytes.open(digest, range);
  const body = await open();
  if (body !== null) return body;
  if (relay.mirror !== null && (await relay.mirror.mendFile(id, await attachments.notesHolding(id))))
    return open();
  const kept = (await relay.backups?.intactFile(digest)) ?? null;
  if (kept === null) return null;
  await attachmentBytes.save(createReadStream(kept), bytes, () => undefined);
  relay.logger.info({ attachment: id }, 'a file was put back from a backup');
  return open();
}
