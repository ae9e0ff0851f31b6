import { createHash, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import { X509CertificateGenerator } from '@peculiar/x509';

/** What an HTTPS server shows, and proves that it has the key of. */
export interface Certificate {
  /** PEM. The key is in memory alone. */
  readonly key: string;
  readonly cert: string;
  /** SHA-256 of the certificate, 32 bytes. */
  readonly fingerprint: Buffer;
}

const dayMs = 24 * 60 * 60 * 1_000;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** A self-signed certificate for one meeting. It says nothing of the computer, nor of who hosts: it is known by its fingerprint alone. @param at - Unix milliseconds. */
export async function newCertificate(at: number): Promise<Certificate> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const made = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: `01${randomBytes(15).toString('hex')}`,
      name: 'CN=Calepin',
      // Clocks of computers that have been offline for long are wrong by days.
      notBefore: new Date(at - 400 * dayMs),
      notAfter: new Date(at + 400 * dayMs),
      signingAlgorithm: algorithm,
      // The types of the browser know fewer uses of a key than Node does.
      keys: keys as unknown as CryptoKeyPair,
    },
    webcrypto as unknown as Crypto,
  );
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const cert = made.toString('pem');
  return {
    key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`,
    cert,
    fingerprint: fingerprintOf(new X509Certificate(cert)),
  };
}

/** SHA-256 of a certificate, 32 bytes. */
export function fingerprintOf({ raw }: Pick<X509Certificate, 'raw'>): Buffer {
  return createHash('sha256').update(raw).digest();
}
