import type { PersonId } from '#shared/domain/ids.ts';
import { departed } from '../departed.ts';
import type { Leaving, LeavingStore } from '../ports/LeavingStore.ts';
import type { MemoryTables } from './MemoryTables.ts';

/** Who is leaving, in memory. */
export class MemoryLeavingStore implements LeavingStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async ask(person: PersonId, leaving: Leaving): Promise<void> {
    this.#tables.leaving.set(person, leaving);
  }

  async get(person: PersonId): Promise<Leaving | null> {
    return this.#tables.leaving.get(person) ?? null;
  }

  async cancel(person: PersonId): Promise<boolean> {
    return this.#tables.leaving.delete(person);
  }

  async due(now: number): Promise<readonly PersonId[]> {
    return [...this.#tables.leaving]
      .filter(([, { dueAt }]) => dueAt <= now)
      .sort(([, a], [, b]) => a.dueAt - b.dueAt)
      .map(([person]) => person);
  }

  async depart(id: PersonId): Promise<void> {
    const tables = this.#tables;
    tables.notices = tables.notices.filter((notice) => notice.person !== id);
    tables.noticeSettings.delete(id);
    tables.profiles.delete(id);
    tables.readMarks.delete(id);
    for (const waiting of tables.requests.values()) waiting.delete(id);
    for (const [invitation, { createdBy }] of tables.invitations)
      if (createdBy === id) tables.invitations.delete(invitation);
    const without = (people: readonly PersonId[]) => people.filter((one) => one !== id);
    for (const [note, record] of tables.notes)
      tables.notes.set(note, {
        ...record,
        readers: without(record.readers),
        commenters: without(record.commenters),
      });
    for (const [carnet, record] of tables.collections)
      tables.collections.set(carnet, {
        ...record,
        contributors: without(record.contributors),
        readers: without(record.readers),
      });
    tables.leaving.delete(id);
    const person = tables.persons.get(id);
    if (person !== undefined) tables.persons.set(id, { ...person, ...departed });
  }
}
