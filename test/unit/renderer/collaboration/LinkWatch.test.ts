import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LinkWatch } from '../../../../renderer/collaboration/LinkWatch.ts';

let buffered = 0;
let unsettledSince: number | null = null;
const onLost = vi.fn<() => void>();
const sendPing = vi.fn<(number: number) => void>();
let watch: LinkWatch;

beforeEach(() => {
  vi.useFakeTimers();
  buffered = 0;
  unsettledSince = null;
  onLost.mockClear();
  sendPing.mockReset();
  watch = new LinkWatch({
    sendPing,
    buffered: () => buffered,
    unsettledSince: () => unsettledSince,
    onLost,
  });
  watch.start();
});
afterEach(() => {
  watch.stop();
  vi.useRealTimers();
});

const seconds = (count: number) => vi.advanceTimersByTime(count * 1_000);

test('pings every ten seconds, and is content with answers', () => {
  sendPing.mockImplementation((number) => watch.ponged(number));
  seconds(61);
  expect(sendPing.mock.calls).toEqual([[1], [2], [3], [4], [5], [6]]);
  expect(onLost).not.toHaveBeenCalled();
});

test('a ping without an answer for five seconds is a lost link', () => {
  seconds(14);
  expect([sendPing.mock.calls.length, onLost.mock.calls.length]).toEqual([1, 0]);
  seconds(2);
  expect(onLost).toHaveBeenCalled();
});

test('an answer to another ping is no answer', () => {
  seconds(10);
  watch.ponged(7);
  seconds(6);
  expect(onLost).toHaveBeenCalled();
});

test('an update that is not acknowledged for five seconds is a lost link', () => {
  seconds(2);
  unsettledSince = Date.now();
  seconds(4);
  expect(onLost).not.toHaveBeenCalled();
  seconds(2);
  expect(onLost).toHaveBeenCalled();
});

test('a large update on a slow line is not silence while its bytes leave, and is once they stop', () => {
  unsettledSince = Date.now();
  for (buffered = 20_000; buffered > 0; buffered -= 1_000) seconds(1);
  expect(onLost).not.toHaveBeenCalled();
  seconds(7);
  expect(onLost).toHaveBeenCalled();
});

test('says nothing of a connection that is over', () => {
  unsettledSince = Date.now();
  watch.stop();
  seconds(30);
  expect([sendPing.mock.calls.length, onLost.mock.calls.length]).toEqual([0, 0]);
});
