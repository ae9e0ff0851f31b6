import { idFromBytes } from '#shared/domain/ids.ts';

/** A new random id of 128 bits. */
export function randomId<T extends string>(): T {
  return idFromBytes<T>(crypto.getRandomValues(new Uint8Array(16)));
}
