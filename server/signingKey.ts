import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import path from 'node:path';
import { AppError } from '#shared/api/errorCodes.ts';
import { loadSecretFile } from './secretFile.ts';

/** Beside the database and not in it, and in no backup: who has only these cannot sign for the relay. */
export const signingKeyName = 'signing-key.pem';

/** A new Ed25519 key. */
export function newSigningKey(): KeyObject {
  return generateKeyPairSync('ed25519').privateKey;
}

/** A key's public half: 32 bytes, as in RFC 8032. */
export function rawPublicKey(key: KeyObject): Uint8Array {
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  return Buffer.from(x, 'base64url');
}

/**
 * The key with which the relay of a data folder signs; made, readable for its owner alone, when there is none.
 * @throws AppError `storage_failed`, its message a sentence for people, when the file holds no such key: it is never replaced.
 */
export async function loadSigningKey(dataFolder: string): Promise<KeyObject> {
  const file = path.join(dataFolder, signingKeyName);
  const pem = await loadSecretFile(file, () =>
    newSigningKey().export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below, like a key of another kind.
  }
  throw new AppError(
    'storage_failed',
    `${file} does not hold the key with which this Calepin signs: put the right file back, or move it away and another key is made.`,
  );
}
