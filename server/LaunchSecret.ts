import { timingSafeEqual } from 'node:crypto';
import { hashSecret, newSecret } from './secrets.ts';

/**
 * The secret by which the person of this computer signs in, new at each start and gone with the process. It is good for one thing: making a session. Only its hash
 * is kept.
 */
export class LaunchSecret {
  #hash: string | null = null;

  /** Makes a new secret; one made before is no longer good. */
  renew(): string {
    const secret = newSecret();
    this.#hash = hashSecret(secret);
    return secret;
  }

  matches(secret: string): boolean {
    if (this.#hash === null) return false;
    return timingSafeEqual(Buffer.from(hashSecret(secret)), Buffer.from(this.#hash));
  }
}
