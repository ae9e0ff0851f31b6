import { expect, test } from 'vitest';
import { WritePace } from '../../../../server/room/WritePace.ts';

/** @returns the pace after rows at these times, in ms. */
function paceOf(...times: readonly number[]): number {
  const pace = new WritePace();
  for (const time of times) pace.add(time);
  return pace.perSecond;
}

const every = (ms: number, from: number, to: number) =>
  Array.from({ length: Math.ceil((to - from) / ms) }, (_, n) => from + n * ms);

test('a steady pace is rows a second, whatever came before it', () => {
  expect(paceOf(...every(1, 0, 2_001))).toBeCloseTo(1000, -1);
  expect(paceOf(...every(100, 0, 3_001))).toBeCloseTo(10, 0);
  expect(paceOf(...every(1, 0, 1_000), ...every(100, 1_000, 3_001))).toBeCloseTo(10, 0);
});

test('a rush shows in its first half second', () => {
  expect(paceOf(...every(0.1, 0, 100))).toBeGreaterThanOrEqual(2_000);
});

test('the first row after a pause ends a rush', () => {
  expect(paceOf(...every(0.1, 0, 1_000), 60_000)).toBeLessThan(200);
});
