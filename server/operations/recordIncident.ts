import { AppError } from '#shared/api/errorCodes.ts';
import type { IncidentId } from '#shared/domain/ids.ts';
import type { IncidentStatement } from '#shared/domain/Incident.ts';
import { notAllowed, requireAdministrator } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import { newId } from '../secrets.ts';
import { traceOf } from './traceOf.ts';

/**
 * Enters a confidentiality incident, or a statement that follows the last one of an incident: what was stated before stays.
 * @param amended - which statement it follows, and why.
 * @returns the incident's id.
 * @throws AppError `not_signed_in`, `not_allowed`, also for an unknown incident; `conflict` when another statement came meanwhile.
 */
export async function recordIncident(
  context: RelayContext,
  caller: Caller,
  statement: IncidentStatement,
  amended: { readonly id: IncidentId; readonly follows: number; readonly reason: string } | null = null,
): Promise<IncidentId> {
  const by = requireAdministrator(caller).id;
  const { incidents } = context.catalogue;
  const id = amended?.id ?? newId<IncidentId>();
  if (amended !== null && !(await incidents.list()).some((one) => one.incident === id)) throw notAllowed();
  const number = (amended?.follows ?? 0) + 1;
  const act = amended === null ? 'incident.recorded' : 'incident.amended';
  const trace = traceOf(context, { by, act, subjectId: id, person: null, value: String(number) });
  const entry = {
    ...statement,
    incident: id,
    number,
    at: context.now(),
    by,
    reason: amended?.reason ?? null,
  };
  if (!(await incidents.add(entry, trace)))
    throw new AppError('conflict', 'another statement of this incident came meanwhile');
  return id;
}
