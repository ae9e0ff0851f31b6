import { Hono } from 'hono';
import { type AdministeredStorage, changeQuotaSchema, type Storage } from '#shared/api/storage.ts';
import { isHere } from '#shared/domain/Person.ts';
import { requirePerson } from '../../access.ts';
import { textUse, textUseOf } from '../../textUse.ts';
import { record } from '../../operations/traceOf.ts';
import type { HttpEnvironment } from '../environment.ts';
import { forAdministrators } from '../forAdministrators.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { validate } from '../validate.ts';

/** Of those who take the least nothing is told. */
const maxPeople = 500;

/** How much room files and texts take, and how much files may. */
export function storageRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const { quota, catalogue } = relay;
  return new Hono<HttpEnvironment>()
    .get('/storage', async (context) => {
      const { id } = requirePerson(context.var.caller);
      const [used, bytes, texts] = await Promise.all([quota.used(id), quota.bytes(), textUseOf(relay, id)]);
      return context.json<Storage>({ used, quota: bytes, texts });
    })
    .use('/administration/storage', forAdministrators(relay))
    .get('/administration/storage', async (context) => {
      const [used, texts] = await Promise.all([catalogue.attachments.bytesByPerson(), textUse(relay)]);
      const [known, communities] = await Promise.all([
        catalogue.persons.getMany([...used.keys(), ...texts.people.keys()].filter((id) => id !== null)),
        catalogue.communities.getMany([...texts.communities.keys()]),
      ]);
      const people = [...known.values()]
        .filter(isHere)
        .map(({ id, name }) => ({ id, name, used: used.get(id) ?? 0, texts: texts.people.get(id) ?? 0 }))
        .toSorted((a, b) => b.used - a.used || b.texts - a.texts || (a.id < b.id ? -1 : 1));
      return context.json<AdministeredStorage>({
        quota: await quota.bytes(),
        total: [...used.values()].reduce((sum, bytes) => sum + bytes, 0),
        people: people.slice(0, maxPeople),
        texts: {
          total: texts.total,
          communities: [...communities.values()]
            .map(({ id, name }) => ({ id, name, texts: texts.communities.get(id) ?? 0 }))
            .toSorted((a, b) => b.texts - a.texts || (a.id < b.id ? -1 : 1)),
        },
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
