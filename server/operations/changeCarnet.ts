import { AppError } from '#shared/api/errorCodes.ts';
import type { ContributionPolicy } from '#shared/domain/Carnet.ts';
import type { CarnetId, CommunityId, PersonId } from '#shared/domain/ids.ts';
import type { Visibility } from '#shared/domain/Visibility.ts';
import {
  canLinkToCommunity,
  canManageCarnet,
  canReadCarnet,
  canRemoveFromCarnet,
} from '#shared/permissions/permissions.ts';
import { requireCarnet, requireCommunity, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { AuditRecord } from '../storage/ports/Trace.ts';
import { linkRecords } from './linkRecords.ts';
import { traceOf } from './traceOf.ts';

/**
 * Changes who may see a carnet, who may add to it, and the community that it is linked to: all of it, or nothing. Without its community, what the community could see or do
 * falls back to the people of the carnet.
 * @throws AppError `not_signed_in`, `not_allowed`; `conflict` for a visibility or a policy that needs a linked community.
 */
export async function changeCarnet(
  context: RelayContext,
  caller: Caller,
  id: CarnetId,
  change: {
    visibility?: Visibility | undefined;
    contributionPolicy?: ContributionPolicy | undefined;
    community?: CommunityId | null | undefined;
  },
): Promise<void> {
  const { catalogue, events } = context;
  const by = requirePerson(caller).id;
  const { carnet } = await requireCarnet(catalogue, caller, id, canManageCarnet);
  const community = change.community === undefined ? carnet.community : change.community;
  const isMoved = community !== carnet.community;
  const lost = community === null;
  const visibility =
    change.visibility ?? (lost && carnet.visibility === 'community' ? 'authors' : carnet.visibility);
  const contributionPolicy =
    change.contributionPolicy ??
    (lost && carnet.contributionPolicy === 'community' ? 'contributors' : carnet.contributionPolicy);
  if (isMoved && community !== null) await requireCommunity(catalogue, caller, community, canLinkToCommunity);
  if (lost && (visibility === 'community' || contributionPolicy === 'community'))
    throw new AppError('conflict', 'it is linked to no community');

  const audit: Omit<AuditRecord, 'at'>[] = [];
  const record = (act: string, value: string) => audit.push({ by, act, subjectId: id, person: null, value });
  if (visibility !== carnet.visibility) record('carnet.visibility', visibility);
  if (contributionPolicy !== carnet.contributionPolicy) record('carnet.policy', contributionPolicy);
  if (isMoved) audit.push(...linkRecords(by, 'carnet', id, carnet.community, community));
  if (audit.length === 0) return;
  await catalogue.carnets.change(id, { visibility, contributionPolicy, community }, traceOf(context, audit));
  for (const one of new Set([carnet.community, community]))
    if (one !== null) events.emit({ type: 'community', id: one });
  await tell(context, id);
}

/** Takes somebody off a carnet; they may take off themselves. @throws AppError `not_signed_in`, `not_allowed`; `conflict` for the last manager. */
export async function removeCarnetPerson(
  context: RelayContext,
  caller: Caller,
  id: CarnetId,
  person: PersonId,
): Promise<void> {
  const by = requirePerson(caller).id;
  await requireCarnet(context.catalogue, caller, id, by === person ? canReadCarnet : canRemoveFromCarnet);
  const trace = traceOf(context, { by, act: 'carnet.role', subjectId: id, person, value: null });
  if (!(await context.catalogue.carnets.removePerson(id, person, trace)))
    throw new AppError('conflict', 'a carnet keeps one manager');
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
