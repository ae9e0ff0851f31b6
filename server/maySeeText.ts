import { canReadNote, canSeeNoteHistory } from '#shared/permissions/permissions.ts';
import { roleOnNote } from './access.ts';
import type { Caller } from './Caller.ts';
import type { RelayContext } from './RelayContext.ts';
import type { NoteRecord } from './storage/ports/NoteStore.ts';

/** A moment of a note, and whether who sees its history let it be shown to whoever may read the note. */
export interface FixedText {
  readonly seq: number;
  readonly isOpen: boolean;
}

/** Whether somebody is given what a note said at a moment that an edition, or a carnet, holds. */
export async function maySeeText(
  { log }: Pick<RelayContext, 'log'>,
  caller: Caller,
  note: NoteRecord,
  { seq, isOpen }: FixedText,
): Promise<'open' | 'withheld' | 'closedThen'> {
  const role = roleOnNote(caller, note);
  if (!canReadNote(role)) return 'withheld';
  if (isOpen || canSeeNoteHistory(role)) return 'open';
  return (await log.head(note.id))?.seq === seq ? 'open' : 'closedThen';
}
