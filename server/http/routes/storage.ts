import { Hono } from 'hono';
import { type AdministeredStorage, changeQuotaSchema } from '#shared/api/storage.ts';
import { requirePerson } from '../../access.ts';
import { record } from '../../operations/traceOf.ts';
import type { HttpEnvironment } from '../environment.ts';
import { forAdministrators } from '../forAdministrators.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { validate } from '../validate.ts';

/** How much room files take, and how much they may. */
export function storageRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const { quota, catalogue } = relay;
  return new Hono<HttpEnvironment>()
    .get('/storage', async (context) => {
      const { id } = requirePerson(context.var.caller);
      return context.json({ used: await quota.used(id), quota: await quota.bytes() });
    })
    .use('/administration/storage', forAdministrators(relay))
    .get('/administration/storage', async (context) => {
      const used = await catalogue.attachments.bytesByPerson();
      const known = await catalogue.persons.getMany([...used.keys()].filter((id) => id !== null));
      const people = [...known.values()]
        .filter(({ kind }) => kind !== 'departed')
        .map(({ id, name }) => ({ id, name, used: used.get(id) ?? 0 }))
        .toSorted((a, b) => b.used - a.used || (a.id < b.id ? -1 : 1));
      return context.json<AdministeredStorage>({
        quota: await quota.bytes(),
        total: [...used.values()].reduce((sum, bytes) => sum + bytes, 0),
        people,
      });
    })
    .patch('/administration/storage', validate('json', changeQuotaSchema), async (context) => {
      const { quota: bytes } = context.req.valid('json');
      await quota.change(bytes);
      await record(relay, 'relay.quota', {
        by: requirePerson(context.var.caller).id,
        value: String(bytes),
      });
      return context.body(null, 204);
    });
}
