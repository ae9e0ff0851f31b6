import type { BetterAuthOptions } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import type { Kysely } from 'kysely';

/** Where sign-in is kept, as better-auth takes it. */
export type AuthTables = NonNullable<BetterAuthOptions['database']>;

/** Better-auth's tables, under names that say whose they are. */
export const authModels = {
  user: 'auth_user',
  session: 'auth_session',
  account: 'auth_account',
  verification: 'auth_verification',
  passkey: 'auth_passkey',
} as const;

/** The tables of migration 0007, in the relay's own database. @param kysely - over the worker that owns the file. */
export function sqliteAuthTables<Tables>(kysely: Kysely<Tables>): AuthTables {
  // A transaction would keep the log's commits waiting; each of better-auth's writes stands for itself.
  return { db: kysely, type: 'sqlite', transaction: false };
}

/** The same in memory, gone with the process. */
export function memoryAuthTables(): AuthTables {
  return memoryAdapter(Object.fromEntries(Object.values(authModels).map((name) => [name, []])));
}
