import { expect, it } from 'vitest';
import { createCodec } from '../../electron-host/world/codec.ts';

const codec = createCodec();
const back = (value: unknown): unknown => codec.decode(codec.encode(value));

it('carries what the structured clone carries', () => {
  const value = {
    texts: ['é', '', '\u0000'],
    numbers: [0, 1.5, NaN, Infinity, 12n],
    nothing: [null, undefined],
    date: new Date(86_400_000),
    map: new Map<unknown, unknown>([[1, new Set(['a'])]]),
    bytes: new Uint8Array([0, 255, 7]),
    own: JSON.parse('{ "__proto__": 1 }') as unknown,
  };
  expect(back(value)).toEqual(value);
  expect(Object.getPrototypeOf((back(value) as { own: object }).own)).toBe(Object.prototype);
  expect(back(new RangeError('too far'))).toMatchObject({ name: 'RangeError', message: 'too far' });
});

it('keeps one object one, though it holds itself', () => {
  const loop: { self?: unknown; twice?: unknown[] } = {};
  loop.self = loop;
  loop.twice = [loop];
  const read = back(loop) as typeof loop;
  expect(read.self).toBe(read);
  expect(read.twice?.[0]).toBe(read);
});

it.each([[() => 1], [Symbol('a')], [new WeakMap()], [{ inside: [() => 1] }], [Promise.resolve()]])(
  'refuses what the structured clone refuses: %s',
  (value) => {
    expect(() => codec.encode(value)).toThrow('An object could not be cloned.');
  },
);

it('lets somebody replace what would be refused', () => {
  const text = codec.encode([() => 'called'], (value) => (typeof value === 'function' ? { id: 3 } : null));
  expect(codec.decode(text, (tagged: { id: number }) => `function ${tagged.id}`)).toEqual(['function 3']);
});
