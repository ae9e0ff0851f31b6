import type { Profile } from '#shared/domain/Profile.ts';
import { canReadNote } from '#shared/permissions/permissions.ts';
import { notAllowed, requireNote, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';

/**
 * Changes what the caller says of themself. The note of an organisation stands in the place of words, and words in that of a note.
 * @throws AppError `not_signed_in`; `not_allowed` for a note that is no organisation or that the caller may not read.
 */
export async function changeProfile(
  { catalogue, events }: RelayContext,
  caller: Caller,
  change: Partial<Profile>,
): Promise<void> {
  const person = requirePerson(caller);
  if (change.organisationNote != null) {
    const { note } = await requireNote(catalogue, caller, change.organisationNote, canReadNote);
    if (note.kind !== 'organisation') throw notAllowed();
  }
  await catalogue.persons.changeProfile(person.id, change);
  events.emit({ type: 'lists' });
}
