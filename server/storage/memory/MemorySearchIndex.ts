import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import { type Asker, canReadNote, noteRole } from '#shared/permissions/permissions.ts';
import { wordsOf } from '#shared/domain/foldText.ts';
import { inclusiveForms } from '../../indexer/inclusiveForms.ts';
import type { SearchEntry, SearchIndex } from '../ports/SearchIndex.ts';
import type { MemoryTables } from './MemoryTables.ts';

/** Search in memory: every text is read at each query. */
export class MemorySearchIndex implements SearchIndex {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async save(entry: SearchEntry): Promise<void> {
    this.#tables.searchEntries.set(entry.id, entry);
  }

  async search(query: string, asker: Asker, limit: number): Promise<readonly NoteId[]> {
    return this.#find(query, asker).slice(0, limit);
  }

  async searchCarnet(query: string, asker: Asker, carnet: CarnetId): Promise<readonly NoteId[]> {
    const entries = this.#tables.collectionIndexes.get(carnet)?.entries ?? [];
    const held = new Set(entries.map((entry) => entry.member as NoteId));
    return this.#find(query, asker).filter((id) => held.has(id));
  }

  #find(query: string, asker: Asker): NoteId[] {
    const wanted = wordsOf(query);
    if (wanted.length === 0) return [];
    const hits: { id: NoteId; score: number; modifiedAt: number }[] = [];
    for (const entry of this.#tables.searchEntries.values()) {
      const note = this.#tables.note(entry.id);
      if (note === null || note.trashedAt !== null) continue;
      if (!canReadNote(noteRole(asker, { ...note, trashed: false }))) continue;
      const names = [entry.title, ...entry.names].join('\n');
      const title = wordsOf(`${names} ${inclusiveForms(names)}`);
      const text = wordsOf(`${entry.text} ${inclusiveForms(entry.text)}`);
      const counts = wanted.map((word, at) => {
        const fits = (one: string) => (at === wanted.length - 1 ? one.startsWith(word) : one === word);
        return 8 * title.filter(fits).length + text.filter(fits).length;
      });
      if (counts.includes(0)) continue;
      const modifiedAt = this.#tables.noteIndexes.get(entry.id)?.index.modifiedAt ?? note.createdAt;
      hits.push({ id: entry.id, score: counts.reduce((sum, count) => sum + count, 0), modifiedAt });
    }
    hits.sort((a, b) => b.score - a.score || b.modifiedAt - a.modifiedAt);
    return hits.map((hit) => hit.id);
  }

  async clear(): Promise<void> {
    this.#tables.searchEntries.clear();
  }
}
