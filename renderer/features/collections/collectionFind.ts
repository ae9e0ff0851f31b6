import type { CollectionEntry } from '#shared/api/collections.ts';
import type { EntryContent } from '#shared/document/fields.ts';
import { noteKinds, type NoteKind } from '#shared/domain/Note.ts';
import type { MemberId } from '#shared/domain/ids.ts';
import { memberOf } from './memberOf.ts';

export const findSorts = ['order', 'title', 'modified', 'integrated'] as const;
export type FindSort = (typeof findSorts)[number];

/** What a person looks for in a carnet, as its address says it: a link keeps it. A key that is absent asks for nothing. */
export interface CollectionFind {
  /** Words that the note has, anywhere in it. */
  readonly q?: string;
  readonly kind?: NoteKind;
  /** Id of a category, or `none`. */
  readonly category?: string;
  /** Id of one of the note's authors. */
  readonly author?: string;
  /** First and last day of the note's last change, YYYY-MM-DD, in the person's own time. */
  readonly since?: string;
  readonly until?: string;
  /** The name of the list of categories that arranges the page: the first where it is absent. It looks for nothing. */
  readonly list?: string;
  /** `order`, the carnet's own, where it is absent. */
  readonly sort?: FindSort;
}

const maxWordsLength = 200;
const day = /^\d{4}-\d{2}-\d{2}$/;

/** Reads an address. It may have been written by anyone: what makes no sense is left out. */
export function readFind(search: Record<string, unknown>): CollectionFind {
  // The router reads « q=2024 » as a number.
  const text = (key: string): string => {
    const value = search[key];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const dayOf = (key: string): string => {
    const value = text(key);
    return day.test(value) && !Number.isNaN(Date.parse(value)) ? value : '';
  };
  const kind = noteKinds.find((one) => one === search['kind']);
  const sort = findSorts.find((one) => one === search['sort'] && one !== 'order');
  const [q, category, author] = [text('q').slice(0, maxWordsLength), text('category'), text('author')];
  const [since, until] = [dayOf('since'), dayOf('until')];
  const list = text('list');
  return {
    ...(list !== '' && { list }),
    ...(q !== '' && { q }),
    ...(kind !== undefined && { kind }),
    ...(category !== '' && { category }),
    ...(author !== '' && { author }),
    ...(since !== '' && { since }),
    ...(until !== '' && { until }),
    ...(sort !== undefined && { sort }),
  };
}

/** How many filters are set, words and sort aside. */
export function filterCount(find: CollectionFind): number {
  return [find.kind, find.category, find.author, find.since, find.until].filter((one) => one !== undefined)
    .length;
}

/** Whether the page shows what was found instead of the carnet as it is arranged. */
export function isFinding(find: CollectionFind): boolean {
  return find.q !== undefined || find.sort !== undefined || filterCount(find) > 0;
}

/** Midnight of a day in the person's own time, some days later. */
function midnight(date: string, daysLater = 0): number {
  const [year, month, date_] = date.split('-').map(Number);
  return new Date(year ?? 0, (month ?? 1) - 1, (date_ ?? 1) + daysLater).getTime();
}

/** Made once: `localeCompare` would make one for each pair. */
const byTitle = new Intl.Collator('fr', { numeric: true });

/**
 * The entries that answer, in the order asked. Of a note that is closed to the person nothing is known but its place: it is there only
 * as long as nothing is asked of the note itself, and comes last where its title or date would sort it.
 * @param entries - in the carnet's order.
 * @param worded - the notes that have the words; null where none are asked for.
 */
export function findEntries(
  entries: readonly EntryContent[],
  known: ReadonlyMap<MemberId, CollectionEntry>,
  categories: ReadonlySet<string>,
  find: CollectionFind,
  worded: ReadonlySet<MemberId> | null,
): EntryContent[] {
  const from = find.since === undefined ? -Infinity : midnight(find.since);
  const before = find.until === undefined ? Infinity : midnight(find.until, 1);
  const asksOfNote = [find.kind, find.author, find.since, find.until].some((one) => one !== undefined);
  const found = entries.filter((entry) => {
    if (worded !== null && !worded.has(entry.memberId)) return false;
    if (find.category !== undefined) {
      const held = [entry.category, ...(entry.also ?? [])].filter((id) => id !== null && categories.has(id));
      if (find.category === 'none' ? held.length > 0 : !held.some((id) => id === find.category)) return false;
    }
    if (!asksOfNote) return true;
    const { note = null } = known.get(entry.memberId) ?? {};
    const member = memberOf(known.get(entry.memberId));
    if (member === null) return false;
    if (find.kind !== undefined && note?.kind !== find.kind) return false;
    if (find.author !== undefined && note?.authors.some(({ id }) => id === find.author) !== true)
      return false;
    return member.modifiedAt >= from && member.modifiedAt < before;
  });
  const at = (entry: EntryContent): CollectionEntry | undefined => known.get(entry.memberId);
  const newest = (time: (entry: EntryContent) => number): EntryContent[] =>
    found.sort((a, b) => time(b) - time(a));
  switch (find.sort) {
    case 'title':
      return found.sort((a, b) => {
        const [one, other] = [memberOf(at(a)), memberOf(at(b))];
        return Number(!one) - Number(!other) || byTitle.compare(one?.title ?? '', other?.title ?? '');
      });
    case 'modified':
      return newest((entry) => memberOf(at(entry))?.modifiedAt ?? 0);
    case 'integrated':
      return newest((entry) => at(entry)?.integratedAt ?? 0);
    default:
      return found;
  }
}
