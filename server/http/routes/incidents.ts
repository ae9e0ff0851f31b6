import { Hono } from 'hono';
import { z } from 'zod';
import { incidentIdSchema } from '#shared/api/common.ts';
import { amendIncidentSchema, type IncidentLine, incidentStatementSchema } from '#shared/api/incidents.ts';
import type { IncidentId } from '#shared/domain/ids.ts';
import { recordIncident } from '../../operations/recordIncident.ts';
import type { HttpEnvironment } from '../environment.ts';
import { forAdministrators } from '../forAdministrators.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { validate } from '../validate.ts';

/** The register of confidentiality incidents, for administrators. */
export function incidentRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const all = async (): Promise<IncidentLine[]> => {
    const entries = await relay.catalogue.incidents.list();
    const people = await relay.catalogue.persons.getMany([...new Set(entries.map(({ by }) => by))]);
    const incidents = new Map<IncidentId, IncidentLine>();
    for (const { incident, by, ...statement } of entries) {
      const person = people.get(by);
      const line = {
        ...statement,
        by: person === undefined ? null : { id: person.id, name: person.name },
      };
      const before = incidents.get(incident)?.entries ?? [];
      incidents.set(incident, { id: incident, entries: [...before, line] });
    }
    return [...incidents.values()].toReversed();
  };
  const one = async (id: IncidentId): Promise<IncidentLine | undefined> =>
    (await all()).find((incident) => incident.id === id);
  return new Hono<HttpEnvironment>()
    .use('/administration/incidents/*', forAdministrators(relay))
    .get('/administration/incidents', async (context) => context.json({ incidents: await all() }))
    .post('/administration/incidents', validate('json', incidentStatementSchema), async (context) => {
      const id = await recordIncident(relay, context.var.caller, context.req.valid('json'));
      return context.json(await one(id), 201);
    })
    .post(
      '/administration/incidents/:id/entries',
      validate('param', z.object({ id: incidentIdSchema })),
      validate('json', amendIncidentSchema),
      async (context) => {
        const { id } = context.req.valid('param');
        const { statement, ...amended } = context.req.valid('json');
        await recordIncident(relay, context.var.caller, statement, { id, ...amended });
        return context.json(await one(id), 201);
      },
    );
}
