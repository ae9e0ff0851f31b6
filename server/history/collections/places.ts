import { hash } from 'node:crypto';
import type * as Y from 'yjs';
import {
  type CategoryContent,
  type EntryContent,
  readAllCategories,
  readEntries,
} from '#shared/document/fields.ts';
import type { MemberId } from '#shared/domain/ids.ts';

/** What a carnet, or a base, holds, where, and its categories. */
export interface Places {
  readonly entries: readonly EntryContent[];
  readonly categories: readonly CategoryContent[];
}

/** What going back to earlier places would do. */
export interface PlacesPlan {
  /** What it would hold. */
  readonly target: Places;
  readonly returned: readonly MemberId[];
  readonly removed: readonly MemberId[];
  /** To another place in the order. */
  readonly moved: readonly MemberId[];
  /** To other categories, or pinned or not. */
  readonly filed: readonly MemberId[];
  /** Those that were there and may not be put back. */
  readonly barred: readonly MemberId[];
  readonly categories: {
    readonly returned: readonly string[];
    readonly removed: readonly string[];
    /** By the name that they would have. */
    readonly changed: readonly string[];
  };
  /** Names what would be done: the same where the same would be. */
  readonly agreed: string;
}

export const readPlaces = (doc: Y.Doc): Places => ({
  entries: readEntries(doc),
  categories: readAllCategories(doc),
});

const entryMap = (entries: readonly EntryContent[]): Map<MemberId, EntryContent> =>
  new Map(entries.map((entry) => [entry.memberId, entry]));
const categoryMap = (some: readonly CategoryContent[]): Map<string, CategoryContent> =>
  new Map(some.map((one) => [one.id, one]));
const told = (value: unknown): string => JSON.stringify(value) ?? '';
/** What an entry says beside its place in the order. */
const fileOf = ({ category, also = [], pinned }: EntryContent): string => told([category, also, pinned]);

/**
 * Plans how a collection comes to hold again what it held.
 * @param mayPutBack - members that who asks may put in it.
 */
export function planPlaces(now: Places, then: Places, mayPutBack: ReadonlySet<MemberId>): PlacesPlan {
  const known = entryMap(now.entries);
  const entries = then.entries.filter(({ memberId }) => known.has(memberId) || mayPutBack.has(memberId));
  const wanted = entryMap(entries);
  const stayed = entries.filter(({ memberId }) => known.has(memberId));
  const [nowCategories, thenCategories] = [categoryMap(now.categories), categoryMap(then.categories)];
  const plan = {
    target: { entries, categories: then.categories },
    returned: entries.flatMap(({ memberId }) => (known.has(memberId) ? [] : [memberId])),
    removed: now.entries.flatMap(({ memberId }) => (wanted.has(memberId) ? [] : [memberId])),
    moved: stayed.flatMap(({ memberId, order }) => (known.get(memberId)?.order === order ? [] : [memberId])),
    filed: stayed.flatMap((entry) => {
      const was = known.get(entry.memberId);
      return was !== undefined && fileOf(was) === fileOf(entry) ? [] : [entry.memberId];
    }),
    barred: then.entries.flatMap(({ memberId }) => (wanted.has(memberId) ? [] : [memberId])),
    categories: {
      returned: then.categories.flatMap(({ id, name }) => (nowCategories.has(id) ? [] : [name])),
      removed: now.categories.flatMap(({ id, name }) => (thenCategories.has(id) ? [] : [name])),
      changed: then.categories.flatMap((one) => {
        const was = nowCategories.get(one.id);
        return was === undefined || told(was) === told(one) ? [] : [one.name];
      }),
    },
  };
  return { ...plan, agreed: hash('sha256', told(plan), 'base64url').slice(0, 22) };
}

/** Whether a plan changes anything. */
export function isNothing({ returned, removed, moved, filed, categories }: PlacesPlan): boolean {
  return [returned, removed, moved, filed, ...Object.values(categories)].every((some) => some.length === 0);
}

/** Of one thing: what it is to be where something made `after` of `before`, and that is to be undone; what others did since stays. */
function undone<Value>(
  now: Value | undefined,
  before: Value | undefined,
  after: Value | undefined,
): Value | undefined {
  return told(now) === told(after) ? before : now;
}

function undoneAll<Key, Value>(
  now: ReadonlyMap<Key, Value>,
  before: ReadonlyMap<Key, Value>,
  after: ReadonlyMap<Key, Value>,
): Value[] {
  const keys = new Set([...now.keys(), ...before.keys()]);
  return [...keys].flatMap((key) => undone(now.get(key), before.get(key), after.get(key)) ?? []);
}

/** What a collection holds once what one act did is undone: what nobody touched since is as before it, the rest is as it is. */
export function withoutAct(now: Places, before: Places, after: Places): Places {
  return {
    entries: undoneAll(entryMap(now.entries), entryMap(before.entries), entryMap(after.entries)),
    categories: undoneAll(
      categoryMap(now.categories),
      categoryMap(before.categories),
      categoryMap(after.categories),
    ),
  };
}
