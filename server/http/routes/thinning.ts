import { Hono } from 'hono';
import { keepHistorySchema, type KeptHistory, previewThinningSchema } from '#shared/api/thinning.ts';
import { requireAdministrator } from '../../access.ts';
import { record } from '../../operations/traceOf.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { validate } from '../validate.ts';

/** How long each keystroke is kept, and what a choice would save: for the administrators of a community's relay, and for the person of a computer. */
export function thinningRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const { thinning } = relay;
  return new Hono<HttpEnvironment>()
    .use('/history-keeping/*', async (context, next) => {
      requireAdministrator(context.var.caller);
      await next();
    })
    .get('/history-keeping', async (context) => context.json<KeptHistory>(await thinning.told()))
    .put('/history-keeping', validate('json', keepHistorySchema), async (context) => {
      const { months } = context.req.valid('json');
      if (await thinning.choose(months))
        await record(relay, 'relay.keystrokes', {
          by: requireAdministrator(context.var.caller).id,
          value: String(months ?? 0),
        });
      return context.json<KeptHistory>(await thinning.told());
    })
    .post('/history-keeping/preview', validate('json', previewThinningSchema), async (context) => {
      await thinning.beginPreview(context.req.valid('json').months);
      return context.json<KeptHistory>(await thinning.told(), 202);
    })
    .delete('/history-keeping/preview', async (context) => {
      await thinning.endPreview();
      return context.body(null, 204);
    });
}
