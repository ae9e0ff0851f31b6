import { oldestInTrash } from '#shared/domain/trash.ts';
import type { History } from '../history/History.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { VersionStore } from '../storage/ports/VersionStore.ts';
import { entryOf } from './traceOf.ts';

/** A file that came within this, in ms, may be about to be held by something. */
const freshFileMs = 60 * 60 * 1000;

/**
 * Destroys what has been in the trash for its time: the whole history, its versions, what is kept of both to look at them, the files that nobody else holds. Only the register keeps that it was there. Stopped at any moment, the next
 * time goes on.
 * @returns how many notes, carnets and bases were destroyed.
 */
export async function emptyTrash(
  context: RelayContext & { readonly versions: VersionStore; readonly history: Pick<History, 'past'> },
  signal: AbortSignal,
): Promise<number> {
  const { catalogue, documents, versions, history, events, now } = context;
  const { removal, attachmentBytes } = catalogue;
  let count = 0;
  for (const { id, kind } of await removal.trashedBefore(oldestInTrash(now()))) {
    if (signal.aborted) return count;
    const audit = entryOf(context, {
      by: null,
      act: `${kind}.destroyed`,
      subjectId: id,
      person: null,
      value: null,
    });
    await versions.removeAll(id);
    await history.past.removeAll(id);
    const alongside = removal.statementsToRemove(id, audit);
    await documents.destroy(id, alongside ?? []);
    if (alongside === null) await removal.remove(id, audit);
    // Once more: somebody may have looked at it meanwhile.
    await history.past.removeAll(id);
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
