import type { KeyObject } from 'node:crypto';
import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { Past } from '../history/Past.ts';
import type { UpdateLog } from '../storage/ports/UpdateLog.ts';
import type { VersionStore } from '../storage/ports/VersionStore.ts';
import { applyThinning } from './applyThinning.ts';
import type { PlanThinning, Thinned, ThinWanted } from './Thinned.ts';

export interface ThinSources {
  readonly log: UpdateLog;
  readonly plan: PlanThinning;
  readonly versions: Pick<VersionStore, 'list'>;
  readonly past: Pick<Past, 'sittingEnds' | 'settleSittings' | 'rowsGone'>;
  /** Ed25519. */
  readonly signingKey: KeyObject;
}

/**
 * Thins a note to its versions and its sittings, which stay as they are. Who calls sees to it that no version is made meanwhile.
 * @param wanted.before - only rows that were written before this, Unix milliseconds. Default: all of them.
 * @param signal - aborted when it is not to be done any more: nothing is changed then.
 * @returns what was thinned, or would be; null when there is nothing to thin.
 * @throws as `PlanThinning`; AppError `invalid_request` for a carnet or a base, whose rows are their history; `conflict` when rows were packed meanwhile, and it may be tried again.
 */
export async function thinNote(
  { log, plan: planThinning, versions, past, signingKey }: ThinSources,
  document: DocumentId,
  wanted: Omit<ThinWanted, 'document' | 'moments'>,
  signal?: AbortSignal,
): Promise<Thinned | null> {
  const head = await log.head(document);
  if (head === null) throw new AppError('not_allowed', `There is no document ${document}.`);
  if (head.kind !== 'note')
    throw new AppError('invalid_request', 'Only notes are thinned: what a carnet held is told by its rows.');
  if (!(await isOldEnough(log, document, wanted.before))) return null;
  const moments = new Set((await versions.list(document)).map(({ seq }) => seq));
  for (const seq of await past.sittingEnds(document, head.seq)) moments.add(seq);
  const plan = await planThinning({ ...wanted, document, moments: [...moments] }, signal);
  if (plan === null) return null;
  const { runs: _, ...thinned } = plan;
  if (wanted.isPreview) return thinned;
  await past.settleSittings(document, plan.last);
  if (signal?.aborted) throw new AppError('conflict', 'it is not to be thinned any more');
  await applyThinning(log, signingKey, document, plan, wanted.time);
  await past.rowsGone(document);
  return thinned;
}

/** Whether a segment is there that may be thinned: of most notes, nothing else is read. */
async function isOldEnough(log: UpdateLog, document: DocumentId, before = Infinity): Promise<boolean> {
  const place = (await log.segments(document)).find(({ isThinned }) => !isThinned);
  if (place === undefined) return false;
  const [row] = before === Infinity ? [] : await log.read(document, place.last - 1, place.last);
  return row === undefined || row.time < before;
}
