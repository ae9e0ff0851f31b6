import * as Y from 'yjs';
import type { CategoryId, MemberId } from '../domain/ids.ts';
import { compareOrderKeys } from './orderKeys.ts';
import { languagePattern } from './vocabulary.ts';

/** Names of the fields in a note's Y.Doc. */
export const noteFields = {
  /** Y.Text, unformatted. */
  title: 'title',
  /** Y.XmlFragment: the body, in the schema of schema.ts. */
  body: 'body',
  /** Y.Map: id of a related term → Y.Map {}, kept for what may be said about the relation. */
  terms: 'terms',
  /** Y.Map: `language`. */
  settings: 'settings',
  /** Of the sheet of a term or an organisation, see sheet.ts. Y.Text, unformatted. */
  definition: 'definition',
  /** Y.Array of strings, each: the forms that a term is found by. */
  feminine: 'feminine',
  plural: 'plural',
  inclusive: 'inclusive',
  aliases: 'aliases',
  /** Y.Text, unformatted, in lines. */
  address: 'address',
  /** Y.Map: `region`, `coordinates` { latitude, longitude }, `site`, `email`, `phone`. */
  contact: 'contact',
} as const;

/** Names of the fields in the Y.Doc of a carnet or of a base. */
export const collectionFields = {
  /** Y.Text, unformatted. */
  title: 'title',
  /** Y.Text, unformatted. */
  description: 'description',
  /** Y.XmlFragment: the writing guide, in the schema of notes. */
  guide: 'guide',
  /**
   * Y.Map: id of the note or of the carnet → Y.Map { order, category, pinned, held, seen, `in:<category id>`… }. One entry each. `category` is the one that every version
   * of the application knows; those of other lists are a key each, so that two people who file it in two lists merge.
   */
  entries: 'entries',
  /** Y.Map: category id → Y.Map { name, order, list }. */
  categories: 'categories',
  /** Y.Map: `language`. */
  settings: 'settings',
} as const;

/** A note's place in a carnet, or a carnet's in a base, as its document tells. */
export interface EntryContent {
  readonly memberId: MemberId;
  /** Key of the manual order, see orderKeys.ts. */
  readonly order: string;
  readonly category: CategoryId | null;
  /** Its categories in other lists, by id; absent where there are none. Read `categoryIn`. */
  readonly also?: readonly CategoryId[];
  readonly pinned: boolean;
  /** The row of the note's log at which the carnet holds it; absent where it follows the note. */
  readonly held?: number;
  /** The row of the note up to which a manager looked at what changed since, and kept what is held. */
  readonly seen?: number;
}

/** How many lists of categories a carnet or a base has, and how many categories each. */
export const maxCategoryLists = 3;
export const maxCategoriesInList = 10;

/** A category of a carnet. `list` is the name of the list that it belongs to; a list is there as long as one of its categories is. */
export interface CategoryContent {
  readonly id: CategoryId;
  readonly name: string;
  readonly order: string;
  readonly list: string;
}

/** The language of a note or a carnet that tells none. */
export const defaultLanguage = 'fr';

/** The title of a note or of a carnet. */
export function titleOf(doc: Y.Doc): Y.Text {
  return doc.getText(noteFields.title);
}

/** The body of a note. */
export function bodyOf(doc: Y.Doc): Y.XmlFragment {
  return doc.getXmlFragment(noteFields.body);
}

/** The terms that people related to a note, by id. */
export function termsOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap(noteFields.terms);
}

/** The settings of a note or of a carnet. */
export function settingsOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap(noteFields.settings);
}

/** The description of a carnet. */
export function descriptionOf(doc: Y.Doc): Y.Text {
  return doc.getText(collectionFields.description);
}

/** The writing guide of a carnet. */
export function guideOf(doc: Y.Doc): Y.XmlFragment {
  return doc.getXmlFragment(collectionFields.guide);
}

