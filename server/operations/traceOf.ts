import type { CarnetId, NoticeId, PersonId } from '#shared/domain/ids.ts';
import type { NoticeKind, NoticeSubject } from '#shared/domain/Notice.ts';
import type { RegisterAct, RegisterEntry, RegisterLine } from '#shared/domain/Register.ts';

import { actingFrom } from '../acting.ts';
import type { RelayContext } from '../RelayContext.ts';
import { newId } from '../secrets.ts';
import type { NoticeRecord, Trace } from '../storage/ports/Trace.ts';

/** What people are told, before it has a place in their inbox. */
export interface Telling {
  readonly people: readonly PersonId[];
  readonly kind: NoticeKind;
  readonly about: NoticeSubject;
  /** Null where it is not told who decided. */
  readonly from: PersonId | null;
  readonly text?: string | null;
  /** The carnet that a note was integrated in. */
  readonly within?: CarnetId;
}

/** A line of the register as it is kept: with its moment, and from where it came. */
export function entryOf({ now }: Pick<RelayContext, 'now'>, line: RegisterLine): RegisterEntry {
  const { session, device } = actingFrom();
  // What nobody known does is of no session, even where somebody is signed in.
  return { ...line, at: now(), session: line.by === null ? null : session, device };
}

/** Keeps an act that changes nothing else in the catalogue. What is not given is of nobody and nothing. */
export function record(
  context: Pick<RelayContext, 'now' | 'catalogue'>,
  act: RegisterAct,
  line: Partial<RegisterLine> = {},
): Promise<void> {
  const none = { by: null, subjectId: null, person: null, value: null };
  return context.catalogue.register.add(entryOf(context, { ...none, ...line, act }));
}

/** What goes with a change of rights, in its transaction: its line in the register, and who is told. Nobody is told what they did themselves. */
export function traceOf(
  { now }: Pick<RelayContext, 'now'>,
  audit: RegisterLine | readonly RegisterLine[],
  tellings: readonly Telling[] = [],
): Trace {
  const at = now();
  return {
    audit: [audit].flat().map((line) => ({ ...entryOf({ now }, line), at })),
    notices: tellings.flatMap(({ people, kind, about, from, text = null, within = null }) =>
      [...new Set(people)]
        .filter((person) => person !== from)
        .map((person): NoticeRecord => ({
          ...about,
          id: newId<NoticeId>(),
          person,
          kind,
          within,
          from,
          text,
          at,
          readAt: null,
          count: 1,
        })),
    ),
  };
}

/** Pushes what was told to those who are looking. */
export function pushNotices(
  { events }: Pick<RelayContext, 'events'>,
  { notices }: Pick<Trace, 'notices'>,
): void {
  for (const id of new Set(notices.map((notice) => notice.person))) events.emit({ type: 'notices', id });
}
