import type { MissingTexts } from '#shared/api/exports.ts';
import { undescribedImages } from '#shared/document/extractText.ts';
import { canEditNote } from '#shared/permissions/permissions.ts';
import { roleOnNote } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { BookPlace, BookSubject } from '../export/BookContent.ts';
import type { BookContext } from './book/BookPlan.ts';
import { gatherBook } from './gatherBook.ts';

/**
 * The notes of a book that show pictures without a text, as far as the caller may read them, in order.
 * @throws AppError `not_allowed` when they may not read the subject, or it does not exist.
 */
export async function listMissingTexts(
  context: BookContext,
  caller: Caller,
  subject: BookSubject,
  place: BookPlace,
  signal: AbortSignal,
): Promise<MissingTexts> {
  const { notes } = await gatherBook(context, caller, subject, place, signal);
  const lacking = notes.flatMap(({ id, title, body }) => {
    const count = undescribedImages(body).length;
    return count === 0 ? [] : [{ id, title, count }];
  });
  const records = await context.catalogue.notes.getMany(lacking.map(({ id }) => id));
  return {
    notes: lacking.map((one) => {
      const record = records.get(one.id);
      return { ...one, canEdit: record !== undefined && canEditNote(roleOnNote(caller, record)) };
    }),
  };
}
