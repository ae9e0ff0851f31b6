import type { MessageId, PersonId, ReportId } from '#shared/domain/ids.ts';
import type { Report } from '#shared/domain/Report.ts';
import type { Trace } from './Trace.ts';

/** What was reported, and the messages that are hidden for it. Each change is one transaction with its trace. */
export interface ReportStore {
  add(report: Report, trace: Trace): Promise<void>;
  get(id: ReportId): Promise<Report | null>;
  /** Those that nobody settled first, then the newest. */
  list(limit: number): Promise<readonly Report[]>;
  /** Says what was done, or (null) opens it again. @returns false for an unknown one. */
  settle(id: ReportId, settled: Report['settled'], trace: Trace): Promise<boolean>;
  /** Hides a message, or (null) shows it again. @returns false when it is so already: nothing is written then. */
  hide(
    message: MessageId,
    hidden: { readonly by: PersonId; readonly at: number } | null,
    trace: Trace,
  ): Promise<boolean>;
  /** Those of `ids` that are hidden. */
  hiddenAmong(ids: readonly MessageId[]): Promise<ReadonlySet<MessageId>>;
}
