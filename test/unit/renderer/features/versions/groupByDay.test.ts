import { expect, test } from 'vitest';
import type { VersionSummary } from '#shared/api/versions.ts';
import { groupByDay } from '../../../../../renderer/features/versions/groupByDay.ts';

const at = (...moment: [number, number, number, number, number]): VersionSummary =>
  ({ id: moment.join('-'), createdAt: new Date(...moment).getTime() }) as unknown as VersionSummary;

test('versions are grouped by day of this computer’s calendar, newest first', () => {
  const now = new Date(2026, 10, 22, 0, 30).getTime();
  const versions = [
    at(2026, 10, 22, 0, 10),
    at(2026, 10, 21, 23, 50),
    at(2026, 10, 21, 8, 0),
    at(2024, 1, 12, 11, 47),
    at(2024, 1, 1, 9, 0),
  ];
  const days = groupByDay(versions, now, 'fr').map((day) => [
    day.age > 1 ? day.date : day.age,
    day.versions.length,
  ]);
  expect(days).toEqual([
    [0, 1],
    [1, 2],
    ['12 février 2024', 1],
    ['1er février 2024', 1],
  ]);
});

test('yesterday is yesterday across a change of the clock', () => {
  const days = groupByDay(
    [at(2026, 10, 1, 1, 0), at(2026, 9, 31, 23, 0)],
    new Date(2026, 10, 1, 23, 0).getTime(),
    'en',
  );
  expect(days.map((day) => day.age)).toEqual([0, 1]);
});
