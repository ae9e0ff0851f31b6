import type { BookNote } from './BookContent.ts';
import { type BookLabels, joinNames } from './bookLabels.ts';

/** Who wrote a note, when it changed last, and what is to be said of it, in a line. */
export function noteMeta(note: BookNote, labels: BookLabels): string {
  const damage = note.isWhole ? '' : labels.incomplete;
  const adopted = note.lock === null ? '' : labels.lock(note.lock);
  const parts = [joinNames(note.authors, labels), labels.formatDate(note.modifiedAt), adopted, damage].filter(
    Boolean,
  );
  return parts.join(' · ');
}
