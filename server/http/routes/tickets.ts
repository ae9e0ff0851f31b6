import { Hono } from 'hono';
import { AppError } from '#shared/api/errorCodes.ts';
import {
  type MirrorTicket,
  mirrorTicketRequestSchema,
  type Ticket,
  ticketRequestSchema,
} from '#shared/api/tickets.ts';
import type { DeviceId } from '#shared/domain/ids.ts';
import { documentPolicy, notAllowed, requirePerson } from '../../access.ts';
import { newId } from '../../secrets.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { validate } from '../validate.ts';

/** The right to open one socket; every refusal is readable here. */
export function ticketRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const roleOf = documentPolicy(relay.catalogue);
  return new Hono<HttpEnvironment>()
    .post('/tickets/mirror', validate('json', mirrorTicketRequestSchema), (context) => {
      const { id, name, colour } = requirePerson(context.var.caller);
      const ticket = relay.tickets.issue({
        document: null,
        wire: 'calepin.1',
        person: { id, name, colour },
        sessionId: context.var.session?.id ?? newId(),
        device: context.req.valid('json').device as DeviceId,
        schema: null,
        epoch: null,
      });
      return context.json<MirrorTicket>({ ticket });
    })
    .post('/tickets', validate('json', ticketRequestSchema), async (context) => {
      const { document, wire, schema, epoch, device } = context.req.valid('json');
      const { caller, session } = context.var;
      const role = await roleOf(caller?.id ?? null, document);
      if (role === 'none' && caller === null) throw new AppError('not_signed_in', 'nobody is signed in');
      if (role === 'none') throw notAllowed();
      const head = await relay.log.head(document);
      if (head === null) throw notAllowed();
      if (schema !== undefined && schema < head.schemaVersion) {
        throw new AppError('app_outdated', 'the document holds content of a newer schema');
      }
      if (epoch !== undefined && epoch !== head.epoch) {
        throw new AppError('epoch_changed', 'the document began another life');
      }
      // It may have ended while the document was looked up: what it was given is taken back only once.
      if (session !== null && relay.accounts.hasEnded(session.id))
        throw new AppError('not_signed_in', 'the session has ended');
      const ticket = relay.tickets.issue({
        document,
        wire,
        person: caller === null ? null : { id: caller.id, name: caller.name, colour: caller.colour },
        // A visitor has no session: each of its sockets stands alone.
        sessionId: session?.id ?? newId(),
        device: (device ?? null) as DeviceId | null,
        schema: schema ?? null,
        epoch: epoch ?? null,
      });
      return context.json<Ticket>({ ticket, role, epoch: head.epoch, schemaVersion: head.schemaVersion });
    });
}
