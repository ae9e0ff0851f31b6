import { Hono } from 'hono';
import { z } from 'zod';
import { type AdministeredPerson, changeRoleSchema, type Register } from '#shared/api/administration.ts';
import { personIdSchema } from '#shared/api/common.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { requireAdministrator } from '../../access.ts';
import { changeRelayRole } from '../../operations/changeRelayRole.ts';
import { makeRecoveryLink } from '../../operations/makeRecoveryLink.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { presentPerson } from '../presentPeople.ts';
import { validate } from '../validate.ts';

const registerLength = 300;

/** Looking after a community relay: its people, their roles, the register of accesses. It opens no note. */
export function administrationRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const { access, persons } = relay.catalogue;
  return new Hono<HttpEnvironment>()
    .use('/administration/*', async (context, next) => {
      if (relay.mode !== 'community') throw new AppError('not_found_route', 'nothing to administer here');
      requireAdministrator(context.var.caller);
      await next();
    })
    .get('/administration/people', async (context) => {
      const [all, emails] = await Promise.all([persons.list(), relay.accounts.emails()]);
      const present = all.filter((person) => person.kind !== 'departed');
      const people = present.map((person): AdministeredPerson => ({
        ...presentPerson(person),
        role: person.role,
        email: emails.get(person.id) ?? null,
        createdAt: person.createdAt,
      }));
      return context.json({ people });
    })
    .patch(
      '/administration/people/:id',
      validate('param', z.object({ id: personIdSchema })),
      validate('json', changeRoleSchema),
      async (context) => {
        const { role } = context.req.valid('json');
        await changeRelayRole(relay, context.var.caller, context.req.valid('param').id, role);
        return context.body(null, 204);
      },
    )
    .post(
      '/administration/people/:id/recovery-link',
      validate('param', z.object({ id: personIdSchema })),
      async (context) => {
        const { id } = context.req.valid('param');
        const { secret, expiresAt } = await makeRecoveryLink(relay, context.var.caller, id);
        return context.json({ url: `${relay.publicUrl()}/new-password#${secret}`, expiresAt }, 201);
      },
    )
    .get('/administration/register', async (context) => {
      const entries = await access.list(registerLength);
      const ids = entries.flatMap(({ person, subject }) => [person, subject].filter((id) => id !== null));
      const known = await persons.getMany(ids as PersonId[]);
      const named = (id: string | null) => {
        const person = id === null ? undefined : known.get(id as PersonId);
        return person === undefined ? null : { id: person.id, name: person.name };
      };
      return context.json<Register>({
        entries: entries.map(({ at, kind, person, subject, detail }) => ({
          at,
          kind,
          person: named(person),
          subject: named(subject),
          detail,
        })),
      });
    });
}
