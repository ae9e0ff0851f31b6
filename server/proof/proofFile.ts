import { hash } from 'node:crypto';
import * as encoding from 'lib0/encoding';
import { z } from 'zod';
import { idPattern, type DocumentId, type Epoch, type DeviceId, type PersonId } from '#shared/domain/ids.ts';

/** The first words of the file. */
export const proofFormat = 'calepin proof 1';
/** What its name ends with. */
export const proofExtension = '.jsonl.gz';

const hex = (bytes: number) =>
  z
    .string()
    .regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`))
    .transform((text) => new Uint8Array(Buffer.from(text, 'hex')));
const update = z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64')));
const id = z.string().regex(idPattern);
const seq = z.int().positive();
const time = z.int().nonnegative();

/** The first line: what is proven, and with which keys. */
export const proofHeaderSchema = z.strictObject({
  format: z.literal(proofFormat),
  document: id.transform((one) => one as DocumentId),
  epoch: id.transform((one) => one as Epoch),
  /** The row up to which everything is in the file. */
  seq,
  /** When it was written, by the relay's clock. */
  time,
  /** When the file was made. */
  madeAt: time,
  relay: z.string(),
  calepin: z.string(),
  /** Ed25519, those with which heads are signed; the first is the relay's present one, which seals the file. */
  keys: z.array(hex(32)).min(1),
  version: z.strictObject({ kind: z.string(), name: z.string().nullable(), createdAt: time }).nullable(),
});
export type ProofHeader = z.infer<typeof proofHeaderSchema>;

const rowSchema = z.strictObject({
  seq,
  time,
  person: z
    .string()
    .nullable()
    .transform((one) => one as PersonId | null),
  device: z
    .string()
    .nullable()
    .transform((one) => one as DeviceId | null),
  deviceTime: z.int().nullable(),
  via: z.enum(['socket', 'operation', 'mirror']),
  operation: z.string().nullable(),
  update,
  digest: hex(32),
});
const thinnedSchema = z.strictObject({
  first: seq,
  last: seq,
  before: hex(32),
  digest: hex(32),
  lastTime: time,
  time,
  publicKey: hex(32),
  signature: hex(64),
  update,
});
const headSchema = z.strictObject({ seq, digest: hex(32), time, publicKey: hex(32), signature: hex(64) });
/** The names that the relay knew people by when it made the file: rows hold ids. */
const peopleSchema = z.array(z.strictObject({ id: z.string(), name: z.string() }));
const sealSchema = z.strictObject({
  header: hex(32),
  content: hex(32),
  people: hex(32),
  signature: hex(64),
});

/** Each line after the first holds one of these. */
export const proofLineSchema = z.union([
  z.strictObject({ content: z.unknown() }),
  z.strictObject({ row: rowSchema }),
  z.strictObject({ thinned: thinnedSchema }),
  z.strictObject({ people: peopleSchema }),
  z.strictObject({ head: headSchema }),
  z.strictObject({ seal: sealSchema }),
]);
/** As it is written: bytes as hexadecimal, updates as base64. */
export type ProofLine = z.input<typeof proofLineSchema>;
export type ReadProofLine = z.infer<typeof proofLineSchema>;

export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** SHA-256 of a line, without its end. */
export const lineDigest = (line: string): Uint8Array => hash('sha256', line, 'buffer');

/** What the seal speaks of: the digests of these lines. */
export type Sealed = Readonly<Record<'header' | 'content' | 'people', Uint8Array>>;

/**
 * The bytes that the seal signs: the first line, the content and the names belong to these rows.
 * @param digest - the chain's at the last row.
 * @see docs/proof.md
 */
export function sealBytes({ header, content, people }: Sealed, digest: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarString(encoder, proofFormat);
    for (const part of [header, content, people, digest]) encoding.writeUint8Array(encoder, part);
  });
}
