import type { CarnetId, DocumentId, NoteId } from '#shared/domain/ids.ts';
import type {
  CarnetEntryIndex,
  CarnetIndex,
  DerivedStore,
  NoteIndex,
  NoteLinkIndex,
} from '../ports/DerivedStore.ts';
import type { MemoryTables } from './MemoryTables.ts';

const byText = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** What is derived from the log, in memory. */
export class MemoryDerivedStore implements DerivedStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async indexedSeqs(): Promise<ReadonlyMap<DocumentId, number>> {
    const all = [...this.#tables.noteIndexes.values(), ...this.#tables.carnetIndexes.values()];
    return new Map(all.map(({ index }) => [index.id, index.seq]));
  }

  async saveNote(index: NoteIndex, links: readonly NoteLinkIndex[], terms: readonly NoteId[]): Promise<void> {
    this.#tables.noteIndexes.set(index.id, { index, links, terms });
  }

  async note(id: NoteId): Promise<NoteIndex | null> {
    return this.#tables.noteIndexes.get(id)?.index ?? null;
  }

  async notes(ids: readonly NoteId[]): Promise<ReadonlyMap<NoteId, NoteIndex>> {
    return new Map(
      ids.flatMap((id) => {
        const found = this.#tables.noteIndexes.get(id);
        return found === undefined ? [] : [[id, found.index] as const];
      }),
    );
  }

  async backlinks(id: NoteId): Promise<readonly { readonly source: NoteId; readonly around: string }[]> {
    return [...this.#tables.noteIndexes.values()].flatMap(({ index, links }) => {
      const link = index.id === id ? undefined : links.find(({ target }) => target === id);
      return link === undefined ? [] : [{ source: index.id, around: link.around }];
    });
  }

  async terms(id: NoteId): Promise<readonly NoteId[]> {
    return [...new Set(this.#tables.noteIndexes.get(id)?.terms)];
  }

  async usesOf(term: NoteId): Promise<readonly NoteId[]> {
    return [...this.#tables.noteIndexes.values()]
      .filter(({ terms }) => terms.includes(term))
      .map(({ index }) => index.id);
  }

  async saveCarnet(index: CarnetIndex, entries: readonly CarnetEntryIndex[]): Promise<void> {
    this.#tables.carnetIndexes.set(index.id, { index, entries });
  }

  async carnets(ids: readonly CarnetId[]): Promise<ReadonlyMap<CarnetId, CarnetIndex>> {
    return new Map(
      ids.flatMap((id) => {
        const found = this.#tables.carnetIndexes.get(id);
        return found === undefined ? [] : [[id, found.index] as const];
      }),
    );
  }

  async entries(carnet: CarnetId): Promise<readonly CarnetEntryIndex[]> {
    return [...(this.#tables.carnetIndexes.get(carnet)?.entries ?? [])].sort(
      (a, b) => Number(b.pinned) - Number(a.pinned) || byText(a.order, b.order) || byText(a.note, b.note),
    );
  }

  async noteCounts(carnets: readonly CarnetId[]): Promise<ReadonlyMap<CarnetId, number>> {
    const counts = new Map<CarnetId, number>();
    for (const id of carnets) {
      const entries = this.#tables.carnetIndexes.get(id)?.entries ?? [];
      const count = entries.filter((entry) => this.#tables.notes.get(entry.note)?.trashedAt === null).length;
      if (count > 0) counts.set(id, count);
    }
    return counts;
  }

  async placesOf(note: NoteId): Promise<readonly CarnetEntryIndex[]> {
    return [...this.#tables.carnetIndexes.values()]
      .flatMap(({ entries }) => entries.filter((entry) => entry.note === note))
      .sort((a, b) => b.integratedAt - a.integratedAt || byText(a.carnet, b.carnet));
  }

  async newestEntries(carnets: readonly CarnetId[], limit: number): Promise<readonly CarnetEntryIndex[]> {
    return carnets
      .flatMap((id) => this.#tables.carnetIndexes.get(id)?.entries ?? [])
      .toSorted((a, b) => b.integratedAt - a.integratedAt)
      .slice(0, limit);
  }

  async clear(): Promise<void> {
    this.#tables.noteIndexes.clear();
    this.#tables.carnetIndexes.clear();
  }
}
