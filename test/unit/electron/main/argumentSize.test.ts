import { expect, it } from 'vitest';
import { isLargerThan } from '../../../../electron/main/argumentSize.ts';

const limit = 10_000;
const sparse: unknown[] = [];
sparse[1_000_000] = 1;
let deep: unknown = 'x';
for (let depth = 0; depth < 6_000; depth += 1) deep = [deep];

it.each([
  ['nothing', undefined, false],
  ['a small object', { theme: 'dark', list: [1, 2, 3] }, false],
  ['a text', 'a'.repeat(4_990), false],
  ['a longer text', 'a'.repeat(5_010), true],
  ['a long name', { ['a'.repeat(5_010)]: 1 }, true],
  ['bytes', new Uint8Array(10_001), true],
  ['a buffer', new ArrayBuffer(10_001), true],
  ['a map', new Map(Array.from({ length: 10_001 }, (_, at) => [at, at])), true],
  ['what a set holds', new Set(['a'.repeat(5_010)]), true],
  ['a list with one place far out', sparse, true],
  ['a deep one', deep, true],
  ['a number without an end', 10n, true],
])('measures %s', (_name, value, larger) => {
  expect(isLargerThan(value, limit)).toBe(larger);
});

it('goes through a loop once', () => {
  const loop: { self?: unknown } = {};
  loop.self = [loop, loop, loop];
  expect(isLargerThan(loop, limit)).toBe(false);
});
