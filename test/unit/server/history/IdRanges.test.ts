import { expect, test } from 'vitest';
import { IdRanges } from '#server/history/IdRanges.ts';

test('a value holds for its range and no further, whatever the order of adding', () => {
  const ranges = new IdRanges<string>();
  ranges.add({ client: 1, clock: 20 }, 5, 'b');
  ranges.add({ client: 1, clock: 10 }, 5, 'a');
  ranges.add({ client: 2, clock: 10 }, 1, 'c');
  const at = (client: number, clock: number) => ranges.get({ client, clock });
  expect([at(1, 9), at(1, 10), at(1, 14), at(1, 15), at(1, 24), at(1, 25), at(2, 10), at(3, 10)]).toEqual([
    undefined,
    'a',
    'a',
    undefined,
    'b',
    undefined,
    'c',
    undefined,
  ]);
});

test('where two ranges overlap the first added counts: whoever removed first', () => {
  const ranges = new IdRanges<string>();
  ranges.add({ client: 1, clock: 5 }, 5, 'first');
  ranges.add({ client: 1, clock: 0 }, 20, 'second');
  expect([0, 4, 5, 9, 10, 19].map((clock) => ranges.get({ client: 1, clock }))).toEqual([
    'second',
    'second',
    'first',
    'first',
    'second',
    'second',
  ]);
});

test('ranges that follow each other with one value are one', () => {
  const ranges = new IdRanges<string>();
  for (let clock = 0; clock < 100_000; clock += 1) ranges.add({ client: 1, clock }, 1, 'a');
  expect(ranges.get({ client: 1, clock: 99_999 })).toBe('a');
});
