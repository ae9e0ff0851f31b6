import { Hono } from 'hono';
import { z } from 'zod';
import { attachmentIdSchema } from '#shared/api/common.ts';
import { placeDocumentSchema, placeFileQuerySchema } from '#shared/api/mirror.ts';
import { placeDocument } from '../../operations/placeDocument.ts';
import { placeFile } from '../../operations/placeFile.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { incomingFile } from '../incomingFile.ts';
import { validate } from '../validate.ts';

/** What computers whose person follows this relay place here. */
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
    );
}
