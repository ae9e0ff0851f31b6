import { sql } from 'kysely';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { CategoryId, CollectionId, DocumentId, MemberId, NoteId, PersonId } from '#shared/domain/ids.ts';
import { emptySheet, type NoteSheet } from '#shared/document/sheet.ts';
import { foldText } from '#shared/domain/foldText.ts';
import type {
  CollectionIndex,
  CollectionLineIndex,
  DerivedStore,
  EntryIndex,
  NoteIndex,
  NoteLineIndex,
  NoteLinkIndex,
} from '../../ports/DerivedStore.ts';
import { type CatalogueDatabase, slices } from './CatalogueDatabase.ts';
import type { CatalogueTables } from './tables.ts';

/** All that a line of a list shows. The texts of a few hundred notes are megabytes, which would go from thread to thread for nothing. */
const noteLineColumns = [
  'id',
  'seq',
  'title',
  'excerpt',
  'word_count',
  'language',
  'sheet',
  'modified_at',
  'bad_addresses',
] as const;
const collectionLineColumns = ['id', 'seq', 'title', 'description', 'language', 'modified_at'] as const;

type NoteLineRow = Pick<CatalogueTables['note_index'], (typeof noteLineColumns)[number]>;

function toNoteLine(row: NoteLineRow): NoteLineIndex {
  return {
    id: row.id as NoteId,
    seq: row.seq,
    title: row.title,
    excerpt: row.excerpt,
    wordCount: row.word_count,
    language: row.language,
    sheet: { ...emptySheet, ...(JSON.parse(row.sheet) as Partial<NoteSheet>) },
    modifiedAt: row.modified_at,
    badAddresses: JSON.parse(row.bad_addresses) as string[],
  };
}

/** What is filled in: most notes have no sheet. */
function writeSheet(sheet: NoteSheet): string {
  const filled = Object.entries(sheet).filter(([, value]) => value !== null && value.length !== 0);
  return JSON.stringify(Object.fromEntries(filled));
}

function toEntry(row: Omit<CatalogueTables['collection_entry'], 'is_there'>): EntryIndex {
  return {
    collection: row.collection as CollectionId,
    member: row.member as MemberId,
    order: row.order_key,
    category: row.category as CategoryId | null,
    also: JSON.parse(row.also) as CategoryId[],
    pinned: row.pinned === 1,
    held: row.held,
    seen: row.seen,
    integratedBy: row.integrated_by as PersonId | null,
    integratedAt: row.integrated_at,
  };
}

