import { z } from 'zod';
import { timeSchema } from './common.ts';

/** A session's id names it in this list and signs nobody in. */
export const sessionIdSchema = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/);

export const sessionEntrySchema = z.object({
  id: sessionIdSchema,
  createdAt: timeSchema,
  /** When it was last used, to within the hour. */
  usedAt: timeSchema,
  /** What the browser said of itself when it signed in. */
  userAgent: z.string(),
  /** The one that asks. */
  current: z.boolean(),
});
export type SessionEntry = z.infer<typeof sessionEntrySchema>;

/** GET /api/sessions → where the person is signed in, last used first. 401 `not_signed_in`. */
export const sessionListSchema = z.object({ sessions: z.array(sessionEntrySchema) });
// DELETE /api/sessions/:id → 204: that one ends, its sockets close with 4401. 403 `not_allowed` for an unknown one, and for somebody else's.
// DELETE /api/sessions → 204: all of them end, this one too.
