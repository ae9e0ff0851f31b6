import type { CarnetId, CollectionId, DocumentId, MemberId, NoteId } from '#shared/domain/ids.ts';
import type {
  CollectionIndex,
  CollectionLineIndex,
  DerivedStore,
  EntryIndex,
  NoteIndex,
  NoteLineIndex,
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
    const all = [...this.#tables.noteIndexes.values(), ...this.#tables.collectionIndexes.values()];
    return new Map(all.map(({ index }) => [index.id, index.seq]));
  }

  async saveNote(
    index: NoteIndex,
    links: readonly NoteLinkIndex[],
    terms: readonly NoteId[],
    forms: readonly string[] = [],
  ): Promise<void> {
    this.#tables.noteIndexes.set(index.id, { index, links, terms, forms });
  }

  async linksOf(
    ids: readonly NoteId[],
  ): Promise<Map<NoteId, { links: readonly NoteLinkIndex[]; badAddresses: readonly string[] }>> {
    return new Map(
      ids.flatMap((id) => {
        const found = this.#tables.noteIndexes.get(id);
        if (found === undefined) return [];
        return [[id, { links: found.links, badAddresses: found.index.badAddresses }] as const];
      }),
    );
  }

  async termsNamed(forms: readonly string[]): Promise<Map<NoteId, readonly string[]>> {
    const wanted = new Set(forms);
    return new Map(
      [...this.#tables.noteIndexes.values()].flatMap(({ index, forms: own }) => {
        const named = own.filter((form) => wanted.has(form)).sort(byText);
        return named.length === 0 ? [] : [[index.id, named] as const];
      }),
    );
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

  async noteLines(ids: readonly NoteId[]): Promise<ReadonlyMap<NoteId, NoteLineIndex>> {
    const whole = await this.notes(ids);
    return new Map([...whole].map(([id, { text: _, ...line }]) => [id, line]));
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

  async saveCollection(index: CollectionIndex, entries: readonly EntryIndex[]): Promise<void> {
    this.#tables.collectionIndexes.set(index.id, { index, entries });
  }

  async collections(ids: readonly CollectionId[]): Promise<ReadonlyMap<CollectionId, CollectionIndex>> {
    return new Map(
      ids.flatMap((id) => {
        const found = this.#tables.collectionIndexes.get(id);
        return found === undefined ? [] : [[id, found.index] as const];
      }),
    );
  }

  async collectionLines(
    ids: readonly CollectionId[],
  ): Promise<ReadonlyMap<CollectionId, CollectionLineIndex>> {
    const whole = await this.collections(ids);
    return new Map([...whole].map(([id, { guide: _, categories: __, ...line }]) => [id, line]));
  }

  async entries(collection: CollectionId): Promise<readonly EntryIndex[]> {
    return [...(this.#tables.collectionIndexes.get(collection)?.entries ?? [])].sort(
      (a, b) => Number(b.pinned) - Number(a.pinned) || byText(a.order, b.order) || byText(a.member, b.member),
    );
  }

  async memberCounts(collections: readonly CollectionId[]): Promise<ReadonlyMap<CollectionId, number>> {
    const { notes, collections: known, collectionIndexes } = this.#tables;
    const counts = new Map<CollectionId, number>();
    for (const id of collections) {
      const entries = collectionIndexes.get(id)?.entries ?? [];
      const count = entries.filter(({ member }) => {
        const found = notes.get(member as NoteId) ?? known.get(member as CarnetId);
        return found?.trashedAt === null;
      }).length;
      if (count > 0) counts.set(id, count);
    }
    return counts;
  }

  async placesOf(member: MemberId): Promise<readonly EntryIndex[]> {
    return [...this.#tables.collectionIndexes.values()]
      .flatMap(({ entries }) => entries.filter((entry) => entry.member === member))
      .sort((a, b) => b.integratedAt - a.integratedAt || byText(a.collection, b.collection));
  }

  async newestEntries(collections: readonly CollectionId[], limit: number): Promise<readonly EntryIndex[]> {
    return collections
      .flatMap((id) => this.#tables.collectionIndexes.get(id)?.entries ?? [])
      .toSorted((a, b) => b.integratedAt - a.integratedAt)
      .slice(0, limit);
  }

  async clear(): Promise<void> {
    this.#tables.noteIndexes.clear();
    this.#tables.collectionIndexes.clear();
  }
}
