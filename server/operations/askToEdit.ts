import { AppError } from '#shared/api/errorCodes.ts';
import type { NoteId, NoticeId, PersonId } from '#shared/domain/ids.ts';
import {
  canAskToEdit,
  canContactAuthors,
  canDecideEditRequests,
  canReadNote,
} from '#shared/permissions/permissions.ts';
import { notAllowed, requireNote, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import { newAuthor } from './changeAuthors.ts';
import { pushNotices, traceOf } from './traceOf.ts';

const hourMs = 60 * 60 * 1_000;
const maxMessagesPerHour = 100;

/** Asks to become an author of a note that one can see; its authors are told. Asking twice is asking once. @throws AppError `not_signed_in`, `not_allowed`; `conflict` for an author. */
export async function askToEdit(
  context: RelayContext,
  caller: Caller,
  id: NoteId,
  text: string | null,
): Promise<void> {
  const person = requirePerson(caller).id;
  const { note, role } = await requireNote(context.catalogue, caller, id, canReadNote);
  if (!canAskToEdit(role)) throw new AppError('conflict', 'they are an author');
  const about = { subject: 'note', subjectId: id } as const;
  const trace = traceOf(context, { by: person, act: 'note.asked', subjectId: id, person, value: null }, [
    { people: note.authors, kind: 'edit_asked', about, from: person, text },
  ]);
  if (!(await context.catalogue.requests.ask(about, { person, text, at: context.now() }, trace))) return;
  context.events.emit({ type: 'note', id });
  pushNotices(context, trace);
}

/**
 * Makes somebody who asked an author, or not. They are told the answer, not who gave it.
 * Where the authors are the responsables of a community, they become one beside them.
 * @throws AppError `not_signed_in`, `not_allowed`; `conflict` when they do not ask (any more).
 */
export async function decideEditRequest(
  context: RelayContext,
  caller: Caller,
  id: NoteId,
  person: PersonId,
  approved: boolean,
): Promise<void> {
  const by = requirePerson(caller).id;
  const { note } = await requireNote(context.catalogue, caller, id, canDecideEditRequests);
  const about = { subject: 'note', subjectId: id } as const;
  const trace = traceOf(
    context,
    {
      by,
      act: approved ? 'note.role' : 'note.refused',
      subjectId: id,
      person,
      value: approved ? 'author' : null,
    },
    [
      { people: [person], kind: approved ? 'edit_approved' : 'edit_refused', about, from: null },
      ...(approved ? [newAuthor(note, person, by)] : []),
    ],
  );
  if (!(await context.catalogue.requests.settle(about, person, approved, context.now(), trace)))
    throw new AppError('conflict', 'nobody of that name asks');
  await context.documents.recheckAccess(id);
  context.events.emit({ type: 'note', id });
  context.events.emit({ type: 'lists' });
  pushNotices(context, trace);
}

/** Writes to the authors of a note. @throws AppError `not_signed_in`, `not_allowed`; `too_many_requests` beyond a hundred an hour, counted by who gets them. */
export async function contactAuthors(
  context: RelayContext,
  caller: Caller,
  id: NoteId,
  text: string,
): Promise<void> {
  const from = requirePerson(caller).id;
  const { note } = await requireNote(context.catalogue, caller, id, canContactAuthors);
  await sendMessage(context, from, note.authors, id, text);
}

/** Answers somebody who wrote about a note. @throws AppError `not_signed_in`; `not_allowed` for what is no message to the caller; `too_many_requests`. */
export async function answerMessage(
  context: RelayContext,
  caller: Caller,
  id: NoticeId,
  text: string,
): Promise<void> {
  const from = requirePerson(caller).id;
  const notice = await context.catalogue.notices.get(id);
  if (
    notice?.person !== from ||
    notice.kind !== 'message' ||
    notice.subject !== 'note' ||
    notice.from === null
  )
    throw notAllowed();
  await sendMessage(context, from, [notice.from], notice.subjectId, text);
}

async function sendMessage(
  context: RelayContext,
  from: PersonId,
  people: readonly PersonId[],
  note: NoteId,
  text: string,
): Promise<void> {
  const { notices } = context.catalogue;
  if ((await notices.messagesFrom(from, context.now() - hourMs)) >= maxMessagesPerHour)
    throw new AppError('too_many_requests', 'too many messages within an hour');
  const about = { subject: 'note', subjectId: note } as const;
  const trace = traceOf(context, [], [{ people, kind: 'message', about, from, text }]);
  await notices.add(trace.notices);
  pushNotices(context, trace);
}
