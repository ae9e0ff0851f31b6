import { createHash, randomBytes } from 'node:crypto';
import { idFromBytes } from '#shared/domain/ids.ts';

/** A new id: 128 random bits. */
export function newId<T extends string>(): T {
  return idFromBytes<T>(randomBytes(16));
}

/** A new secret: 256 random bits, base64url. It is shown once; the relay keeps its hash. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret. Plain SHA-256 is enough: the secret is random, and cannot be guessed. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
