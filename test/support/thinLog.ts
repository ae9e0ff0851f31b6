import type { KeyObject } from 'node:crypto';
import { applyThinning } from '#server/thinning/applyThinning.ts';
import { planThinning } from '#server/thinning/planThinning.ts';
import type { ThinPlan, ThinWanted } from '#server/thinning/Thinned.ts';
import type { UpdateLog } from '#server/storage/ports/UpdateLog.ts';
import type { DocumentId } from '#shared/domain/ids.ts';

/** Thins a log in this very thread, to its ends unless moments are given. */
export async function thinLog(
  log: UpdateLog,
  key: KeyObject,
  document: DocumentId,
  range: Pick<ThinWanted, 'after' | 'upTo'> & { readonly moments?: readonly number[] },
): Promise<ThinPlan | null> {
  const time = Date.now();
  const plan = await planThinning(log, key, { moments: [], ...range, document, time, isPreview: false });
  if (plan !== null) await applyThinning(log, key, document, plan, time);
  return plan;
}
