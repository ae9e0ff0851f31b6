import { createHmac } from 'node:crypto';

/**
 * What shows to a computer that hosts that a guest was there before: good for the certificate of this meeting alone, and nothing to a host who does not have the key.
 * @param key - that both computers keep. @param fingerprint - SHA-256 of the certificate.
 * @returns 32 bytes, base64url.
 */
export function backProof(key: string, fingerprint: Uint8Array): string {
  return createHmac('sha256', key).update('calepin guest again').update(fingerprint).digest('base64url');
}
