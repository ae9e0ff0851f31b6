import { z } from 'zod';
import { relayRoles } from '../domain/Person.ts';
import { personSchema, timeSchema } from './common.ts';

// For administrators of a community relay; 403 `not_allowed` for others.

/** GET /api/administration/people → everybody who is known here, by name. E-mails are those of accounts. */
export const administeredPersonSchema = personSchema.extend({
  role: z.enum(relayRoles),
  email: z.string().nullable(),
  createdAt: timeSchema,
});
export type AdministeredPerson = z.infer<typeof administeredPersonSchema>;
export const administeredPeopleSchema = z.object({ people: z.array(administeredPersonSchema) });

/** PATCH /api/administration/people/:id → 204. 409 `conflict` for the last administrator, and for a guest, who has no account to administer with. */
export const changeRoleSchema = z.object({ role: z.enum(relayRoles) });

/** POST /api/administration/people/:id/recovery-link → 201: by which that person, whom no letter reaches, chooses another password, once. It is not shown again. 409 `conflict` for who has no account. */
export const recoveryLinkSchema = z.object({ url: z.string(), expiresAt: timeSchema });