/** What is derived from the log, over SQLite. */
export class SqliteDerivedStore implements DerivedStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async indexedSeqs(): Promise<ReadonlyMap<DocumentId, number>> {
    const { kysely } = this.#db;
    const [notes, collections] = await Promise.all([
      kysely.selectFrom('note_index').select(['id', 'seq']).execute(),
      kysely.selectFrom('collection_index').select(['id', 'seq']).execute(),
    ]);
    return new Map([...notes, ...collections].map((row) => [row.id as DocumentId, row.seq]));
  }

  async saveNote(
    index: NoteIndex,
    links: readonly NoteLinkIndex[],
    terms: readonly NoteId[],
    forms: readonly string[] = [],
  ): Promise<void> {
    const { kysely } = this.#db;
    const { id, wordCount, modifiedAt, sheet, badAddresses, ...same } = index;
    const row = {
      ...same,
      folded_title: foldText(index.title).trim(),
      word_count: wordCount,
      modified_at: modifiedAt,
      sheet: writeSheet(sheet),
      region: sheet.region,
      bad_addresses: JSON.stringify(badAddresses),
    };
    await this.#db.atomic([
      kysely
        .insertInto('note_index')
        .values({ id, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row)),
      kysely.deleteFrom('note_link').where('source', '=', id),
      ...links.map((link) => kysely.insertInto('note_link').values({ source: id, ...link })),
      kysely.deleteFrom('note_term').where('note', '=', id),
      ...[...new Set(terms)].map((term) => kysely.insertInto('note_term').values({ note: id, term })),
      kysely.deleteFrom('term_form').where('term', '=', id),
      ...[...new Set(forms)].map((form) => kysely.insertInto('term_form').values({ form, term: id })),
    ]);
  }

  async note(id: NoteId): Promise<NoteIndex | null> {
    return (await this.notes([id])).get(id) ?? null;
  }

  async notes(ids: readonly NoteId[]): Promise<ReadonlyMap<NoteId, NoteIndex>> {
    const found = new Map<NoteId, NoteIndex>();
    for (const slice of slices([...new Set(ids)])) {
      const rows = await this.#db.kysely
        .selectFrom('note_index')
        .selectAll()
        .where('id', 'in', slice)
        .execute();
      for (const row of rows) found.set(row.id as NoteId, { ...toNoteLine(row), text: row.text });
    }
    return found;
  }

  async noteLines(ids: readonly NoteId[]): Promise<ReadonlyMap<NoteId, NoteLineIndex>> {
    const found = new Map<NoteId, NoteLineIndex>();
    for (const slice of slices([...new Set(ids)])) {
      const rows = await this.#db.kysely
        .selectFrom('note_index')
        .select(noteLineColumns)
        .where('id', 'in', slice)
        .execute();
      for (const row of rows) found.set(row.id as NoteId, toNoteLine(row));
    }
    return found;
  }

  async backlinks(id: NoteId): Promise<readonly { readonly source: NoteId; readonly around: string }[]> {
    const rows = await this.#db.kysely
      .selectFrom('note_link')
      .select(['source', 'around'])
      .where('target', '=', id)
      .where('source', '!=', id)
      .execute();
    return rows.map((row) => ({ source: row.source as NoteId, around: row.around }));
  }

  async terms(id: NoteId): Promise<readonly NoteId[]> {
    const rows = await this.#db.kysely
      .selectFrom('note_term')
      .select('term')
      .where('note', '=', id)
      .execute();
    return rows.map((row) => row.term as NoteId);
  }

  async linksOf(
    ids: readonly NoteId[],
  ): Promise<ReadonlyMap<NoteId, { links: NoteLinkIndex[]; badAddresses: string[] }>> {
    const found = new Map<NoteId, { links: NoteLinkIndex[]; badAddresses: string[] }>();
    for (const slice of slices([...new Set(ids)])) {
      const [indexes, links] = await Promise.all([
        this.#db.kysely
          .selectFrom('note_index')
          .select(['id', 'bad_addresses'])
          .where('id', 'in', slice)
          .execute(),
        this.#db.kysely.selectFrom('note_link').selectAll().where('source', 'in', slice).execute(),
      ]);
      for (const row of indexes) {
        const badAddresses = JSON.parse(row.bad_addresses) as string[];
        found.set(row.id as NoteId, { links: [], badAddresses });
      }
      for (const { source, target, around } of links)
        found.get(source as NoteId)?.links.push({ target: target as NoteId, around });
    }
    return found;
  }

  async termsNamed(forms: readonly string[]): Promise<ReadonlyMap<NoteId, string[]>> {
    const found = new Map<NoteId, string[]>();
    for (const slice of slices([...new Set(forms)])) {
      const rows = await this.#db.kysely
        .selectFrom('term_form')
        .selectAll()
        .where('form', 'in', slice)
        .execute();
      for (const row of rows) {
        const term = row.term as NoteId;
        found.set(term, [...(found.get(term) ?? []), row.form]);
      }
    }
    for (const [term, own] of found) found.set(term, own.sort());
    return found;
  }

  async usesOf(term: NoteId): Promise<readonly NoteId[]> {
    const rows = await this.#db.kysely
      .selectFrom('note_term')
      .select('note')
      .where('term', '=', term)
      .execute();
    return rows.map((row) => row.note as NoteId);
  }

  async saveCollection(index: CollectionIndex, entries: readonly EntryIndex[]): Promise<void> {
    const { kysely } = this.#db;
    const { id, modifiedAt, categories, guide, ...same } = index;
    const row = {
      ...same,
      guide: guide === null ? null : JSON.stringify(guide),
      modified_at: modifiedAt,
      categories: JSON.stringify(categories),
    };
    await this.#db.atomic([
      kysely
        .insertInto('collection_index')
        .values({ id, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row)),
      kysely.deleteFrom('collection_entry').where('collection', '=', id),
      ...entries.map((entry) =>
        kysely.insertInto('collection_entry').values({
          collection: id,
          member: entry.member,
          order_key: entry.order,
          category: entry.category,
          also: JSON.stringify(entry.also),
          pinned: entry.pinned ? 1 : 0,
          held: entry.held,
          seen: entry.seen,
          integrated_by: entry.integratedBy,
          integrated_at: entry.integratedAt,
        }),
      ),
    ]);
  }

  async collections(ids: readonly CollectionId[]): Promise<ReadonlyMap<CollectionId, CollectionIndex>> {
    const found = new Map<CollectionId, CollectionIndex>();
    for (const slice of slices([...new Set(ids)])) {
      const rows = await this.#db.kysely
        .selectFrom('collection_index')
        .selectAll()
        .where('id', 'in', slice)
        .execute();
      for (const { modified_at: modifiedAt, categories, guide, ...row } of rows) {
        const id = row.id as CollectionId;
        found.set(id, {
          ...row,
          id,
          modifiedAt,
          guide: guide === null ? null : (JSON.parse(guide) as BodyNode),
          // Carnets that were indexed before there were several lists have one, without a name.
          categories: (JSON.parse(categories) as CollectionIndex['categories']).map((category) => ({
            ...category,
            list: category.list ?? '',
          })),
        });
      }
    }
    return found;
  }

  async collectionLines(
    ids: readonly CollectionId[],
  ): Promise<ReadonlyMap<CollectionId, CollectionLineIndex>> {
    const found = new Map<CollectionId, CollectionLineIndex>();
    for (const slice of slices([...new Set(ids)])) {
      const rows = await this.#db.kysely
        .selectFrom('collection_index')
        .select(collectionLineColumns)
        .where('id', 'in', slice)
        .execute();
      for (const { modified_at: modifiedAt, ...row } of rows) {
        const id = row.id as CollectionId;
        found.set(id, { ...row, id, modifiedAt });
      }
    }
    return found;
  }

  async entries(collection: CollectionId): Promise<readonly EntryIndex[]> {
    const rows = await this.#db.kysely
      .selectFrom('collection_entry')
      .selectAll()
      .where('collection', '=', collection)
      .orderBy('pinned', 'desc')
      .orderBy('order_key')
      .orderBy('member')
      .execute();
    return rows.map(toEntry);
  }

  async memberCounts(collections: readonly CollectionId[]): Promise<ReadonlyMap<CollectionId, number>> {
    const counts = new Map<CollectionId, number>();
    for (const slice of slices([...new Set(collections)])) {
      const rows = await this.#db.kysely
        .selectFrom('collection_entry')
        .select(['collection', sql<number>`count(*)`.as('count')])
        .where('collection', 'in', slice)
        .where('is_there', '=', 1)
        .groupBy('collection')
        .execute();
      for (const row of rows) counts.set(row.collection as CollectionId, row.count);
    }
    return counts;
  }

  async placesOf(member: MemberId): Promise<readonly EntryIndex[]> {
    const rows = await this.#db.kysely
      .selectFrom('collection_entry')
      .selectAll()
      .where('member', '=', member)
      .orderBy('integrated_at', 'desc')
      .orderBy('collection')
      .execute();
    return rows.map(toEntry);
  }

  async newestEntries(collections: readonly CollectionId[], limit: number): Promise<readonly EntryIndex[]> {
    const found: EntryIndex[] = [];
    for (const slice of slices(collections)) {
      const rows = await this.#db.kysely
        .selectFrom('collection_entry')
        .selectAll()
        .where('collection', 'in', slice)
        .orderBy('integrated_at', 'desc')
        .limit(limit)
        .execute();
      found.push(...rows.map(toEntry));
    }
    return found.toSorted((a, b) => b.integratedAt - a.integratedAt).slice(0, limit);
  }

  async clear(): Promise<void> {
    const { kysely } = this.#db;
    await this.#db.atomic([
      kysely.deleteFrom('note_index'),
      kysely.deleteFrom('note_link'),
      kysely.deleteFrom('note_term'),
      kysely.deleteFrom('term_form'),
      kysely.deleteFrom('collection_index'),
      kysely.deleteFrom('collection_entry'),
    ]);
  }
}
