import { oldestInTrash } from '#shared/domain/trash.ts';
import { destroyDocument, type DestroyingContext } from './destroyDocument.ts';

/** A file that came within this, in ms, may be about to be held by something. */
const freshFileMs = 60 * 60 * 1000;

/**
 * Destroys what has been in the trash for its time: the whole history, its versions, what is kept of both to look at them, the files that nobody else holds. Only the register keeps that it was there. Stopped at any moment, the next
 * time goes on.
 * @returns how many notes, carnets and bases were destroyed.
 */
export async function emptyTrash(context: DestroyingContext, signal: AbortSignal): Promise<number> {
  const { catalogue, events, now } = context;
  const { removal, attachmentBytes } = catalogue;
  let count = 0;
  for (const { id, kind } of await removal.trashedBefore(oldestInTrash(now()))) {
    if (signal.aborted) return count;
    await destroyDocument(context, { id, kind });
    count += 1;
  }
  const before = now() - freshFileMs;
  for (const digest of await removal.forgetFiles(before)) await attachmentBytes.remove(digest, before);
  if (count > 0) {
    await removal.wipe();
    events.emit({ type: 'lists' });
  }
  return count;
}
