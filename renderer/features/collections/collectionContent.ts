import type * as Y from 'yjs';
import type { CollectionPage } from '#shared/api/collections.ts';
import {
  categoryIn,
  type CategoryContent,
  descriptionOf,
  type EntryContent,
  readAllCategories,
  readCategories,
  readEntries,
  titleOf,
} from '#shared/document/fields.ts';
import type { CategoryId } from '#shared/domain/ids.ts';

/** What a carnet says now, wherever it was read. */
export interface CollectionContentNow {
  readonly title: string;
  readonly description: string;
  readonly entries: readonly EntryContent[];
  readonly categories: readonly CategoryContent[];
  /** Those that the document holds beyond how many there may be: managers, who may take them out, are told of them. */
  readonly beyond: readonly CategoryContent[];
}

/** One list of the page: the pinned notes, those without a category, or a category's. */
export interface CollectionSection {
  readonly key: string;
  readonly pinned: boolean;
  readonly category: CategoryId | null;
  /** Every category of the list that the page is arranged by. */
  readonly list: readonly CategoryId[];
  readonly name: string | null;
  readonly entries: readonly EntryContent[];
}

/** The content as the relay derived it, for those who do not open the document. */
export function contentOfPage(page: CollectionPage): CollectionContentNow {
  return {
    title: page.collection.title,
    description: page.collection.description,
    entries: page.entries.map(({ held, ...entry }) => ({
      ...entry,
      ...(held !== null && { held: held.seq }),
    })),
    categories: page.categories,
    beyond: [],
  };
}

/** The content of the live document. */
export function contentOfDoc(doc: Y.Doc): CollectionContentNow {
  const categories = readCategories(doc);
  const shown = new Set(categories.map(({ id }) => id));
  return {
    title: titleOf(doc).toJSON(),
    description: descriptionOf(doc).toJSON(),
    entries: readEntries(doc),
    categories,
    beyond: readAllCategories(doc).filter(({ id }) => !shown.has(id)),
  };
}

/**
 * The lists in which a carnet is shown: pinned notes first, then those of no category, then each category of one list. An entry
 * whose category was removed has none. Entries keep the order they come in.
 */
export function sectionsOf(
  content: CollectionContentNow,
  categories: readonly CategoryContent[] = content.categories,
): CollectionSection[] {
  const list = categories.map((category) => category.id);
  const others = content.entries.filter((entry) => !entry.pinned);
  const pinned = content.entries.filter((entry) => entry.pinned);
  const byCategory = Map.groupBy(others, (entry) => categoryIn(entry, categories));
  const free = byCategory.get(null) ?? [];
  const sections: CollectionSection[] = [];
  if (pinned.length > 0)
    sections.push({ key: 'pinned', pinned: true, category: null, list, name: null, entries: pinned });
  if (free.length > 0 || categories.length === 0)
    sections.push({ key: 'free', pinned: false, category: null, list, name: null, entries: free });
  for (const { id, name } of categories)
    sections.push({
      key: id,
      pinned: false,
      category: id,
      list,
      name,
      entries: byCategory.get(id) ?? [],
    });
  return sections;
}
