import type { MessageId, PersonId, ReportId } from '#shared/domain/ids.ts';
import type { Report } from '#shared/domain/Report.ts';
import type { ReportStore } from '../ports/ReportStore.ts';
import type { Trace } from '../ports/Trace.ts';
import type { MemoryTables } from './MemoryTables.ts';

/** Reports, in memory. */
export class MemoryReportStore implements ReportStore {
  readonly #tables: MemoryTables;
  readonly #hidden = new Set<MessageId>();

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async add(report: Report, trace: Trace): Promise<void> {
    this.#tables.reports.set(report.id, report);
    this.#tables.write(trace);
  }

  async get(id: ReportId): Promise<Report | null> {
    return this.#tables.reports.get(id) ?? null;
  }

  async list(limit: number): Promise<readonly Report[]> {
    return [...this.#tables.reports.values()]
      .toReversed()
      .toSorted((a, b) => Number(a.settled !== null) - Number(b.settled !== null))
      .slice(0, limit);
  }

  async settle(id: ReportId, settled: Report['settled'], trace: Trace): Promise<boolean> {
    const report = this.#tables.reports.get(id);
    if (report === undefined) return false;
    this.#tables.reports.set(id, { ...report, settled });
    this.#tables.write(trace);
    return true;
  }

  async hide(
    message: MessageId,
    hidden: { readonly by: PersonId; readonly at: number } | null,
    trace: Trace,
  ): Promise<boolean> {
    if (this.#hidden.has(message) === (hidden !== null)) return false;
    if (hidden === null) this.#hidden.delete(message);
    else this.#hidden.add(message);
    this.#tables.write(trace);
    return true;
  }

  async hiddenAmong(ids: readonly MessageId[]): Promise<ReadonlySet<MessageId>> {
    return new Set(ids.filter((id) => this.#hidden.has(id)));
  }
}
