import type { ThreadLine } from '#shared/api/threads.ts';
import type { NoteId, PersonId, ThreadId } from '#shared/domain/ids.ts';
import { canDiscussNote, canResolveThreads } from '#shared/permissions/permissions.ts';
import { notAllowed, requireNote } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import { presentPeople } from './presentPeople.ts';

/** The discussion of a note. A thread of which every word was taken back is not shown, nor the words that it quoted. @throws AppError `not_allowed`. */
export async function presentThreads(
  { catalogue }: RelayContext,
  caller: Caller,
  id: NoteId,
): Promise<ThreadLine[]> {
  const { role } = await requireNote(catalogue, caller, id, canDiscussNote);
  const threads = (await catalogue.threads.ofNote(id)).filter(({ messages }) =>
    messages.some((message) => message.deletedAt === null),
  );
  const hidden = await catalogue.reports.hiddenAmong(
    threads.flatMap(({ messages }) => messages.map((message) => message.id)),
  );
  const people = await catalogue.persons.getMany(
    threads.flatMap(({ resolvedBy, messages }) => [
      ...(resolvedBy === null ? [] : [resolvedBy]),
      ...messages.flatMap(({ by, mentions }) => [...(by === null ? [] : [by]), ...mentions]),
    ]),
  );
  const one = (person: PersonId | null) => presentPeople(person === null ? [] : [person], people)[0] ?? null;
  return threads.map(({ id: thread, by, createdAt, anchor, resolvedAt, resolvedBy, messages }) => ({
    id: thread,
    createdAt,
    anchor,
    resolvedAt,
    resolvedBy: one(resolvedBy),
    mayResolve: by === caller?.id || canResolveThreads(role),
    messages: messages.map(({ thread: _, by: author, mentions, ...message }) => {
      const isHidden = hidden.has(message.id);
      const isShown = !isHidden || (author !== null && author === caller?.id);
      return {
        ...message,
        by: one(author),
        text: isShown ? message.text : '',
        mentions: isShown ? presentPeople(mentions, people) : [],
        isHidden,
      };
    }),
  }));
}

/** One thread of it. @throws AppError `not_allowed`. */
export async function presentThread(
  context: RelayContext,
  caller: Caller,
  note: NoteId,
  id: ThreadId,
): Promise<ThreadLine> {
  const thread = (await presentThreads(context, caller, note)).find((one) => one.id === id);
  if (thread === undefined) throw notAllowed();
  return thread;
}
