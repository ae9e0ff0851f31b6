import type { CollectionRef } from '#shared/domain/Collection.ts';
import { canSeeCollectionActs } from '#shared/permissions/permissions.ts';
import { notAllowed, requireCollection } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import { collectionVisibleSince } from '../visibleSince.ts';

/** Since when the caller is told of a collection. @throws AppError `not_allowed`. */
export async function toldSince(context: RelayContext, caller: Caller, ref: CollectionRef): Promise<number> {
  const { collection } = await requireCollection(context.catalogue, caller, ref, canSeeCollectionActs);
  return collectionVisibleSince(context, caller, collection);
}

/**
 * Lets through who may be told what a collection held after a row: what it held when it opened to them is told, though it was put there before.
 * @throws AppError `not_allowed`.
 */
export async function requireCollectionRow(
  context: RelayContext,
  caller: Caller,
  ref: CollectionRef,
  row: { readonly seq: number; readonly time: number },
): Promise<void> {
  const since = await toldSince(context, caller, ref);
  if (row.time >= since) return;
  const [next] = await context.log.read(ref.id, row.seq, row.seq + 1);
  // Something else stood there before it opened to them.
  if (next !== undefined && next.time < since) throw notAllowed();
}
