import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '#shared/api/errorCodes.ts';
import { type DocumentId, type Epoch, idPattern } from '#shared/domain/ids.ts';
import type { SignedHead } from '#shared/protocol/SignedHead.ts';

/** A signed head that somebody kept, and now holds against what is stored. */
export interface KeptHead {
  readonly document: DocumentId;
  readonly head: SignedHead;
}

const idSchema = z.string().regex(idPattern);
const hexSchema = (bytes: number) =>
  z
    .string()
    .regex(/^[0-9a-f]*$/)
    .length(bytes * 2)
    .transform((hex) => new Uint8Array(Buffer.from(hex, 'hex')));
const headSchema = z.object({
  epoch: idSchema.transform((epoch) => epoch as Epoch),
  seq: z.int().positive(),
  digest: hexSchema(32),
  time: z.int().nonnegative(),
  signature: hexSchema(64),
});
const documentSchema = idSchema.transform((document) => document as DocumentId);
/** One head, or two that do not go together, as a page writes them. */
const keptSchema = z.union([
  headSchema.extend({ document: documentSchema }),
  z.object({ document: documentSchema, kept: headSchema.nullable(), later: headSchema.nullable() }),
]);

/**
 * Reads heads as text.
 * @param text - the JSON text itself, or the name of a file that holds it.
 * @throws AppError `invalid_request`, its message a sentence for people.
 * @see PROTOCOL.md, "Signed heads"
 */
export function readKeptHeads(text: string): KeptHead[] {
  try {
    const found = keptSchema.parse(JSON.parse(existsSync(text) ? readFileSync(text, 'utf8') : text));
    const { document } = found;
    const heads = 'signature' in found ? [found] : [found.kept, found.later];
    return heads.flatMap((head) => (head === null ? [] : [{ document, head }]));
  } catch (cause) {
    throw new AppError('invalid_request', 'This is no signed head, nor a file that holds one.', { cause });
  }
}
