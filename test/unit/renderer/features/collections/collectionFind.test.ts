import { describe, expect, it } from 'vitest';
import type { CollectionEntry } from '#shared/api/collections.ts';
import type { EntryContent } from '#shared/document/fields.ts';
import { idFromBytes, type CategoryId, type MemberId, type PersonId } from '#shared/domain/ids.ts';
import {
  findEntries,
  isFinding,
  readFind,
} from '../../../../../renderer/features/collections/collectionFind.ts';

const idOf = <Id extends string>(n: number): Id =>
  idFromBytes<never>(new Uint8Array(16).fill(n)) as string as Id;
const suite = idOf<CategoryId>(90);
const [anne, basile] = [idOf<PersonId>(70), idOf<PersonId>(71)];
/** A moment of a day, in the time of who looks. */
const at = (day: number, hour = 12): number => new Date(2024, 2, day, hour).getTime();

type Note = NonNullable<CollectionEntry['note']>;
const held: readonly [number, CategoryId | null, Partial<Note> | null, number][] = [
  [1, null, { title: 'Récits 10', modifiedAt: at(5), authors: [{ id: anne } as never] }, 30],
  [
    2,
    suite,
    { title: 'récits 9', kind: 'term', modifiedAt: at(9, 23), authors: [{ id: basile } as never] },
    10,
  ],
  [3, suite, null, 40],
  [
    4,
    idOf<CategoryId>(91),
    { title: 'Échos', modifiedAt: at(7), authors: [{ id: anne } as never, { id: basile } as never] },
    20,
  ],
];
const entries = held.map(([n, category]): EntryContent => ({
  memberId: idOf(n),
  order: String(n),
  category,
  pinned: false,
}));
const known = new Map(
  held.map(([n, category, note, integratedAt]) => [
    idOf<MemberId>(n),
    {
      memberId: idOf<MemberId>(n),
      order: '',
      category,
      also: [],
      pinned: false,
      integratedBy: null,
      integratedAt,
      note: note === null ? null : ({ kind: 'note', ...note } as Note),
      carnet: null,
      held: null,
    },
  ]),
);
const find = (asked: Parameters<typeof findEntries>[3], words: number[] | null = null): number[] =>
  findEntries(
    entries,
    known,
    new Set([suite]),
    asked,
    words && new Set(words.map((n) => idOf<MemberId>(n))),
  ).map((entry) => Number(entry.order));

describe('finding in a carnet', () => {
  it('keeps the carnet’s order, or sorts by title, last change or last integration; closed notes tell nothing', () => {
    expect(find({})).toEqual([1, 2, 3, 4]);
    expect(find({ sort: 'title' })).toEqual([4, 2, 1, 3]);
    expect(find({ sort: 'modified' })).toEqual([2, 4, 1, 3]);
    expect(find({ sort: 'integrated' })).toEqual([3, 1, 4, 2]);
  });

  it('filters by words, kind, author and category, all at once; a category that is gone is none', () => {
    expect(find({ q: 'x' }, [4, 1])).toEqual([1, 4]);
    expect(find({ kind: 'term' })).toEqual([2]);
    expect(find({ author: basile })).toEqual([2, 4]);
    expect(find({ category: suite })).toEqual([2, 3]);
    expect(find({ category: 'none' })).toEqual([1, 4]);
    const also = { memberId: idOf<MemberId>(1), order: '1', category: null, also: [suite], pinned: false };
    expect(findEntries([also], known, new Set([suite]), { category: suite }, null)).toEqual([also]);
    expect(findEntries([also], known, new Set([suite]), { category: 'none' }, null)).toEqual([]);
    expect(find({ category: 'none', author: anne }, [4])).toEqual([4]);
  });

  it('takes days whole, the last one too', () => {
    expect(find({ since: '2024-03-05', until: '2024-03-07' })).toEqual([1, 4]);
    expect(find({ since: '2024-03-06' })).toEqual([2, 4]);
    expect(find({ until: '2024-03-09' })).toEqual([1, 2, 4]);
  });

  it('reads an address that anyone may have written', () => {
    expect(readFind({ q: 2024, sort: 'title', kind: 'term', category: 'none', since: '2024-03-05' })).toEqual(
      {
        q: '2024',
        sort: 'title',
        kind: 'term',
        category: 'none',
        since: '2024-03-05',
      },
    );
    expect(
      readFind({ q: '', sort: 'order', kind: 'x', author: {}, until: '2024-13-45', since: 'hier', z: 1 }),
    ).toEqual({});
    expect(readFind({ q: 'a'.repeat(500) }).q).toHaveLength(200);
    expect([isFinding({}), isFinding({ sort: 'title' }), isFinding({ until: '2024-03-05' })]).toEqual([
      false,
      true,
      true,
    ]);
  });
});
