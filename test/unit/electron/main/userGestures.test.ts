import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { expect, it } from 'vitest';
import { UserGestures } from '../../../../electron/main/userGestures.ts';

function watched() {
  let now = 0;
  const gestures = new UserGestures(() => now);
  const contents = Object.assign(new EventEmitter(), { id: 4 });
  gestures.watch(contents as unknown as WebContents);
  return {
    gestures,
    contents,
    input: (type: string) => contents.emit('input-event', {}, { type }),
    pass: (ms: number) => void (now += ms),
  };
}

it('counts a click or a key once, for five seconds, in its own page', () => {
  const { gestures, input, pass } = watched();
  expect(gestures.take(4)).toBe(false);
  input('mouseDown');
  expect([gestures.take(5), gestures.take(4), gestures.take(4)]).toEqual([false, true, false]);
  input('rawKeyDown');
  pass(5_000);
  expect(gestures.take(4)).toBe(true);
  input('keyDown');
  pass(5_001);
  expect(gestures.take(4)).toBe(false);
});

it('does not count what a page can bring about by itself, nor what a page did that is gone', () => {
  const { gestures, contents, input } = watched();
  for (const type of ['mouseMove', 'mouseEnter', 'mouseWheel', 'gestureScrollBegin', 'char', 'undefined']) {
    input(type);
    expect([type, gestures.take(4)]).toEqual([type, false]);
  }
  input('mouseUp');
  contents.emit('destroyed');
  expect(gestures.take(4)).toBe(false);
});
