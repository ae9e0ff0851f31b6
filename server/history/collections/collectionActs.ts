import * as Y from 'yjs';
import {
  categoriesOf,
  type CategoryContent,
  descriptionOf,
  entriesOf,
  type EntryContent,
  guideOf,
  readAllCategories,
  readEntry,
  titleOf,
} from '#shared/document/fields.ts';
import type { CollectionActKind } from '#shared/api/collectionHistory.ts';
import type { MemberId, PersonId } from '#shared/domain/ids.ts';
import type { LogRow } from '../../storage/ports/UpdateLog.ts';

/** Something that one person did to a carnet or a base, in one row of its log or in several that follow one another. */
export interface CollectionAct {
  readonly kind: CollectionActKind;
  readonly fromSeq: number;
  readonly seq: number;
  /** Unix milliseconds, of the last row. */
  readonly at: number;
  readonly person: PersonId | null;
  readonly members: readonly MemberId[];
  /** What a category, or the collection, is called now or was until then. */
  readonly words: readonly string[];
}

/** When a member was in the collection. `until`: null while it is. */
export interface Stay {
  readonly from: number;
  readonly until: number | null;
}

/** All that was done to a collection, oldest first. */
export interface CollectionStory {
  readonly acts: readonly CollectionAct[];
  readonly stays: ReadonlyMap<MemberId, readonly Stay[]>;
}

/** Acts of one kind and person are told as one until there is a pause of so long. */
const pauseMs = 10 * 60_000;
/** For so long rows are read before others have their turn. */
const sliceMs = 8;
/** What operations of the relay are told as, whatever they changed. */
const operationKinds: Readonly<Record<string, CollectionActKind>> = {
  restore: 'restored',
  undoRestore: 'undone',
};

/** Reads the rows of a carnet, or of a base, from the first on. */
export async function readStory(rows: readonly LogRow[]): Promise<CollectionStory> {
  const reader = new StoryReader();
  try {
    let end = performance.now() + sliceMs;
    for (const row of rows) {
      if (performance.now() > end) {
        await new Promise<void>((resolve) => {
          setImmediate(resolve);
        });
        end = performance.now() + sliceMs;
      }
      reader.read(row);
    }
    return { acts: reader.acts, stays: reader.stays };
  } finally {
    reader.close();
  }
}

type Change = Pick<CollectionAct, 'kind' | 'members' | 'words'>;

class StoryReader {
  readonly acts: CollectionAct[] = [];
  readonly stays = new Map<MemberId, Stay[]>();
  private readonly doc = new Y.Doc();
  private readonly touched = new Set<'categories' | 'title' | 'description' | 'guide'>();
  /** Members whose place a row touched. */
  private readonly moved = new Set<MemberId>();
  private readonly entries = new Map<MemberId, EntryContent>();
  private categories: ReadonlyMap<string, CategoryContent> = new Map();
  private last = 0;

  constructor() {
    const { doc, touched, moved } = this;
    entriesOf(doc).observeDeep((events) => {
      for (const { path, keys } of events)
        for (const key of path.length === 0 ? keys.keys() : [String(path[0])]) moved.add(key as MemberId);
    });
    categoriesOf(doc).observeDeep(() => touched.add('categories'));
    titleOf(doc).observe(() => touched.add('title'));
    descriptionOf(doc).observe(() => touched.add('description'));
    guideOf(doc).observeDeep(() => touched.add('guide'));
  }

  read(row: LogRow): void {
    this.touched.clear();
    this.moved.clear();
    Y.applyUpdate(this.doc, row.bytes);
    const changes = this.changes(row);
    // Behind a range that was thinned, or at the beginning: all that there is came at once.
    const isFirst = row.seq === 1;
    const isGap = row.seq !== this.last + 1;
    this.last = row.seq;
    const operation = row.operation === null ? undefined : operationKinds[row.operation];
    const whole = isFirst ? 'created' : isGap ? 'thinned' : operation;
    if (whole === undefined) for (const change of changes) this.add(row, change);
    else {
      const members = [...new Set(changes.flatMap((change) => change.members))];
      const isPeople = whole !== 'thinned';
      this.add(isPeople ? row : { ...row, person: null }, { kind: whole, members, words: [] });
    }
  }

  close(): void {
    this.doc.destroy();
  }

  private changes(row: LogRow): Change[] {
    const { doc, touched } = this;
    const changes: Change[] = [];
    if (this.moved.size > 0) changes.push(...placeChanges(this.replaceMoved(row.time)));
    if (touched.has('categories')) {
      const categories = new Map(readAllCategories(doc).map((one) => [one.id as string, one]));
      changes.push(...categoryChanges(this.categories, categories));
      this.categories = categories;
    }
    if (touched.has('title'))
      changes.push({ kind: 'title', members: [], words: [titleOf(doc).toJSON().trim()] });
    for (const kind of ['description', 'guide'] as const)
      if (touched.has(kind)) changes.push({ kind, members: [], words: [] });
    return changes;
  }

