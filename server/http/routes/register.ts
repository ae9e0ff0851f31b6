import { Hono } from 'hono';
import {
  registerFileSchema,
  type RegisterPage,
  registerPageLength,
  registerQuerySchema,
} from '#shared/api/register.ts';
import { requirePerson } from '../../access.ts';
import { record } from '../../operations/traceOf.ts';
import { attachmentHeader } from '../attachmentHeader.ts';
import type { HttpEnvironment } from '../environment.ts';
import { forAdministrators } from '../forAdministrators.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { presentRegister } from '../presentRegister.ts';
import { registerFile } from '../registerFile.ts';
import { validate } from '../validate.ts';

/** The register of the relay, for its administrators: page by page, or as a file. */
export function registerRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .use('/administration/register', forAdministrators(relay))
    .use('/administration/register.csv', forAdministrators(relay))
    .get('/administration/register', validate('query', registerQuerySchema), async (context) => {
      const { before, ...query } = context.req.valid('query');
      // One more tells whether there are others.
      const found = await relay.catalogue.register.page(query, before ?? null, registerPageLength + 1);
      const entries = await presentRegister(relay, context.var.caller, found.slice(0, registerPageLength));
      return context.json<RegisterPage>({ entries, hasMore: found.length > registerPageLength });
    })
    .get('/administration/register.csv', validate('query', registerFileSchema), async (context) => {
      const { language, ...query } = context.req.valid('query');
      const { caller } = context.var;
      await record(relay, 'relay.register_exported', { by: requirePerson(caller).id });
      const day = new Date(relay.now()).toISOString().slice(0, 10);
      const name = `${language === 'fr' ? 'registre' : 'register'}-${day}.csv`;
      context.header('Content-Type', 'text/csv; charset=utf-8');
      context.header('Content-Disposition', attachmentHeader('attachment', name));
      context.header('Cache-Control', 'no-store');
      return context.body(registerFile(relay, caller, query, language));
    });
}