/** The entries of a carnet, by note id. */
export function entriesOf(doc: Y.Doc): Y.Map<Y.Map<unknown>> {
  return doc.getMap(collectionFields.entries);
}

/** The categories of a carnet, by id. */
export function categoriesOf(doc: Y.Doc): Y.Map<Y.Map<unknown>> {
  return doc.getMap(collectionFields.categories);
}

/** The language tag of a note or a carnet; `defaultLanguage` where none, or none that reads as one, is set. */
export function languageOf(doc: Y.Doc): string {
  const value = settingsOf(doc).get('language');
  return typeof value === 'string' && languagePattern.test(value) ? value : defaultLanguage;
}

/** Sets the language tag of a note or a carnet. */
export function setLanguage(doc: Y.Doc, language: string): void {
  settingsOf(doc).set('language', language);
}

const inCategory = 'in:';

/** What an entry keeps in its Y.Map. */
export function entryFields(entry: EntryContent): Record<string, unknown> {
  return {
    order: entry.order,
    category: entry.category,
    pinned: entry.pinned,
    ...(entry.held !== undefined && { held: entry.held }),
    ...(entry.seen !== undefined && { seen: entry.seen }),
    ...Object.fromEntries((entry.also ?? []).map((id) => [inCategory + id, true])),
  };
}

function alsoIn(value: Y.Map<unknown>): CategoryId[] {
  return [...value.keys()]
    .filter((key) => key.startsWith(inCategory) && value.get(key) === true)
    .map((key) => key.slice(inCategory.length) as CategoryId)
    .sort(compareOrderKeys);
}

/** Takes an entry out of every category beside `category` that `kept` does not name. Call it in a transaction. */
export function leaveOtherCategories(value: Y.Map<unknown>, kept: readonly CategoryId[]): void {
  for (const id of alsoIn(value)) if (!kept.includes(id)) value.delete(inCategory + id);
}

/**
 * Files an entry in one category of a list, or in none of it; what it has in other lists stays. Call it in a transaction.
 * @param list - the ids of the list's categories.
 */
export function fileEntry(
  doc: Y.Doc,
  memberId: MemberId,
  list: readonly CategoryId[],
  category: CategoryId | null,
): void {
  const value = entriesOf(doc).get(memberId);
  if (!(value instanceof Y.Map)) return;
  const main = value.get('category');
  const isMain = typeof main === 'string' && categoriesOf(doc).has(main);
  const isOfList = list.some((id) => id === main);
  for (const id of list) if (id !== category && value.has(inCategory + id)) value.delete(inCategory + id);
  if (category === null || value.has(inCategory + category)) {
    if (isOfList) value.set('category', null);
  } else if (main !== category) {
    if (isOfList || !isMain) value.set('category', category);
    else value.set(inCategory + category, true);
  }
}

/** The category of an entry in a list: the first of the list that it is filed in. Null for none. */
export function categoryIn(
  entry: Pick<EntryContent, 'category' | 'also'>,
  list: readonly { readonly id: CategoryId }[],
): CategoryId | null {
  return list.find(({ id }) => id === entry.category || entry.also?.includes(id) === true)?.id ?? null;
}

