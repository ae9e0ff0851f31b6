import { AppError } from '#shared/api/errorCodes.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { PersonColour, RelayRole } from '#shared/domain/Person.ts';
import type { Accounts } from '../accounts/Accounts.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import { newId } from '../secrets.ts';
import { findInvitation, invitationInvalid } from './acceptInvitation.ts';
import { freeColour } from './freeColour.ts';
import { record } from './traceOf.ts';

/** What somebody says to have an account. */
export interface AccountInput {
  /** Of an invitation to the relay; a guest who is signed in needs none. */
  readonly secret?: string | undefined;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly colour?: PersonColour | undefined;
}

/**
 * Makes an account: for somebody new who is invited to the relay, or for a guest, who keeps their id and with it what they wrote.
 * @returns whose it is.
 * @throws AppError `invitation_invalid`; `not_signed_in` without an invitation; `email_taken`; `conflict` for who has an account.
 */
export async function createAccount(
  context: RelayContext,
  accounts: Accounts,
  caller: Caller,
  input: AccountInput,
): Promise<{ id: PersonId; name: string }> {
  const { catalogue } = context;
  const { name, email, password } = input;
  if (caller !== null && caller.kind !== 'guest')
    throw new AppError('conflict', 'this person has an account, or needs none');
  if (caller === null && input.secret === undefined)
    throw new AppError('not_signed_in', 'an account is made by invitation');
  const role = input.secret === undefined ? null : await invitedRole(context, input.secret);
  // Before the invitation is used up: it serves again, once the address is another.
  if (await accounts.isTaken(email)) throw new AppError('email_taken', 'this address has an account');
  if (role !== null && !(await catalogue.invitations.use(role.invitation.id, context.now(), 1)))
    throw invitationInvalid();

  const id = caller?.id ?? newId<PersonId>();
  if (caller === null) {
    const colour = input.colour ?? (await freeColour(context, role?.invitation ?? nobody));
    await catalogue.persons.add({
      id,
      kind: 'guest',
      name,
      colour,
      role: role?.role ?? 'member',
      createdAt: context.now(),
    });
  }
  await accounts.addAccount({ id, name }, { email, password });
  const given = caller === null || role === null ? {} : { role: higher(caller.role, role.role) };
  await catalogue.persons.change(id, { kind: 'account', name, ...given });
  await record(context, 'account.created', {
    by: id,
    subjectId: role?.invitation.id ?? null,
    value: role?.role ?? null,
  });
  context.events.emit({ type: 'lists' });
  return { id, name };
}

const nobody = { subject: 'relay', subjectId: null, createdBy: null } as const;

async function invitedRole(context: RelayContext, secret: string) {
  const { invitation } = await findInvitation(context, secret);
  const { role } = invitation;
  // A community has members too.
  if (invitation.subject !== 'relay' || (role !== 'administrator' && role !== 'member'))
    throw invitationInvalid();
  return { invitation, role };
}

function higher(a: RelayRole, b: RelayRole): RelayRole {
  return a === 'administrator' ? a : b;
}
