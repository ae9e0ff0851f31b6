import type { CommunityId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { Trace } from './Trace.ts';

/** What somebody asks for: to be a member of a community, or an author of a note. */
export type RequestSubject =
  | { readonly subject: 'community'; readonly subjectId: CommunityId }
  | { readonly subject: 'note'; readonly subjectId: NoteId };

/** Someone who asks to be let in, until it is answered. */
export interface AccessRequest {
  readonly person: PersonId;
  /** What they say with it, up to 2,000 characters. */
  readonly text: string | null;
  /** Unix milliseconds. */
  readonly at: number;
}

/** Who asks for what, and waits for an answer. */
export interface RequestStore {
  /** @returns false for who asks already: nothing is written then. */
  ask(subject: RequestSubject, request: AccessRequest, trace: Trace): Promise<boolean>;
  /** Who waits for an answer, oldest first. */
  list(subjectId: RequestSubject['subjectId']): Promise<readonly AccessRequest[]>;
  /**
   * Answers, in one transaction with its trace: who is approved becomes a member, or an author by name.
   * @returns false when they do not ask (any more), as when two people answer at once: nothing is written then.
   */
  settle(
    subject: RequestSubject,
    person: PersonId,
    approved: boolean,
    at: number,
    trace: Trace,
  ): Promise<boolean>;
}
