import type { NoteId, PersonId } from '#shared/domain/ids.ts';
import type { ReadMark, ReadMarkStore } from '../ports/ReadMarkStore.ts';
import type { MemoryTables } from './MemoryTables.ts';

/** How far people read, in memory. */
export class MemoryReadMarkStore implements ReadMarkStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async get(person: PersonId, note: NoteId): Promise<ReadMark | null> {
    return this.#tables.readMarks.get(person)?.get(note) ?? null;
  }

  async set(person: PersonId, mark: ReadMark): Promise<void> {
    const marks = this.#tables.readMarks.get(person) ?? new Map<NoteId, ReadMark>();
    const known = marks.get(mark.note);
    if (known?.epoch === mark.epoch && known.seq > mark.seq) return;
    this.#tables.readMarks.set(person, marks.set(mark.note, mark));
  }

  async of(person: PersonId): Promise<readonly ReadMark[]> {
    return [...(this.#tables.readMarks.get(person)?.values() ?? [])].toSorted((a, b) => b.at - a.at);
  }
}
