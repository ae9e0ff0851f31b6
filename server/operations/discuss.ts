import { AppError } from '#shared/api/errorCodes.ts';
import type { MessageId, NoteId, PersonId, ThreadId } from '#shared/domain/ids.ts';
import type { ThreadAnchor, ThreadMessage } from '#shared/domain/Thread.ts';
import {
  canAnnounce,
  canDiscussNote,
  canResolveThreads,
  communityRole,
  type NoteRole,
} from '#shared/permissions/permissions.ts';
import { notAllowed, requireNote, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { CommunityRecord } from '../storage/ports/CommunityStore.ts';
import type { NoteRecord } from '../storage/ports/NoteStore.ts';
import type { MessageText, ThreadRecord } from '../storage/ports/ThreadStore.ts';
import type { Trace } from '../storage/ports/Trace.ts';
import { mentionable, whoMayDiscuss } from '../whoMayDiscuss.ts';
import { pushNotices, type Telling, traceOf } from './traceOf.ts';

const hourMs = 60 * 60 * 1_000;
const maxMessagesPerHour = 300;

/** A message as who writes it sends it. */
export type NewMessage = MessageText & {
  readonly id: MessageId;
  /** When it was written, by the clock of their device; null, or left out: now. */
  readonly writtenAt?: number | null;
};

interface Discussion {
  readonly person: NonNullable<Caller>;
  readonly note: NoteRecord;
  readonly role: NoteRole;
}

async function enter({ catalogue }: RelayContext, caller: Caller, note: NoteId): Promise<Discussion> {
  const person = requirePerson(caller);
  return { person, ...(await requireNote(catalogue, caller, note, canDiscussNote)) };
}

/** A thread of this note; one of another note is as unknown as none. */
async function threadOf({ catalogue }: RelayContext, note: NoteId, id: ThreadId): Promise<ThreadRecord> {
  const thread = await catalogue.threads.get(id);
  if (thread === null || thread.note !== note) throw notAllowed();
  return thread;
}

/** The caller's own words: whose they are not, for them there is no such message. */
function ownMessage({ messages }: ThreadRecord, id: MessageId, person: PersonId): ThreadMessage {
  const message = messages.find((one) => one.id === id);
  if (message === undefined || message.by !== person) throw notAllowed();
  return message;
}

async function allowedMentions(
  context: RelayContext,
  discussion: Discussion,
  mentions: readonly PersonId[],
): Promise<PersonId[]> {
  if (mentions.length === 0) return [];
  const known = await mentionable(context, discussion.person, discussion);
  return known.map(({ id }) => id).filter((id) => mentions.includes(id));
}

async function refuseHaste({ catalogue, now }: RelayContext, person: PersonId): Promise<void> {
  if ((await catalogue.threads.messagesBy(person, now() - hourMs)) >= maxMessagesPerHour)
    throw new AppError('too_many_requests', 'too many messages within an hour');
}

/** Who is told of a message, once each: those named in it; the authors and who took part; the others to whom it is announced. None of it is told to who may not read the note (any more), and none of its words, which may be taken back. */
async function tellingsOf(
  context: RelayContext,
  { person, note }: Discussion,
  mentions: readonly PersonId[],
  involved: readonly (PersonId | null)[],
  announcement: readonly PersonId[] = [],
): Promise<Telling[]> {
  const rest = involved.filter((id): id is PersonId => id !== null && !mentions.includes(id));
  const others = announcement.filter((id) => !mentions.includes(id) && !rest.includes(id));
  const allowed = new Set((await whoMayDiscuss(context, note, [...rest, ...others])).map(({ id }) => id));
  const common = { about: { subject: 'note', subjectId: note.id }, from: person.id } as const;
  return [
    { ...common, people: mentions, kind: 'mentioned' },
    { ...common, people: rest.filter((id) => allowed.has(id)), kind: 'discussed' },
    { ...common, people: others.filter((id) => allowed.has(id)), kind: 'announced' },
  ];
}

/** The linked community, for who may tell its people of a discussion of this note; null where none of them could read it. */
export async function announcedTo(
  { catalogue }: Pick<RelayContext, 'catalogue'>,
  caller: Caller,
  { community, visibility }: NoteRecord,
): Promise<CommunityRecord | null> {
  if (community === null || visibility === 'authors') return null;
  return canAnnounce(communityRole(caller, community)) ? catalogue.communities.get(community) : null;
}

function tell(context: RelayContext, { id, community }: NoteRecord, trace: Trace): void {
  context.events.emit({ type: 'threads', id });
  // Its page lists the discussions of its notes.
  if (community !== null) context.events.emit({ type: 'community', id: community });
  pushNotices(context, trace);
}

/** A shorter wait is no time without a network. */
const waitedMs = 60_000;

/** When a message was written that waited on a device. Its clock is not to be trusted: never after it came, nor before what it is said in. */
function writtenAt(said: number | null | undefined, at: number, notBefore: number): number | null {
  if (said === null || said === undefined || at - said < waitedMs) return null;
  return Math.max(said, Math.min(notBefore, at));
}

interface Said {
  readonly thread: ThreadId;
  readonly by: PersonId;
  /** When it came. */
  readonly at: number;
  /** When what it is said in began. */
  readonly notBefore: number;
  readonly mentions: readonly PersonId[];
}

const messageAt = (
  { id, text, writtenAt: said }: NewMessage,
  { thread, by, at, notBefore, mentions }: Said,
): ThreadMessage => ({
  id,
  thread,
  by,
  text,
  mentions,
  createdAt: at,
  writtenAt: writtenAt(said, at, notBefore),
  editedAt: null,
  deletedAt: null,
});

/**
 * Begins a thread about a note, or about a passage of it, and announces it to the linked community if that is asked. Sent again under the same ids it is begun once.
 * @throws AppError `not_signed_in`, `not_allowed` (for ids that are taken alike); `too_many_requests` beyond 300 messages an hour.
 */
export async function startThread(
  context: RelayContext,
  caller: Caller,
  note: NoteId,
  start: {
    readonly id: ThreadId;
    readonly message: NewMessage;
    readonly anchor: ThreadAnchor | null;
    readonly announce: boolean;
  },
): Promise<void> {
  const discussion = await enter(context, caller, note);
  const by = discussion.person.id;
  const { threads } = context.catalogue;
  const isBegun = async (): Promise<boolean> => {
    const thread = await threads.get(start.id);
    return thread?.by === by && thread.note === note && thread.messages[0]?.id === start.message.id;
  };
  if (await isBegun()) return;
  await refuseHaste(context, by);
  const at = context.now();
  const mentions = await allowedMentions(context, discussion, start.message.mentions);
  const community = start.announce ? await announcedTo(context, caller, discussion.note) : null;
  const trace = traceOf(
    context,
    { by, act: 'thread.started', subjectId: note, person: null, value: start.id },
    await tellingsOf(
      context,
      discussion,
      mentions,
      discussion.note.authors,
      community === null ? [] : [...community.responsables, ...community.members],
    ),
  );
  const thread = {
    id: start.id,
    note,
    by,
    createdAt: at,
    anchor: start.anchor,
    resolvedAt: null,
    resolvedBy: null,
  };
  const message = messageAt(start.message, {
    thread: start.id,
    by,
    at,
    notBefore: discussion.note.createdAt,
    mentions,
  });
  if (await threads.start(thread, message, trace)) return tell(context, discussion.note, trace);
  // Another request with the same ids was faster; or the ids are somebody else's.
  if (!(await isBegun())) throw notAllowed();
}

/** Answers in a thread. Sent again under the same id it is said once. @throws AppError as `startThread`. */
export async function replyInThread(
  context: RelayContext,
  caller: Caller,
  note: NoteId,
  id: ThreadId,
  reply: NewMessage,
): Promise<void> {
  const discussion = await enter(context, caller, note);
  const by = discussion.person.id;
  const thread = await threadOf(context, note, id);
  const isSaid = ({ messages }: ThreadRecord): boolean =>
    messages.some((one) => one.id === reply.id && one.by === by);
  if (isSaid(thread)) return;
  await refuseHaste(context, by);
  const mentions = await allowedMentions(context, discussion, reply.mentions);
  const involved = [...discussion.note.authors, thread.by, ...thread.messages.map((one) => one.by)];
  const trace = traceOf(context, [], await tellingsOf(context, discussion, mentions, involved));
  const [first] = thread.messages;
  const notBefore = first?.writtenAt ?? thread.createdAt;
  const message = messageAt(reply, { thread: id, by, at: context.now(), notBefore, mentions });
  if (await context.catalogue.threads.reply(message, trace)) return tell(context, discussion.note, trace);
  if (!isSaid(await threadOf(context, note, id))) throw notAllowed();
}

/** Says one's own message anew; who is named for the first time is told. @throws AppError `not_signed_in`; `not_allowed` for another's words alike; `conflict` for one that was taken back. */
export async function editMessage(
  context: RelayContext,
  caller: Caller,
  note: NoteId,
  { thread, message }: { readonly thread: ThreadId; readonly message: MessageId },
  words: MessageText,
): Promise<void> {
  const discussion = await enter(context, caller, note);
  const by = discussion.person.id;
  const before = ownMessage(await threadOf(context, note, thread), message, by);
  if (before.deletedAt !== null) throw new AppError('conflict', 'the message was taken back');
  const mentions = await allowedMentions(context, discussion, words.mentions);
  const named = mentions.filter((id) => !before.mentions.includes(id));
  const trace = traceOf(context, [], await tellingsOf(context, discussion, named, []));
  if (await context.catalogue.threads.edit(message, { text: words.text, mentions }, context.now(), trace))
    tell(context, discussion.note, trace);
}

/** Takes one's own message back: its words are gone for good. Twice is once. @throws AppError `not_signed_in`; `not_allowed` for another's words alike. */
export async function retractMessage(
  context: RelayContext,
  caller: Caller,
  note: NoteId,
  { thread, message }: { readonly thread: ThreadId; readonly message: MessageId },
): Promise<void> {
  const discussion = await enter(context, caller, note);
  const { person } = discussion;
  ownMessage(await threadOf(context, note, thread), message, person.id);
  const trace = traceOf(context, {
    by: person.id,
    act: 'thread.retracted',
    subjectId: note,
    person: null,
    value: message,
  });
  if (await context.catalogue.threads.retract(message, context.now(), trace))
    tell(context, discussion.note, trace);
}

/** Closes a thread or opens it again: who began it, and the authors. @throws AppError `not_signed_in`, `not_allowed`. */
export async function resolveThread(
  context: RelayContext,
  caller: Caller,
  note: NoteId,
  id: ThreadId,
  resolved: boolean,
): Promise<void> {
  const discussion = await enter(context, caller, note);
  const { person, role } = discussion;
  const thread = await threadOf(context, note, id);
  if (thread.by !== person.id && !canResolveThreads(role)) throw notAllowed();
  const act = resolved ? 'thread.resolved' : 'thread.reopened';
  const trace = traceOf(context, { by: person.id, act, subjectId: note, person: null, value: id });
  const state = resolved ? { by: person.id, at: context.now() } : null;
  if (await context.catalogue.threads.resolve(id, state, trace)) tell(context, discussion.note, trace);
}
