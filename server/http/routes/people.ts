import { Hono } from 'hono';
import { changeProfileSchema, profileParamsSchema } from '#shared/api/people.ts';
import { requirePerson } from '../../access.ts';
import { changeProfile } from '../../operations/changeProfile.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { presentProfile } from '../presentProfile.ts';
import { validate } from '../validate.ts';

/** The pages of people, and what each says of themself. */
export function peopleRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/people/:id', validate('param', profileParamsSchema), async (context) =>
      context.json(await presentProfile(relay, context.var.caller, context.req.valid('param').id)),
    )
    .patch('/session/profile', validate('json', changeProfileSchema), async (context) => {
      const { caller } = context.var;
      const { organisation, organisationNote, presentation } = context.req.valid('json');
      await changeProfile(relay, caller, {
        ...(organisation !== undefined && { organisation }),
        ...(organisationNote !== undefined && { organisationNote }),
        ...(presentation !== undefined && { presentation }),
      });
      return context.json(await presentProfile(relay, caller, requirePerson(caller).id));
    });
}
