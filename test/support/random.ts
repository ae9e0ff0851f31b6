import { Random } from '#server/sample/random.ts';

export type { Random };

/** Seeded pseudo-random numbers: the same seed, the same story. */
export const newRandom = (seed: number): Random => new Random(seed);
