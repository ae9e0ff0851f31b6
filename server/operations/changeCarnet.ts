import type { ContributionPolicy } from '#shared/domain/Carnet.ts';
import type { CarnetId } from '#shared/domain/ids.ts';
import type { Visibility } from '#shared/domain/Visibility.ts';
import { canManageCarnet } from '#shared/permissions/permissions.ts';
import { requireCarnet } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';

/** Changes who may see a carnet and add to it. @throws AppError `not_allowed`. */
export async function changeCarnet(
  context: RelayContext,
  caller: Caller,
  id: CarnetId,
  change: { visibility?: Visibility | undefined; contributionPolicy?: ContributionPolicy | undefined },
): Promise<void> {
  const { visibility, contributionPolicy } = change;
  await requireCarnet(context.catalogue, caller, id, canManageCarnet);
  await context.catalogue.carnets.change(id, {
    ...(visibility === undefined ? {} : { visibility }),
    ...(contributionPolicy === undefined ? {} : { contributionPolicy }),
  });
  await tell(context, id);
}

/** Puts a carnet in the trash, or takes it out; its notes stay where they are. @throws AppError `not_allowed`. */
export async function trashCarnet(
  context: RelayContext,
  caller: Caller,
  id: CarnetId,
  inTrash: boolean,
): Promise<void> {
  const { carnet } = await requireCarnet(context.catalogue, caller, id, canManageCarnet);
  if ((carnet.trashedAt !== null) === inTrash) return;
  await context.catalogue.carnets.change(id, { trashedAt: inTrash ? context.now() : null });
  await tell(context, id);
}

async function tell({ catalogue, documents, events }: RelayContext, id: CarnetId): Promise<void> {
  await documents.recheckAccess(id);
  for (const entry of await catalogue.derived.entries(id)) events.emit({ type: 'note', id: entry.note });
  events.emit({ type: 'carnet', id });
  events.emit({ type: 'lists' });
}
