/** Seeded pseudo-random numbers (mulberry32): the same seed, the same sample. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 up to, not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** 0 up to, not including, `below`. */
  int(below: number): number {
    return Math.floor(this.next() * below);
  }

  /** From `least` up to and with `most`. */
  between(least: number, most: number): number {
    return least + this.int(most - least + 1);
  }

  /** True this often. */
  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.int(from.length)] as T;
  }

  /** Up to `count` of them, each once. */
  some<T>(from: readonly T[], count: number): T[] {
    const found = new Set<T>();
    for (let tries = 0; found.size < Math.min(count, from.length) && tries < count * 10; tries++)
      found.add(this.pick(from));
    return [...found];
  }

  /** 128 bits as an id has them. */
  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.int(256));
  }
}
