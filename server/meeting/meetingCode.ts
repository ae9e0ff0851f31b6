import { randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import { codeAlphabet, codeLength, secretLength } from '#shared/domain/meetingCode.ts';

/** 64 MiB and some tenths of a second for each guess: whoever knows a code and looks for a certificate that fits it too pays that for every certificate. */
const cost = { N: 2 ** 16, r: 8, p: 1, maxmem: 2 ** 27 } as const;

/** A new secret: five characters, 25 bits. */
export function newMeetingSecret(): string {
  return Array.from({ length: secretLength }, () => codeAlphabet[randomInt(codeAlphabet.length)]).join('');
}

/**
 * The code that names a certificate: the secret, and 35 bits of `scrypt(fingerprint, salt: secret)`.
 * @param fingerprint - SHA-256 of the certificate, 32 bytes.
 */
export async function meetingCode(secret: string, fingerprint: Uint8Array): Promise<string> {
  const checkLength = codeLength - secretLength;
  const bytes = await new Promise<Buffer>((resolve, reject) => {
    scrypt(fingerprint, secret, checkLength, cost, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
  // Five bits of each byte: 256 is a multiple of 32, so that each character is as likely.
  return secret + [...bytes].map((byte) => codeAlphabet[byte % codeAlphabet.length]).join('');
}

/** Whether a code is that of this certificate. @param code - of `readMeetingCode`. */
export async function codeNames(code: string, fingerprint: Uint8Array): Promise<boolean> {
  return isSameCode(code, await meetingCode(code.slice(0, secretLength), fingerprint));
}

/** Compares in a time that says nothing. */
export function isSameCode(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
