import type { CarnetId, NoteId, NoticeId, PersonId } from '#shared/domain/ids.ts';
import { defaultNoticeSettings, type NoticeSettings } from '#shared/domain/NoticeSettings.ts';
import type { NoticeSettingsStore, NoticeStore } from '../ports/NoticeStore.ts';
import type { NoticeRecord } from '../ports/Trace.ts';
import type { MemoryTables } from './MemoryTables.ts';

/** What people are told, in memory. */
export class MemoryNoticeStore implements NoticeStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async add(notices: readonly NoticeRecord[]): Promise<void> {
    this.#tables.tell(notices);
  }

  async get(id: NoticeId): Promise<NoticeRecord | null> {
    return this.#tables.notices.find((notice) => notice.id === id) ?? null;
  }

  async list(person: PersonId, limit: number, before?: NoticeId): Promise<readonly NoticeRecord[]> {
    const all = this.#of(person);
    const end = before === undefined ? all.length : all.findIndex(({ id }) => id === before);
    return all.slice(0, Math.max(0, end)).toReversed().slice(0, limit);
  }

  async sentBy(from: PersonId): Promise<readonly NoticeRecord[]> {
    return this.#tables.notices.filter((notice) => notice.kind === 'message' && notice.from === from);
  }

  async messagesFrom(from: PersonId, since: number): Promise<number> {
    return this.#tables.notices.filter(
      (notice) => notice.kind === 'message' && notice.from === from && notice.at >= since,
    ).length;
  }

  async unreadCount(person: PersonId): Promise<number> {
    return this.#unread(person).length;
  }

  async knowsOfChange(person: PersonId, note: NoteId, carnet: CarnetId): Promise<boolean> {
    return this.#unread(person).some(
      (one) => one.kind === 'changed' && one.subjectId === note && one.within === carnet,
    );
  }

  async markRead(person: PersonId, until: number, at: number): Promise<void> {
    this.#tables.notices = this.#tables.notices.map((notice) =>
      notice.person === person && notice.at <= until && notice.readAt === null
        ? { ...notice, readAt: at }
        : notice,
    );
  }

  async thin(readBefore: number, maxUnread: number): Promise<number> {
    const people = new Set(this.#tables.notices.map((notice) => notice.person));
    const beyond = new Set([...people].flatMap((person) => this.#unread(person).slice(0, -maxUnread)));
    const kept = this.#tables.notices.filter(
      (notice) => (notice.readAt === null || notice.readAt >= readBefore) && !beyond.has(notice),
    );
    const count = this.#tables.notices.length - kept.length;
    this.#tables.notices = kept;
    return count;
  }

  async peopleToWriteTo(since: number): Promise<readonly PersonId[]> {
    const people = new Set(this.#tables.notices.map((notice) => notice.person));
    return [...people].filter((person) => this.#waiting(person, since).length > 0);
  }

  async notInLetters(person: PersonId, since: number): Promise<readonly NoticeRecord[]> {
    return this.#waiting(person, since);
  }

  async markInLetter(ids: readonly NoticeId[], at: number | null): Promise<readonly NoticeId[]> {
    const { inLetters } = this.#tables;
    const changed = ids.filter((id) => inLetters.has(id) === (at === null));
    for (const id of changed)
      if (at === null) inLetters.delete(id);
      else inLetters.add(id);
    return changed;
  }

  #of(person: PersonId): NoticeRecord[] {
    return this.#tables.notices.filter((notice) => notice.person === person);
  }

  #unread(person: PersonId): NoticeRecord[] {
    return this.#of(person).filter((notice) => notice.readAt === null);
  }

  #waiting(person: PersonId, since: number): NoticeRecord[] {
    return this.#unread(person).filter(
      (notice) => notice.at >= since && !this.#tables.inLetters.has(notice.id),
    );
  }
}

/** What people chose about notices, in memory. */
export class MemoryNoticeSettingsStore implements NoticeSettingsStore {
  readonly #tables: MemoryTables;
  readonly #digests = new Map<PersonId, number>();

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async get(person: PersonId): Promise<NoticeSettings> {
    return this.#tables.noticeSettings.get(person) ?? defaultNoticeSettings;
  }

  async save(person: PersonId, settings: NoticeSettings): Promise<void> {
    this.#tables.noticeSettings.set(person, settings);
  }

  async takeDigest(person: PersonId, moment: number): Promise<boolean> {
    if ((this.#digests.get(person) ?? -1) >= moment) return false;
    this.#digests.set(person, moment);
    return true;
  }

  async giveDigestBack(person: PersonId, moment: number): Promise<void> {
    if (this.#digests.get(person) === moment) this.#digests.delete(person);
  }
}
