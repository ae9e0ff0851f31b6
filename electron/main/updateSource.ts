import type { UpdateSource } from './updates.ts';

/** Filled in by who publishes Calepin. Until then no update is looked for. */
export const updateSource: UpdateSource = { feed: null, publicKey: null };
