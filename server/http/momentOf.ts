import { AppError } from '#shared/api/errorCodes.ts';
import type { ComparedMoment } from '#shared/api/versions.ts';
import type { DocumentId, VersionId } from '#shared/domain/ids.ts';
import type { HttpRelay } from './HttpRelay.ts';
import type { NoteMoment } from './presentVersions.ts';

/**
 * The moment that a question names. Rights are decided by who calls.
 * @returns null for now.
 * @throws AppError `not_allowed` for an unknown version, `invalid_request` for a row that is not there yet.
 */
export async function momentOf(
  { history, log }: Pick<HttpRelay, 'history' | 'log'>,
  document: DocumentId,
  moment: ComparedMoment,
): Promise<NoteMoment | null> {
  if (moment === 'now') return null;
  if (!moment.startsWith('seq:')) {
    const version = await history.get(document, moment as VersionId);
    return { seq: version.seq, at: version.createdAt, version };
  }
  const seq = Number(moment.slice('seq:'.length));
  if (seq === 0) return { seq, at: null, version: null };
  const [row] = await log.read(document, seq - 1, seq);
  if (row === undefined) throw new AppError('invalid_request', 'the note has no such row');
  return { seq, at: row.time, version: null };
}
