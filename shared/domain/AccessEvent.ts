import type { PersonId } from './ids.ts';

/** What the register of accesses keeps: who came in, by what, and whose rights on the relay changed. Never content. */
export const accessKinds = [
  /** The identity of a person: from here on, what they wrote before under the same id is of this account. */
  'account_created',
  'signed_in',
  'sign_in_refused',
  'recovery_asked',
  'password_changed',
  /** By an administrator, for the subject. */
  'recovery_link_made',
  'passkey_added',
  'passkey_removed',
  'email_verified',
  'email_changed',
  'session_ended',
  'signed_out_everywhere',
  'invited',
  'invitation_revoked',
  'role_changed',
  /** `detail`: of a note, a carnet or a person's own data. */
  'exported',
  'deletion_asked',
  'deletion_cancelled',
  'account_deleted',
] as const;
export type AccessKind = (typeof accessKinds)[number];

export interface AccessEvent {
  /** Unix milliseconds. */
  readonly at: number;
  readonly kind: AccessKind;
  /** Who did it; null when it is not known. */
  readonly person: PersonId | null;
  /** The id of whom or what it was done to, when that is another. */
  readonly subject: string | null;
  /** One word more, such as the role that was given. */
  readonly detail: string | null;
}
