import { AppError } from '#shared/api/errorCodes.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { lockWords, type NoteLock } from '#shared/domain/lock.ts';
import type { Language } from '#shared/domain/Person.ts';
import { canLockNote } from '#shared/permissions/permissions.ts';
import { requireNote, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { History } from '../history/History.ts';
import type { RelayContext } from '../RelayContext.ts';
import { pushNotices, traceOf } from './traceOf.ts';

type Context = RelayContext & { readonly history: History };

/** The language that the words of a lock are in: the note's. */
async function languageOf({ catalogue }: Context, id: NoteId): Promise<Language> {
  const language = (await catalogue.derived.note(id))?.language ?? 'fr';
  return language.startsWith('en') ? 'en' : 'fr';
}

async function changeLock(
  context: Context,
  caller: Caller,
  id: NoteId,
  lock: Pick<NoteLock, 'day' | 'sentence'> | null,
): Promise<boolean> {
  const { catalogue, documents, history, events, now } = context;
  const by = requirePerson(caller).id;
  // Between two restorings, so that none that was asked for before writes after it.
  const isChanged = await history.alone(id, async () => {
    const { note } = await requireNote(catalogue, caller, id, canLockNote);
    if (lock !== null && (note.lock !== null || note.trashedAt !== null))
      throw new AppError('conflict', 'it is locked already, or in the trash');
    if (lock === null && note.lock === null) return false;
    // The others who may write no more, or again.
    const told = {
      people: note.authors,
      kind: lock === null ? 'note_unlocked' : 'note_locked',
      about: { subject: 'note', subjectId: id },
      from: by,
      ...(lock !== null && { text: lockWords(lock, await languageOf(context, id)) }),
    } as const;
    const trace = traceOf(
      context,
      { by, act: 'note.lock', subjectId: id, person: null, value: lock?.day ?? null },
      [told],
    );
    const at = trace.audit[0]?.at ?? now();
    await catalogue.notes.change(id, { lock: lock === null ? null : { ...lock, at, by } }, trace);
    pushNotices(context, trace);
    return true;
  });
  if (!isChanged) return false;
  await documents.recheckAccess(id);
  for (const place of await catalogue.derived.placesOf(id))
    events.emit({ type: 'carnet', id: place.collection });
  events.emit({ type: 'note', id });
  events.emit({ type: 'lists' });
  return true;
}

/**
 * Locks a note as it was adopted: from then on nobody writes in it, whoever has it open. What it says then is a version that bears the words of the lock.
 * @throws AppError `not_signed_in`; `not_allowed`; `conflict` for one that is locked already, or in the trash.
 */
export async function lockNote(
  context: Context,
  caller: Caller,
  id: NoteId,
  lock: Pick<NoteLock, 'day' | 'sentence'>,
): Promise<void> {
  await changeLock(context, caller, id, lock);
  // What was taken in before the last of those who wrote was told belongs to what was adopted.
  await context.documents.settled();
  const name = lockWords(lock, await languageOf(context, id));
  await context.history.name(id, requirePerson(caller).id, name);
  context.events.emit({ type: 'note', id });
}

/** Opens a locked note again: its authors write in it. One that is open stays so. @throws AppError `not_signed_in`, `not_allowed`. */
export async function unlockNote(context: Context, caller: Caller, id: NoteId): Promise<void> {
  await changeLock(context, caller, id, null);
}
