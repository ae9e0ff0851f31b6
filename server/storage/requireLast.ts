import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';

/** @param last - the last row that whoever asks knows of; undefined: whichever it is. @throws AppError `conflict` when there are rows behind it */
export function requireLast(document: DocumentId, seq: number, last: number | undefined): void {
  if (last !== undefined && seq > last)
    throw new AppError('conflict', `document ${document} has rows behind ${last}`);
}
