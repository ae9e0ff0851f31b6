import { AppError } from '#shared/api/errorCodes.ts';
import { entriesOf } from '#shared/document/fields.ts';
import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import { canManageCollection, canReadNote, canSeeNoteHistory } from '#shared/permissions/permissions.ts';
import { requireCollection, requireNote, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { History } from '../history/History.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { VersionStore } from '../storage/ports/VersionStore.ts';

type Context = RelayContext & {
  readonly history: Pick<History, 'keepMoment'>;
  readonly versions: Pick<VersionStore, 'between'>;
};

/** What becomes of a note's place: held at a row (`now`: as it is), or followed again (null); looked at up to a row. What is absent stays. */
export interface HeldChange {
  readonly held?: 'now' | number | null | undefined;
  readonly seen?: 'now' | number | null | undefined;
}

/**
 * Makes a carnet hold one of its notes as it is, or was at a version, or follow it again; or says that what changed since was looked at. Who sees the history of the note lets the carnet show that text to whoever may read the note.
 * @throws AppError `not_signed_in`; `not_allowed` for the carnet, for the note, and where it is not in it; `invalid_request` for a row that no version keeps.
 */
export async function holdEntry(
  context: Context,
  caller: Caller,
  id: CarnetId,
  note: NoteId,
  { held, seen }: HeldChange,
): Promise<void> {
  const person = requirePerson(caller);
  const { catalogue, documents, indexer, log, now } = context;
  await requireCollection(catalogue, caller, { kind: 'carnet', id }, canManageCollection);
  const { role } = await requireNote(catalogue, caller, note, canReadNote);
  const row = typeof held === 'number' ? await versionRow(context, note, held) : null;
  const seq = held === 'now' ? (await context.history.keepMoment(note)).seq : row;
  if (seq !== null && canSeeNoteHistory(role))
    await catalogue.publishedRows.add({ carnet: id, note, seq, by: person.id, at: now() });
  const lookedAt = seen === 'now' ? ((await log.head(note))?.seq ?? null) : seen;
  await documents.change(id, { person: person.id, operation: 'hold' }, (doc) => {
    const entry = entriesOf(doc).get(note);
    if (entry === undefined) throw new AppError('not_allowed', 'the note is not in the carnet');
    if (held !== undefined) {
      if (seq === null) entry.delete('held');
      else entry.set('held', seq);
    }
    // What is held anew was looked at.
    if (lookedAt === null || (held !== undefined && lookedAt === undefined)) entry.delete('seen');
    else if (lookedAt !== undefined) entry.set('seen', lookedAt);
  });
  await indexer.indexNow(id);
}

/** A row that thinning keeps. */
async function versionRow({ versions }: Context, note: NoteId, seq: number): Promise<number> {
  if ((await versions.between(note, seq, seq)).length === 0)
    throw new AppError('invalid_request', 'no version of the note is of this row');
  return seq;
}
