import { Hono } from 'hono';
import { z } from 'zod';
import { attachmentIdSchema } from '#shared/api/common.ts';
import {
  askClaimsSchema,
  confirmClaimsSchema,
  type OpenClaims,
  placeDocumentSchema,
  placeFileQuerySchema,
  statePersonSchema,
} from '#shared/api/mirror.ts';
import { requirePerson } from '../../access.ts';
import { confirmStated } from '../../operations/confirmStated.ts';
import { placeDocument } from '../../operations/placeDocument.ts';
import { placeFile } from '../../operations/placeFile.ts';
import { statePerson } from '../../operations/statePerson.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { incomingFile } from '../incomingFile.ts';
import { validate } from '../validate.ts';

/** What computers whose person follows this relay place here, and whom they state as having written on them. */
export function mirrorRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .post('/mirror/documents', validate('json', placeDocumentSchema), async (context) => {
      await placeDocument(relay, context.var.caller, context.req.valid('json'));
      return context.body(null, 204);
    })
    .put(
      '/mirror/attachments/:id',
      validate('param', z.object({ id: attachmentIdSchema })),
      validate('query', placeFileQuerySchema),
      async (context) => {
        const { note, name } = context.req.valid('query');
        const { id } = context.req.valid('param');
        await placeFile(relay, context.var.caller, note, { ...incomingFile(context, name), id });
        return context.body(null, 204);
      },
    )
    .post('/mirror/stated', validate('json', statePersonSchema), async (context) =>
      context.json({ person: await statePerson(relay, context.var.caller, context.req.valid('json')) }),
    )
    .post('/mirror/claims/open', validate('json', askClaimsSchema), async (context) => {
      requirePerson(context.var.caller);
      const { claims } = context.req.valid('json');
      const stated = claims.flatMap((claim) => relay.statements.claimed(claim));
      const people = await relay.catalogue.persons.getMany(stated.map(({ person }) => person));
      return context.json<OpenClaims>({
        open: stated.map(({ person, claimHash }) => {
          const { name = '', statedBy = '' } = people.get(person) ?? {};
          return { claim: claimHash ?? '', name, statedBy };
        }),
      });
    })
    .post('/mirror/claims', validate('json', confirmClaimsSchema), async (context) => {
      const { secrets } = context.req.valid('json');
      return context.json({ people: await confirmStated(relay, context.var.caller, secrets) });
    });
}
