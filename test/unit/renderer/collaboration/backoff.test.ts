import { expect, test } from 'vitest';
import { reconnectDelay } from '../../../../renderer/collaboration/backoff.ts';

test('waits between half a second and thirty seconds, longer after each failure', () => {
  const longest = Array.from({ length: 9 }, (_, failures) => reconnectDelay(failures, 1));
  expect(longest).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000]);
  expect(reconnectDelay(400, 1)).toBe(30_000);
});

test('spreads everyone over the whole of the wait', () => {
  expect([0, 0.5, 1].map((random) => reconnectDelay(5, random))).toEqual([500, 15_250, 30_000]);
});