  /** Reads the places that a row touched. @returns each, before and after it. */
  private replaceMoved(time: number): PlaceChange[] {
    return [...this.moved].map((member) => {
      const was = this.entries.get(member) ?? null;
      const entry = readEntry(this.doc, member);
      const stays = this.stays.get(member) ?? [];
      if (entry === null) this.entries.delete(member);
      else this.entries.set(member, entry);
      if (was === null && entry !== null) this.stays.set(member, [...stays, { from: time, until: null }]);
      if (was !== null && entry === null)
        this.stays.set(member, [...stays.slice(0, -1), { from: stays.at(-1)?.from ?? time, until: time }]);
      return { member, was, entry };
    });
  }

  private add({ seq, time, person }: Pick<LogRow, 'seq' | 'time' | 'person'>, change: Change): void {
    // Letters of a title, drags of one list: one act each sitting. Operations stand by themselves.
    const before = this.acts.findLast((act) => act.kind === change.kind);
    const goesOn =
      before !== undefined &&
      before.person === person &&
      time - before.at < pauseMs &&
      !Object.values(operationKinds).includes(change.kind) &&
      this.acts.slice(this.acts.indexOf(before) + 1).every((act) => act.person === person);
    if (!goesOn) {
      this.acts.push({ ...change, fromSeq: seq, seq, at: time, person });
      return;
    }
    this.acts.splice(this.acts.indexOf(before), 1);
    this.acts.push({
      ...before,
      seq,
      at: time,
      members: [...new Set([...before.members, ...change.members])],
      words: change.kind === 'title' ? change.words : [...new Set([...before.words, ...change.words])],
    });
  }
}

const sameList = (a: readonly string[] = [], b: readonly string[] = []): boolean =>
  a.length === b.length && a.every((one, at) => one === b[at]);

interface PlaceChange {
  readonly member: MemberId;
  readonly was: EntryContent | null;
  readonly entry: EntryContent | null;
}

function placeChanges(places: readonly PlaceChange[]): Change[] {
  const of = (
    kind: CollectionActKind,
    isOf: (was: EntryContent | null, entry: EntryContent | null) => boolean,
  ): Change[] => {
    const members = places.filter(({ was, entry }) => isOf(was, entry)).map(({ member }) => member);
    return members.length === 0 ? [] : [{ kind, members, words: [] }];
  };
  const stayed =
    (differs: (was: EntryContent, entry: EntryContent) => boolean) =>
    (was: EntryContent | null, entry: EntryContent | null): boolean =>
      was !== null && entry !== null && differs(was, entry);
  return [
    ...of('integrated', (was, entry) => was === null && entry !== null),
    ...of('removed', (was, entry) => was !== null && entry === null),
    ...of(
      'ordered',
      stayed((was, entry) => was.order !== entry.order),
    ),
    ...of(
      'pinned',
      stayed((was, entry) => !was.pinned && entry.pinned),
    ),
    ...of(
      'unpinned',
      stayed((was, entry) => was.pinned && !entry.pinned),
    ),
    ...of(
      'held',
      stayed((was, entry) => entry.held !== undefined && was.held !== entry.held),
    ),
    ...of(
      'followed',
      stayed((was, entry) => entry.held === undefined && was.held !== undefined),
    ),
    ...of(
      'filed',
      stayed((was, entry) => was.category !== entry.category || !sameList(was.also, entry.also)),
    ),
  ];
}

function categoryChanges(
  before: ReadonlyMap<string, CategoryContent>,
  after: ReadonlyMap<string, CategoryContent>,
): Change[] {
  const of = (kind: CollectionActKind, some: readonly CategoryContent[]): Change[] =>
    some.length === 0 ? [] : [{ kind, members: [], words: some.map(({ name }) => name) }];
  const stayed = [...after.values()].filter(({ id }) => before.has(id));
  return [
    ...of(
      'categoryAdded',
      [...after.values()].filter(({ id }) => !before.has(id)),
    ),
    ...of(
      'categoryRemoved',
      [...before.values()].filter(({ id }) => !after.has(id)),
    ),
    ...of(
      'categoryRenamed',
      stayed.filter(({ id, name }) => before.get(id)?.name !== name),
    ),
    ...of(
      'categoryMoved',
      stayed.filter(({ id, order, list }) => {
        const was = before.get(id);
        return was?.order !== order || was.list !== list;
      }),
    ),
  ];
}
