import type { PersonId } from '#shared/domain/ids.ts';
import type { RegisterEntry } from '#shared/domain/Register.ts';
import type { NumberedEntry, Register, RegisterQuery } from '../ports/Register.ts';
import type { MemoryTables } from './MemoryTables.ts';

/** The register in memory. */
export class MemoryRegister implements Register {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async add(entry: RegisterEntry): Promise<void> {
    this.#tables.register.push({ ...entry });
  }

  async about(subjectId: string): Promise<readonly RegisterEntry[]> {
    return this.#tables.register.filter((entry) => entry.subjectId === subjectId);
  }

  async of(person: PersonId): Promise<readonly RegisterEntry[]> {
    return this.#tables.register.filter((entry) => this.#isAbout(entry, person));
  }

  #isAbout({ by, person }: RegisterEntry, asked: PersonId): boolean {
    const { identities } = this.#tables;
    return [by, person].some((id) => id !== null && (identities.get(id) ?? id) === asked);
  }

  async page(query: RegisterQuery, before: number | null, limit: number): Promise<readonly NumberedEntry[]> {
    const { person, act, kind, from = 0, until = Infinity } = query;
    return this.#tables.register
      .map((entry, place) => ({ ...entry, number: place + 1 }))
      .filter(
        (entry) =>
          (person === undefined || this.#isAbout(entry, person)) &&
          (act === undefined || entry.act === act) &&
          (kind === undefined || entry.act.startsWith(`${kind}.`)) &&
          entry.at >= from &&
          entry.at < until &&
          entry.number < (before ?? Infinity),
      )
      .reverse()
      .slice(0, limit);
  }
}
