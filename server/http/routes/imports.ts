import { Hono } from 'hono';
import { z } from 'zod';
import { importIdSchema } from '#shared/api/common.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import { makeImportSchema, maxImportBytes } from '#shared/api/imports.ts';
import { defaultLanguage } from '#shared/document/fields.ts';
import { languagePattern } from '#shared/document/vocabulary.ts';
import { canContributeToCollection } from '#shared/permissions/permissions.ts';
import { notAllowed, requireCollection, requirePerson } from '../../access.ts';
import { undoImport } from '../../operations/undoImport.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { validate } from '../validate.ts';

const params = validate('param', z.object({ id: importIdSchema }));
const sendQuery = validate(
  'query',
  z.object({
    name: z.string().min(1).max(1_000),
    language: z.string().regex(languagePattern).default(defaultLanguage),
  }),
);

/** Files and trees of files that become notes: sent, read, shown, and made once their person agrees. */
export function importRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const { imports, catalogue, mode } = relay;
  return new Hono<HttpEnvironment>()
    .post('/imports', sendQuery, async (context) => {
      const person = requirePerson(context.var.caller);
      const { name, language } = context.req.valid('query');
      if (Number(context.req.header('content-length') ?? 0) > maxImportBytes[mode])
        throw new AppError('import_too_large', 'more bytes than an import takes');
      const bytes = context.req.raw.body;
      if (bytes === null) throw new AppError('invalid_request', 'no file came');
      return context.json(await imports.receive(person.id, { name, language, bytes }), 202);
    })
    .get('/imports/:id', params, (context) => {
      const status = imports.status(context.req.valid('param').id, requirePerson(context.var.caller).id);
      if (status === null) throw notAllowed();
      return context.json(status);
    })
    .post('/imports/:id/make', params, validate('json', makeImportSchema), async (context) => {
      const person = requirePerson(context.var.caller);
      const asked = context.req.valid('json');
      const { into } = asked;
      if (into.kind === 'carnet')
        await requireCollection(
          catalogue,
          person,
          { kind: 'carnet', id: into.id },
          canContributeToCollection,
        );
      const status = imports.make(context.req.valid('param').id, person.id, asked);
      if (status === null) throw notAllowed();
      return context.json(status, 202);
    })
    .post('/imports/:id/undo', params, async (context) => {
      const person = requirePerson(context.var.caller);
      const taken = imports.takeMade(context.req.valid('param').id, person.id);
      if (taken === null) throw notAllowed();
      await undoImport(relay, person, taken.made, taken.madeCarnet);
      return context.json(taken.status);
    })
    .delete('/imports/:id', params, async (context) => {
      const found = await imports.cancel(context.req.valid('param').id, requirePerson(context.var.caller).id);
      if (!found) throw notAllowed();
      return context.body(null, 204);
    });
}
