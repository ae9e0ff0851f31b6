import { expect, test } from 'vitest';
import { StorageBackoff } from '#server/room/StorageBackoff.ts';

test('[R6] after a failed commit writes are refused for a while, longer each time, and never for more than 2 s', () => {
  let now = 0;
  const storage = new StorageBackoff(() => now);
  const waits: number[] = [];
  for (let failure = 0; failure < 6; failure++) {
    storage.failed();
    const from = now;
    // What was on its way with it fails too, and makes nobody wait longer.
    storage.failed();
    while (storage.isFailing()) now += 10;
    waits.push(now - from);
  }
  expect(waits).toEqual([500, 1_000, 2_000, 2_000, 2_000, 2_000]);
  storage.failed();
  storage.succeeded();
  expect(storage.isFailing()).toBe(false);
});

test('a commit that failed is not forgotten when it is time to try again, only when one succeeds', () => {
  let now = 0;
  const storage = new StorageBackoff(() => now);
  expect(storage.hasFailed).toBe(false);
  storage.failed();
  now = 60_000;
  expect([storage.isFailing(), storage.hasFailed]).toEqual([false, true]);
  storage.succeeded();
  expect(storage.hasFailed).toBe(false);
});
