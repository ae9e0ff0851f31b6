import type { Context } from 'hono';
import { maxAttachmentBytes } from '#shared/api/attachments.ts';
import type { Session } from '#shared/api/session.ts';
import { schemaVersion } from '#shared/document/schema.ts';
import type { HttpEnvironment } from './environment.ts';
import type { HttpRelay } from './HttpRelay.ts';
import { presentPerson } from './presentPeople.ts';

/** Who is signed in, and what this relay can do. */
export function presentSession(relay: HttpRelay, context: Context<HttpEnvironment>): Session {
  const { caller } = context.var;
  return {
    person: caller === null ? null : { ...presentPerson(caller), role: caller.role },
    account: context.var.session?.account ?? null,
    former: caller === null ? [] : relay.identities.before(caller.id),
    relay: {
      kind: relay.mode,
      pdf: relay.exports.available,
      mail: relay.accounts.sendsMail,
      organisation: relay.accounts.organisation,
      version: relay.version,
      schemaVersion,
      maxAttachmentBytes,
    },
  };
}
