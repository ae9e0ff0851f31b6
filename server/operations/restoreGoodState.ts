import type { CollectionRef } from '#shared/domain/Collection.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { canEditNote, canManageCollection, canSeeNoteHistory } from '#shared/permissions/permissions.ts';
import { requireCollection, requireNote, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { History } from '../history/History.ts';
import { returnToGoodState } from '../history/returnToGoodState.ts';
import type { RelayContext } from '../RelayContext.ts';

/**
 * Takes a note, a carnet or a base that is set aside for its content back to its last good state, and lets those who write in it write again: an author of the note, a manager of the
 * carnet or of the base.
 * @throws AppError `not_signed_in`; `not_allowed`; `conflict` when there is no such state; `document_damaged` when it is still not sound.
 */
export async function restoreGoodState(
  context: RelayContext & { readonly history: History },
  caller: Caller,
  subject: { readonly kind: 'note'; readonly id: NoteId } | CollectionRef,
): Promise<void> {
  const { catalogue, history, indexer, events } = context;
  const person = requirePerson(caller);
  if (subject.kind === 'note') {
    const mayStill = () =>
      requireNote(catalogue, caller, subject.id, (role) => canSeeNoteHistory(role) && canEditNote(role));
    await mayStill();
    await history.restoreGoodState(subject.id, person.id, mayStill);
  } else {
    await requireCollection(catalogue, caller, subject, canManageCollection);
    await returnToGoodState(context, subject.id, person.id);
    await indexer.indexNow(subject.id);
  }
  events.emit({ type: subject.kind, id: subject.id });
}
