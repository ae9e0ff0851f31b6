import { AppError } from '#shared/api/errorCodes.ts';
import type { NoteId, PersonId } from '#shared/domain/ids.ts';
import { canChangeAuthors, canReadNote, canRemoveReader } from '#shared/permissions/permissions.ts';
import { notAllowed, requireNote, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { NoteRecord } from '../storage/ports/NoteStore.ts';
import type { Trace } from '../storage/ports/Trace.ts';
import { pushNotices, type Telling, traceOf } from './traceOf.ts';

const followsCommunity = (): AppError =>
  new AppError('conflict', 'the authors are the responsables of the community');

/**
 * Whom an author may make an author by name: those invited to the note, and those of the caller's own communities. Others come by an invitation.
 */
export async function authorCandidates(
  { catalogue }: RelayContext,
  caller: Caller,
  note: NoteRecord,
): Promise<PersonId[]> {
  const own = await catalogue.communities.getMany([...(caller?.communities?.keys() ?? [])]);
  const people = new Set([
    ...note.commenters,
    ...note.readers,
    ...[...own.values()].flatMap((one) => [...one.responsables, ...one.members]),
  ]);
  return [...people].filter((person) => !note.authors.includes(person));
}

/** Makes somebody an author by name. @throws AppError `not_signed_in`, `not_allowed` (for whom the caller may not name alike); `conflict` where the authors follow the community. */
export async function addAuthor(
  context: RelayContext,
  caller: Caller,
  id: NoteId,
  person: PersonId,
): Promise<void> {
  const by = requirePerson(caller).id;
  const { note } = await requireNote(context.catalogue, caller, id, canChangeAuthors);
  if (note.authorMode === 'community') throw followsCommunity();
  if (note.authors.includes(person)) return;
  if (!(await authorCandidates(context, caller, note)).includes(person)) throw notAllowed();
  const trace = traceOf(context, { by, act: 'note.role', subjectId: id, person, value: 'author' }, [
    { people: [person], kind: 'author_added', about: { subject: 'note', subjectId: id }, from: by },
    newAuthor(note, person, by),
  ]);
  await context.catalogue.notes.addPerson(id, person, 'author', context.now(), trace);
  await tell(context, id, trace);
}

/**
 * Takes an author off a note, or leaves it; what they wrote stays theirs.
 * @throws AppError `not_signed_in`, `not_allowed`; `conflict` for the last one, and for a responsable where the authors follow the community.
 */
export async function removeAuthor(
  context: RelayContext,
  caller: Caller,
  id: NoteId,
  person: PersonId,
): Promise<void> {
  const by = requirePerson(caller).id;
  const { note } = await requireNote(context.catalogue, caller, id, canChangeAuthors);
  if (note.authorMode === 'community' && note.community !== null) {
    const community = await context.catalogue.communities.get(note.community);
    if (community?.responsables.includes(person) === true) throw followsCommunity();
  }
  const trace = traceOf(context, { by, act: 'note.role', subjectId: id, person, value: null }, [
    { people: [person], kind: 'author_removed', about: { subject: 'note', subjectId: id }, from: by },
  ]);
  if (!(await context.catalogue.notes.removeAuthor(id, person, trace)))
    throw new AppError('conflict', 'a note keeps one author');
  await tell(context, id, trace);
}

/** Takes off somebody who was invited to read or to comment; they may take off themselves. @throws AppError `not_signed_in`, `not_allowed`. */
export async function removeReader(
  context: RelayContext,
  caller: Caller,
  id: NoteId,
  person: PersonId,
): Promise<void> {
  const by = requirePerson(caller).id;
  await requireNote(context.catalogue, caller, id, by === person ? canReadNote : canRemoveReader);
  const trace = traceOf(context, { by, act: 'note.role', subjectId: id, person, value: null });
  await context.catalogue.notes.removeGuest(id, person, trace);
  await tell(context, id, trace);
}

/** Tells the other authors of a new one; not who made them one, who knows. */
export function newAuthor(note: NoteRecord, person: PersonId, by: PersonId | null): Telling {
  const people = note.authors.filter((author) => author !== by);
  return { people, kind: 'author_joined', about: { subject: 'note', subjectId: note.id }, from: person };
}

async function tell(context: RelayContext, id: NoteId, trace: Trace): Promise<void> {
  await context.documents.recheckAccess(id);
  context.events.emit({ type: 'note', id });
  context.events.emit({ type: 'lists' });
  pushNotices(context, trace);
}
