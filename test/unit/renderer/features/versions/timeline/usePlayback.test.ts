import { expect, test } from 'vitest';
import { advance, waitBetween } from '../../../../../../renderer/features/versions/timeline/usePlayback.ts';

test('what was typed without a pause is played at its own pace, a pause as a breath', () => {
  expect(waitBetween(1_000, 1_120)).toBe(120);
  expect(waitBetween(1_000, 1_000 + 3_600_000)).toBe(600);
  // A clock that was set back.
  expect(waitBetween(1_000, 900)).toBe(0);
});

test('goes on by as many rows as the time allows, and tells how long until the next', () => {
  const times = [0, 100, 250, 250, 900];
  expect(advance(times, 10, 10, 0)).toEqual({ seq: 10, left: 0, wait: 100 });
  expect(advance(times, 10, 10, 130)).toEqual({ seq: 11, left: 30, wait: 120 });
  expect(advance(times, 10, 11, 150)).toEqual({ seq: 13, left: 0, wait: 650 });
  expect(advance(times, 10, 13, 5_000)).toEqual({ seq: 14, left: 4_350, wait: null });
});
