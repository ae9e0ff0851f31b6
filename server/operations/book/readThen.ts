import type * as Y from 'yjs';
import { AppError } from '#shared/api/errorCodes.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import type { BookContext } from './BookPlan.ts';

/** A note as it was after a row; of a damaged one nothing, since what is sound of it is not what it said. */
export async function readThen(
  { documents }: Pick<BookContext, 'documents'>,
  id: NoteId,
  seq: number,
): Promise<{ readonly doc: Y.Doc; readonly wholeTo: null } | null> {
  try {
    const read = await documents.read(id, seq);
    return read === null ? null : { doc: read.doc, wholeTo: null };
  } catch (error) {
    if (error instanceof AppError && error.code === 'document_damaged') return null;
    throw error;
  }
}
