import { type KeyObject, sign } from 'node:crypto';
import type { DocumentId } from '#shared/domain/ids.ts';
import { signedHeadBytes } from '#shared/protocol/SignedHead.ts';
import { rawPublicKey } from '../signingKey.ts';
import type { UpdateLog } from '../storage/ports/UpdateLog.ts';
import type { ThinPlan } from './Thinned.ts';

/**
 * Puts what was worked out in the place of what is there, for good, each run in one transaction; the head is signed anew, so that the key of the statements is known as the relay's.
 * @throws AppError `conflict`: segments are others than those that it was worked out from; runs before that one are thinned.
 */
export async function applyThinning(
  log: UpdateLog,
  key: KeyObject,
  document: DocumentId,
  { runs }: ThinPlan,
  time: number,
): Promise<void> {
  for (const segments of runs) await log.replaceSegments(segments);
  const chain = await log.chainHead(document);
  if (chain === null) return;
  const head = { ...chain, time };
  const signature = sign(null, signedHeadBytes(document, head), key);
  await log.saveHeads([{ document, head: { ...head, signature } }], rawPublicKey(key));
}