/** The lists of categories: the one without a name, that carnets begin with, then by their first categories; each with its own in reading order. */
export function categoryLists<Category extends { readonly list: string }>(
  categories: readonly Category[],
): { readonly name: string; readonly categories: readonly Category[] }[] {
  const lists = new Map<string, Category[]>();
  for (const category of categories)
    lists.set(category.list, [...(lists.get(category.list) ?? []), category]);
  return [...lists]
    .map(([name, held]) => ({ name, categories: held }))
    .sort((a, b) => Number(b.name === '') - Number(a.name === ''));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A row that an entry names, if it is one. */
function rowIn<Key extends 'held' | 'seen'>(
  value: Y.Map<unknown>,
  key: Key,
): { readonly [Name in Key]?: number } {
  const row = value.get(key);
  return (Number.isSafeInteger(row) && (row as number) > 0 ? { [key]: row } : {}) as {
    readonly [Name in Key]?: number;
  };
}

/** One entry of a carnet, as `readEntries` reads it; null for what is not there. */
export function readEntry(doc: Y.Doc, memberId: MemberId): EntryContent | null {
  const value: unknown = entriesOf(doc).get(memberId);
  if (!(value instanceof Y.Map)) return null;
  const category: unknown = value.get('category');
  const also = alsoIn(value);
  return {
    memberId,
    order: textOf(value.get('order')),
    category: typeof category === 'string' ? (category as CategoryId) : null,
    ...(also.length > 0 && { also }),
    pinned: value.get('pinned') === true,
    ...rowIn(value, 'held'),
    ...rowIn(value, 'seen'),
  };
}

/**
 * The entries of a carnet in reading order: pinned ones first, then by key, then by note id. Content is written by
 * people's applications: what is not of the expected form is read as its nearest meaning, never thrown at.
 */
export function readEntries(doc: Y.Doc): EntryContent[] {
  const entries = [...entriesOf(doc).keys()].flatMap((id) => readEntry(doc, id as MemberId) ?? []);
  return entries.sort(
    (a, b) =>
      Number(b.pinned) - Number(a.pinned) ||
      compareOrderKeys(a.order, b.order) ||
      compareOrderKeys(a.memberId, b.memberId),
  );
}

/**
 * No more lists, and no more categories in a list, than there may be: two people who add the last one at once, or an application that does not count, make more. What is beyond
 * stays in the document and is read again when one before it is taken out.
 */
function withinLimits(categories: readonly CategoryContent[]): CategoryContent[] {
  const held = new Map<string, number>();
  return categories.filter(({ list }) => {
    const count = held.get(list);
    if (count === undefined ? held.size === maxCategoryLists : count === maxCategoriesInList) return false;
    held.set(list, (count ?? 0) + 1);
    return true;
  });
}

/** Every category that the document of a carnet or of a base holds, by key, then by id, however many. */
export function readAllCategories(doc: Y.Doc): CategoryContent[] {
  const categories: CategoryContent[] = [];
  for (const [id, value] of categoriesOf(doc).entries()) {
    if (!(value instanceof Y.Map)) continue;
    categories.push({
      id: id as CategoryId,
      name: textOf(value.get('name')),
      order: textOf(value.get('order')),
      list: textOf(value.get('list')),
    });
  }
  return categories.sort((a, b) => compareOrderKeys(a.order, b.order) || compareOrderKeys(a.id, b.id));
}

/** The categories of a carnet or of a base, by key, then by id: at most `maxCategoriesInList` in each of `maxCategoryLists` lists. */
export function readCategories(doc: Y.Doc): CategoryContent[] {
  return withinLimits(readAllCategories(doc));
}

/** Whether a list has room for another category; one that is not there yet, whether there is room for another list. */
export function hasRoomForCategory(categories: readonly CategoryContent[], list: string): boolean {
  const lists = new Set(categories.map((known) => known.list));
  return lists.has(list)
    ? categories.filter((known) => known.list === list).length < maxCategoriesInList
    : lists.size < maxCategoryLists;
}

/** Writes an entry that is not there yet. Call it in a transaction; an entry that exists is left alone. */
export function addEntry(doc: Y.Doc, entry: EntryContent): void {
  const entries = entriesOf(doc);
  if (entries.has(entry.memberId)) return;
  entries.set(entry.memberId, new Y.Map(Object.entries(entryFields(entry))));
}

/** Writes a category that is not there yet. Call it in a transaction; one that exists is left alone. */
export function addCategory(doc: Y.Doc, category: CategoryContent): void {
  const categories = categoriesOf(doc);
  if (categories.has(category.id)) return;
  const value = new Y.Map<unknown>();
  value.set('name', category.name);
  value.set('order', category.order);
  value.set('list', category.list);
  categories.set(category.id, value);
}
