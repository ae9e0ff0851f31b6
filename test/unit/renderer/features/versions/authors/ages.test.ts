import { expect, test } from 'vitest';
import { ageOf, ages } from '../../../../../../renderer/features/versions/authors/ages.ts';

test('tells how long ago something was written', () => {
  const day = 86_400_000;
  const now = 1_000 * day;
  const shown = [0, day - 1, day, 8 * day, 31 * day, 400 * day].map((age) => ages[ageOf(now - age, now)]);
  expect(shown).toEqual(['day', 'day', 'week', 'month', 'year', 'older']);
  // A clock that is ahead.
  expect(ages[ageOf(now + day, now)]).toBe('day');
});
