import { z } from 'zod';
import { documentIdSchema, epochSchema } from './common.ts';

/**
 * POST /api/tickets: a single-use right to open one socket, valid 30 s, bound to these values. Refusals are readable here:
 * 401 `not_signed_in` (unless public), 403 `not_allowed` (unknown documents alike), 426 `app_outdated` (then GET /api/notes/:id/content), 409 `epoch_changed`.
 * `device`: the random id kept beside the client's local store.
 */
export const ticketRequestSchema = z.object({
  document: documentIdSchema,
  wire: z.enum(['calepin.1', 'y-sync.1']).default('y-sync.1'),
  /** The newest schema version that the client can hold. Absent: the current one (stock clients). */
  schema: z.number().int().min(0).max(1_000_000).optional(),
  epoch: epochSchema.optional(),
  device: z
    .string()
    .regex(/^[A-Za-z0-9_-]{22}$/)
    .optional(),
});
export type TicketRequest = z.input<typeof ticketRequestSchema>;

/** Open `new WebSocket(<origin>/sync/<document>, [wire, 'ticket.' + ticket])`. */
export const ticketSchema = z.object({
  ticket: z.string(),
  role: z.enum(['reader', 'commenter', 'keeper', 'author', 'contributor', 'manager']),
  epoch: epochSchema,
  schemaVersion: z.number().int(),
});
export type Ticket = z.infer<typeof ticketSchema>;

/**
 * POST /api/tickets/mirror: the right to open one socket for many documents, for who is signed in. Each document is asked for, and may be refused, on the socket.
 * Open `new WebSocket(<origin>/sync, ['calepin.1', 'ticket.' + ticket])`.
 */
export const mirrorTicketRequestSchema = ticketRequestSchema.pick({ device: true }).required();
export type MirrorTicketRequest = z.input<typeof mirrorTicketRequestSchema>;

export const mirrorTicketSchema = ticketSchema.pick({ ticket: true });
export type MirrorTicket = z.infer<typeof mirrorTicketSchema>;
