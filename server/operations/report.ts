import { AppError } from '#shared/api/errorCodes.ts';
import type { CollectionRef } from '#shared/domain/Collection.ts';
import type { MessageId, NoteId, PersonId, ReportId, ThreadId } from '#shared/domain/ids.ts';
import type { NoticeSubject } from '#shared/domain/Notice.ts';
import type { Report, ReportOutcome, ReportSubject } from '#shared/domain/Report.ts';
import {
  canDiscussNote,
  canReadCollection,
  canReadNote,
  canSeePublicCommunity,
  communityRole,
} from '#shared/permissions/permissions.ts';
import {
  notAllowed,
  requireAdministrator,
  requireCollection,
  requireNote,
  requirePerson,
} from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import { newId } from '../secrets.ts';
import { pushNotices, traceOf } from './traceOf.ts';

const hourMs = 60 * 60 * 1_000;
/** Reports of one person, and of one page by whoever is not signed in. */
const maxPerHour = 10;
/** Reports of pages, whoever makes them: what comes beyond is a program. */
const maxOfAllPerHour = 100;

async function countReport({ catalogue, now }: RelayContext, key: string, max: number): Promise<void> {
  if ((await catalogue.attempts.add(`report ${key}`, now(), hourMs)) > max)
    throw new AppError('too_many_requests', 'too many reports within an hour');
}

const subjectOf = (about: ReportSubject): NoticeSubject =>
  about.subject === 'message' ? { subject: 'note', subjectId: about.note } : about;

async function keep(
  context: RelayContext,
  about: ReportSubject,
  by: PersonId | null,
  reason: string,
): Promise<void> {
  const { catalogue } = context;
  const administrators = (await catalogue.persons.list()).filter((one) => one.role === 'administrator');
  const subject = subjectOf(about);
  const trace = traceOf(
    context,
    { by, act: `report.${about.subject}`, subjectId: subject.subjectId, person: null, value: null },
    [{ people: administrators.map(({ id }) => id), kind: 'reported', about: subject, from: null }],
  );
  const report: Report = { id: newId<ReportId>(), about, by, reason, at: context.now(), settled: null };
  await catalogue.reports.add(report, trace);
  pushNotices(context, trace);
}

/** Where a message is. */
export interface MessagePlace {
  readonly note: NoteId;
  readonly thread: ThreadId;
  readonly message: MessageId;
}

/** Tells the administrators of what somebody else said in a discussion; they will read it. @throws AppError `not_signed_in`, `not_allowed`; `too_many_requests`. */
export async function reportMessage(
  context: RelayContext,
  caller: Caller,
  { note, thread: threadId, message: id }: MessagePlace,
  reason: string,
): Promise<void> {
  const by = requirePerson(caller).id;
  await requireNote(context.catalogue, caller, note, canDiscussNote);
  const thread = await context.catalogue.threads.get(threadId);
  const message = thread?.note === note ? thread.messages.find((one) => one.id === id) : undefined;
  if (message === undefined || message.deletedAt !== null || message.by === by) throw notAllowed();
  await countReport(context, by, maxPerHour);
  await keep(context, { subject: 'message', subjectId: id, note, thread: threadId }, by, reason);
}

/** Whether everybody may read it: what is not for everybody is reported by nobody from outside, as what is not there. */
export async function isForEverybody(
  { catalogue }: RelayContext,
  about: Exclude<ReportSubject, { subject: 'message' }>,
): Promise<boolean> {
  try {
    if (about.subject === 'note') await requireNote(catalogue, null, about.subjectId, canReadNote);
    else if (about.subject === 'community') {
      const community = await catalogue.communities.get(about.subjectId);
      if (community === null) return false;
      return canSeePublicCommunity(communityRole(null, community.id, community.isPublic));
    } else {
      const ref = { kind: about.subject, id: about.subjectId } as CollectionRef;
      await requireCollection(catalogue, null, ref, canReadCollection);
    }
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_allowed') return false;
    throw error;
  }
}

/** Tells the administrators of a page that everybody may read. @throws AppError `not_allowed`; `too_many_requests`. */
export async function reportPage(
  context: RelayContext,
  about: Exclude<ReportSubject, { subject: 'message' }>,
  reason: string,
): Promise<void> {
  if (!(await isForEverybody(context, about))) throw notAllowed();
  await countReport(context, `of ${about.subjectId}`, maxPerHour);
  await countReport(context, 'of all', maxOfAllPerHour);
  await keep(context, about, null, reason);
}

/** Says what was done, or opens it again; hides what was said, or shows it again, and tells who said it. @throws AppError `not_signed_in`, `not_allowed`; `conflict` for hiding what is no message. */
export async function changeReport(
  context: RelayContext,
  caller: Caller,
  id: ReportId,
  change: {
    readonly settled?: { readonly outcome: ReportOutcome; readonly words: string } | null | undefined;
    readonly hidden?: boolean | undefined;
  },
): Promise<void> {
  const { catalogue, events, now } = context;
  const by = requireAdministrator(caller).id;
  const report = await catalogue.reports.get(id);
  if (report === null) throw notAllowed();
  const { about } = report;
  const { subjectId } = subjectOf(about);
  if (change.hidden !== undefined) {
    if (about.subject !== 'message') throw new AppError('conflict', 'only messages are hidden');
    const thread = await catalogue.threads.get(about.thread);
    const author = thread?.messages.find((one) => one.id === about.subjectId)?.by ?? null;
    const trace = traceOf(
      context,
      {
        by,
        act: change.hidden ? 'thread.hidden' : 'thread.shown',
        subjectId,
        person: author,
        value: about.subjectId,
      },
      [
        {
          people: author === null ? [] : [author],
          kind: change.hidden ? 'message_hidden' : 'message_shown',
          about: { subject: 'note', subjectId: about.note },
          from: null,
        },
      ],
    );
    if (await catalogue.reports.hide(about.subjectId, change.hidden ? { by, at: now() } : null, trace)) {
      events.emit({ type: 'threads', id: about.note });
      pushNotices(context, trace);
    }
  }
  if (change.settled !== undefined) {
    const settled = change.settled === null ? null : { by, at: now(), ...change.settled };
    const trace = traceOf(context, {
      by,
      act: settled === null ? 'report.opened' : 'report.settled',
      subjectId,
      person: null,
      value: settled?.outcome ?? null,
    });
    await catalogue.reports.settle(id, settled, trace);
  }
}
