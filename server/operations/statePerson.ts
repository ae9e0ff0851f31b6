import { createHash } from 'node:crypto';
import { AppError } from '#shared/api/errorCodes.ts';
import type { StatePerson } from '#shared/api/mirror.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { personColours } from '#shared/domain/Person.ts';
import { notAllowed, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import { idOf } from '../secrets.ts';
import { traceOf } from './traceOf.ts';

/** More than come to the meetings of one computer; it also bounds what somebody can fill the relay with. */
const maxStated = 500;

/**
 * Names somebody of whom the caller's computer says that they wrote on it: a person of this relay who can do nothing, and is shown as stated by the caller. Asked again, the same; of who was confirmed
 * meanwhile, another, since nobody else may write as an account.
 * @returns whom their rows name here.
 * @throws AppError `not_signed_in`; `not_allowed` for who has no account; `too_many_requests` beyond 500 in all.
 */
export async function statePerson(
  context: RelayContext,
  caller: Caller,
  { guest, name, claim }: StatePerson,
): Promise<PersonId> {
  const host = requirePerson(caller);
  if (host.kind !== 'account') throw notAllowed();
  const { catalogue, statements, now } = context;
  const byHost = statements.by(host.id);
  const earlier = byHost.filter((statement) => statement.guest === guest);
  const open = earlier.find(({ person }) => statements.mayState(host.id, person));
  if (open !== undefined) return open.person;
  if (byHost.length >= maxStated)
    throw new AppError('too_many_requests', 'this computer named too many people');
  // Made of the account: nobody else can take the id before, whoever knows the guest's.
  const person = idOf<PersonId>(`stated ${host.id} ${guest} ${earlier.length}`);
  const statement = { person, host: host.id, guest, claimHash: claim, statedAt: now() };
  const hue = createHash('sha256').update(guest).digest()[0] ?? 0;
  // At once: who asks again meanwhile is told the same.
  statements.add(statement);
  try {
    await catalogue.statements.add(
      statement,
      {
        id: person,
        kind: 'stated',
        name,
        colour: personColours[hue % personColours.length] ?? 'azur',
        role: 'member',
        createdAt: now(),
        statedBy: host.name,
      },
      traceOf(context, { by: host.id, act: 'account.stated', subjectId: null, person, value: null }),
    );
  } catch (error) {
    statements.forget(statement);
    throw error;
  }
  return person;
}
