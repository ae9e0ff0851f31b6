import { Hono } from 'hono';
import { z } from 'zod';
import { type AdministeredPerson, changeRoleSchema } from '#shared/api/administration.ts';
import { personIdSchema } from '#shared/api/common.ts';
import { isHere } from '#shared/domain/Person.ts';
import { changeRelayRole } from '../../operations/changeRelayRole.ts';
import { makeRecoveryLink } from '../../operations/makeRecoveryLink.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { presentPerson } from '../presentPeople.ts';
import { forAdministrators } from '../forAdministrators.ts';
import { validate } from '../validate.ts';

/** Looking after a community relay: its people and their roles. It opens no note. */
export function administrationRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const { persons } = relay.catalogue;
  return new Hono<HttpEnvironment>()
    .use('/administration/*', forAdministrators(relay))
    .get('/administration/people', async (context) => {
      const [all, emails] = await Promise.all([persons.list(), relay.accounts.emails()]);
      const present = all.filter(isHere);
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
    );
}
