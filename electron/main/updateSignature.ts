import { createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';

const signedSchema = z.object({
  version: z.string().min(1).max(64),
  files: z
    .array(
      z.object({
        url: z.string().min(1).max(512),
        sha512: z.string().min(1).max(128),
        size: z.number().int(),
      }),
    )
    .min(1)
    .max(64),
});
/** What of a feed is signed: which version, and the digest of each of its files. The rest (dates, notes) decides nothing. */
export type SignedUpdate = z.infer<typeof signedSchema>;

function signedBytes(given: SignedUpdate): Buffer {
  const { version, files } = signedSchema.parse(given);
  const lines = files.map(({ url, sha512, size }) => JSON.stringify([url, sha512, size]));
  return Buffer.from(['calepin update', JSON.stringify(version), ...lines].join('\n'));
}

/** Signs what a feed offers, for who publishes. @returns the field `signature` of the feed, in base64. */
export function signUpdate(update: SignedUpdate, privateKey: KeyObject): string {
  return sign(null, signedBytes(update), privateKey).toString('base64');
}

/**
 * Whether who publishes Calepin signed this offer: the digests alone come from the server that serves the files, and say nothing of who put them there.
 * @param update - as the feed says it.
 * @param publicKey - Ed25519, PEM.
 */
export function isSignedUpdate(update: unknown, publicKey: string): boolean {
  const read = signedSchema.extend({ signature: z.base64() }).safeParse(update);
  if (!read.success) return false;
  return verify(
    null,
    signedBytes(read.data),
    createPublicKey(publicKey),
    Buffer.from(read.data.signature, 'base64'),
  );
}
