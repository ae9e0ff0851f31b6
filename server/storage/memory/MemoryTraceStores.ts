import type { PersonId } from '#shared/domain/ids.ts';
import type { AuditRecord, AuditStore, NoticeRecord, NoticeStore } from '../ports/Trace.ts';
import type { MemoryTables } from './MemoryTables.ts';

/** What people are told, in memory. */
export class MemoryNoticeStore implements NoticeStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async add(notices: readonly NoticeRecord[]): Promise<void> {
    this.#tables.notices.push(...notices);
  }

  async list(person: PersonId, limit: number): Promise<readonly NoticeRecord[]> {
    return this.#tables.notices
      .filter((notice) => notice.person === person)
      .toReversed()
      .slice(0, limit);
  }

  async messagesFrom(from: PersonId, since: number): Promise<number> {
    return this.#tables.notices.filter(
      (notice) => notice.kind === 'message' && notice.from === from && notice.at >= since,
    ).length;
  }

  async unreadCount(person: PersonId): Promise<number> {
    return this.#tables.notices.filter((notice) => notice.person === person && notice.readAt === null).length;
  }

  async markRead(person: PersonId, until: number, at: number): Promise<void> {
    this.#tables.notices = this.#tables.notices.map((notice) =>
      notice.person === person && notice.at <= until && notice.readAt === null
        ? { ...notice, readAt: at }
        : notice,
    );
  }
}

/** The register of changes of rights, in memory. */
export class MemoryAuditStore implements AuditStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async list(subjectId: AuditRecord['subjectId']): Promise<readonly AuditRecord[]> {
    return this.#tables.audit.filter((record) => record.subjectId === subjectId);
  }
}
