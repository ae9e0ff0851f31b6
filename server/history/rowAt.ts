import type { DocumentId } from '#shared/domain/ids.ts';
import type { AuthoredLog } from '../Identities.ts';
import type { LogRow } from '../storage/ports/UpdateLog.ts';

/**
 * The last row of a document at an instant or before: once a clock was set back, that of the latest time so far counts.
 * @param at - Unix milliseconds.
 * @returns null where there was none yet.
 */
export async function rowAt(
  log: Pick<AuthoredLog, 'head' | 'read'>,
  document: DocumentId,
  at: number,
): Promise<LogRow | null> {
  const head = await log.head(document);
  if (head === null || head.seq === 0) return null;
  // Most documents did not change since: one row is read, not all of them.
  const [last] = await log.read(document, head.seq - 1, head.seq);
  if (last !== undefined && last.time <= at) return last;
  let [found, latest] = [null as LogRow | null, 0];
  for (const row of await log.read(document, 0, head.seq)) {
    latest = Math.max(latest, row.time);
    if (latest > at) break;
    found = row;
  }
  return found;
}
