import type {
  BaseId,
  CarnetId,
  CommunityId,
  MessageId,
  NoteId,
  PersonId,
  ReportId,
  ThreadId,
} from './ids.ts';

/** What was reported: a page that everybody may read, or what somebody said in a discussion. */
export type ReportSubject =
  | { readonly subject: 'note'; readonly subjectId: NoteId }
  | { readonly subject: 'carnet'; readonly subjectId: CarnetId }
  | { readonly subject: 'base'; readonly subjectId: BaseId }
  | { readonly subject: 'community'; readonly subjectId: CommunityId }
  | {
      readonly subject: 'message';
      readonly subjectId: MessageId;
      readonly note: NoteId;
      readonly thread: ThreadId;
    };

/** What was done: nothing was needed, or something was. */
export const reportOutcomes = ['nothing', 'done'] as const;
export type ReportOutcome = (typeof reportOutcomes)[number];

/** Most letters of what somebody says with a report, and of what was done. */
export const maxReportLength = 2_000;

/** Somebody says that something should not be here. Times are Unix milliseconds. */
export interface Report {
  readonly id: ReportId;
  readonly about: ReportSubject;
  /** Null for who was not signed in. */
  readonly by: PersonId | null;
  readonly reason: string;
  readonly at: number;
  /** Null while nobody looked at it. */
  readonly settled: {
    readonly by: PersonId | null;
    readonly at: number;
    readonly outcome: ReportOutcome;
    readonly words: string;
  } | null;
}
