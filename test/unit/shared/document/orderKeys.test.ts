import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareOrderKeys,
  isOrderKey,
  orderKeyBetween,
  orderKeysBetween,
} from '#shared/document/orderKeys.ts';

/** A repeatable source of numbers (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('order keys', () => {
  it('stay in order whatever the places where entries are inserted', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 300 }),
        fc.integer(),
        (places, seed) => {
          const random = seeded(seed);
          const keys: string[] = [];
          for (const place of places) {
            const at = Math.floor(place * keys.length);
            const key = orderKeyBetween(keys[at - 1] ?? null, keys[at] ?? null, random);
            expect(isOrderKey(key)).toBe(true);
            keys.splice(at, 0, key);
          }
          expect([...keys].sort(compareOrderKeys)).toEqual(keys);
          expect(new Set(keys).size).toBe(keys.length);
        },
      ),
    );
  });

  it('stay in order with the most unlucky random numbers', () => {
    for (const value of [0, 0.5, 0.999_999_999]) {
      const keys = [orderKeyBetween(null, null, () => value)];
      for (let at = 0; at < 200; at += 1) {
        keys.push(orderKeyBetween(keys.at(-1) ?? null, null, () => value));
        keys.unshift(orderKeyBetween(null, keys[0] ?? null, () => value));
        keys.splice(
          1,
          0,
          orderKeyBetween(keys[0] ?? null, keys[1] ?? null, () => value),
        );
      }
      expect([...keys].sort(compareOrderKeys)).toEqual(keys);
      expect(keys.every(isOrderKey)).toBe(true);
    }
  });

  it('stay short: 2,000 entries added at the end, and 300 inserted at one place', () => {
    const random = seeded(1);
    const added = orderKeysBetween(null, null, 2000, random);
    expect(Math.max(...added.map((key) => key.length))).toBeLessThanOrEqual(5);
    let upper = orderKeyBetween(added[0] ?? null, added[1] ?? null, random);
    for (let at = 0; at < 300; at += 1) upper = orderKeyBetween(added[0] ?? null, upper, random);
    expect(upper.length).toBeLessThan(150);
  });

  it('differ when two people insert at the same place at once', () => {
    const random = seeded(2);
    const [first, second] = orderKeysBetween(null, null, 2, random);
    const made = Array.from({ length: 60 }, () => orderKeyBetween(first ?? null, second ?? null, random));
    expect(new Set(made).size).toBe(60);
  });

  it('come after the first where the two neighbours have the same key', () => {
    const key = orderKeyBetween(null, null);
    expect(orderKeyBetween(key, key) > key).toBe(true);
  });

  it('take what is not a key for an open end', () => {
    for (const damaged of ['', 'é', '0000', 'abc', ' '.repeat(5)]) {
      expect(isOrderKey(orderKeyBetween(damaged, null))).toBe(true);
      expect(isOrderKey(orderKeyBetween(null, damaged))).toBe(true);
    }
  });
});
