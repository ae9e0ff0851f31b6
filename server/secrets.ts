import { createHash, randomBytes } from 'node:crypto';
import { idFromBytes } from '#shared/domain/ids.ts';

/** A new id: 128 random bits. */
export function newId<T extends string>(): T {
  return idFromBytes<T>(randomBytes(16));
}

/** The id that is always the same for the same words: for what must be made once, however often it is tried. */
export function idOf<T extends string>(words: string): T {
  return idFromBytes<T>(createHash('sha256').update(words).digest().subarray(0, 16));
}

/** A new secret: 256 random bits, base64url. It is shown once; the relay keeps its hash. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret. Plain SHA-256 is enough: the secret is random, and cannot be guessed. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
