import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import type { PublishedRow, PublishedRowStore } from '../ports/PublishedRowStore.ts';
import type { MemoryTables } from './MemoryTables.ts';

/** Which moments of notes carnets may show, in memory. */
export class MemoryPublishedRowStore implements PublishedRowStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async add(row: PublishedRow): Promise<void> {
    this.#tables.publishedRows.push(row);
  }

  async of(carnet: CarnetId): Promise<ReadonlyMap<NoteId, ReadonlySet<number>>> {
    const found = new Map<NoteId, Set<number>>();
    for (const { note, seq } of this.#tables.publishedRows.filter((row) => row.carnet === carnet))
      found.set(note, (found.get(note) ?? new Set<number>()).add(seq));
    return found;
  }
}
