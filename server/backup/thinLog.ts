import { type KeyObject, sign } from 'node:crypto';
import * as Y from 'yjs';
import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { signedHeadBytes } from '#shared/protocol/SignedHead.ts';
import { docFrom } from '../log/rebuild.ts';
import { rawPublicKey } from '../signingKey.ts';
import { firstDigest } from '../storage/chain.ts';
import { encodeStatement, thinStatementBytes } from '../storage/journal/ThinStatement.ts';
import type { UpdateLog } from '../storage/ports/UpdateLog.ts';

/** The rows that are gone. */
export interface Thinned {
  readonly first: number;
  readonly last: number;
}

/**
 * Lets go of the moments between two rows of a document, for good: whole segments between them become one update that does the same, without what was deleted by then. Later rows build
 * on it as they did; the digests at both ends stay, and the relay's signed statement says what was done. A moment in the range reads as the last one before it.
 * @param range.after - rows up to this one stay as they are; 0 for none.
 * @param range.upTo - no row after this one is touched.
 * @returns what was thinned; null when no whole segment is in the range, or it was thinned already.
 * @throws AppError `document_damaged`: nothing that is damaged is sealed. `not_allowed` for an unknown document.
 */
export async function thinLog(
  log: UpdateLog,
  key: KeyObject,
  document: DocumentId,
  range: { readonly after: number; readonly upTo: number },
  time: number = Date.now(),
): Promise<Thinned | null> {
  if ((await log.head(document)) === null)
    throw new AppError('not_allowed', `There is no document ${document}.`);
  const all = await log.segments(document);
  const segments = all.filter(({ first, last }) => first > range.after && last <= range.upTo);
  const [from, to] = [segments[0], segments.at(-1)];
  if (from === undefined || to === undefined || (from === to && from.isThinned)) return null;
  const { first } = from;
  const { last, digest } = to;
  const before = all.findLast((one) => one.last < first)?.digest ?? firstDigest(document);
  const rows = await log.read(document, 0, last);
  const bytes = stateBetween(rows, first);
  const lastTime = rows.at(-1)?.time ?? time;
  const segment = { document, first, last, digest, bytes };
  const said = { before, lastTime, time };
  const signature = sign(null, thinStatementBytes(segment, said), key);
  const statement = encodeStatement({ ...said, publicKey: rawPublicKey(key), signature });
  await log.replaceSegments({ ...segment, statement });
  await signHead(log, key, document, time);
  return { first, last };
}

/** So that the key that signed the statement is known as the relay's. */
async function signHead(log: UpdateLog, key: KeyObject, document: DocumentId, time: number): Promise<void> {
  const chain = await log.chainHead(document);
  if (chain === null) return;
  const head = { ...chain, time };
  const signature = sign(null, signedHeadBytes(document, head), key);
  await log.saveHeads([{ document, head: { ...head, signature } }], rawPublicKey(key));
}

/** What rows from `first` on add to those before, collected. */
function stateBetween(rows: readonly { seq: number; bytes: Uint8Array }[], first: number): Uint8Array {
  const before = docFrom(
    rows.flatMap(({ seq, bytes }) => (seq < first ? [bytes] : [])),
    true,
  );
  const after = docFrom(
    rows.map(({ bytes }) => bytes),
    true,
  );
  const update = Y.encodeStateAsUpdate(after, Y.encodeStateVector(before));
  before.destroy();
  after.destroy();
  return update;
}
