import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TrashKeeper } from '../../../server/TrashKeeper.ts';

const hour = 60 * 60 * 1000;
const silent = pino({ level: 'silent' });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('empties the trash a minute after the start and every six hours, also after a failure', async () => {
  const empty = vi
    .fn<(signal: AbortSignal) => Promise<number>>()
    .mockRejectedValueOnce(new Error('the disk'))
    .mockResolvedValue(1);
  const keeper = new TrashKeeper(empty, silent);
  keeper.start();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(empty).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(12 * hour);
  expect(empty).toHaveBeenCalledTimes(3);
  await keeper.close();
});

test('once closed it begins nothing, and what is under way is told and waited for', async () => {
  const { promise, resolve } = Promise.withResolvers<number>();
  const empty = vi.fn<(signal: AbortSignal) => Promise<number>>().mockReturnValue(promise);
  const keeper = new TrashKeeper(empty, silent);
  const looked = keeper.look();
  let isClosed = false;
  const closed = keeper.close().then(() => (isClosed = true));
  expect(empty.mock.calls[0]?.[0].aborted).toBe(true);
  await vi.advanceTimersByTimeAsync(1);
  expect(isClosed).toBe(false);
  resolve(0);
  await Promise.all([looked, closed]);
  await vi.advanceTimersByTimeAsync(24 * hour);
  expect(empty).toHaveBeenCalledTimes(1);
});
