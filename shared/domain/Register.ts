import type { PersonId } from './ids.ts';

/**
 * What the register of a relay keeps (Law 25): who came in, and whose rights changed. An act is `<kind of object>.<what was done>`; every one has its words in the interface.
 */
export const registerActs = [
  /** The identity of a person: from here on, what they wrote before under the same id is of this account. */
  'account.created',
  /** A guest (`person`) became one with the account that they had. */
  'account.joined',
  /** Whoever's computer it is (`by`) named somebody (`person`) who wrote there, and whose rows it brings. */
  'account.stated',
  'account.signed_in',
  'account.refused',
  'account.recovery_asked',
  /** By an administrator, for `person`. */
  'account.recovery_link_made',
  'account.password_changed',
  'account.passkey_added',
  'account.passkey_removed',
  'account.email_verified',
  'account.email_changed',
  'account.session_ended',
  'account.signed_out_everywhere',
  'account.exported',
  'account.deletion_asked',
  'account.deletion_cancelled',
  'account.deleted',
  /** The register was taken out as a file. */
  'relay.register_exported',
  /** `subjectId`: of the invitation; `value`: the role. */
  'relay.invited',
  'relay.invitation_revoked',
  'relay.role',
  /** `value`: bytes a person; 0 for no limit. */
  'relay.quota',
  /** `value`: for how many months each keystroke is kept; 0: always. */
  'relay.keystrokes',
  /** Keystrokes older than that were let go. `value`: bytes that this saved. */
  'relay.thinned',
  /** `subjectId`: of the meeting; `value`: `write` or `read`. */
  'meeting.opened',
  'meeting.joined',
  'meeting.removed',
  'meeting.closed',
  'note.kind',
  'note.licence',
  /** `value`: `yes` or `no`. */
  'note.template',
  'note.visibility',
  'note.authors',
  'note.community',
  'note.role',
  'note.invited',
  'note.asked',
  'note.refused',
  /** `value`: the day of its adoption; null when it was opened again. */
  'note.lock',
  'note.exported',
  'note.trash',
  'note.out_of_trash',
  'note.destroyed',
  'carnet.visibility',
  'carnet.policy',
  'carnet.cover',
  /** `value`: what notes that are made in it begin with, null for nothing. */
  'carnet.template',
  'carnet.community',
  'carnet.role',
  'carnet.invited',
  'carnet.exported',
  /** `value`: the number of the edition. */
  'carnet.edition',
  'carnet.edition_withdrawn',
  'carnet.edition_restored',
  'carnet.trash',
  'carnet.out_of_trash',
  'carnet.destroyed',
  'base.visibility',
  'base.policy',
  'base.cover',
  'base.community',
  'base.role',
  'base.invited',
  'base.exported',
  'base.trash',
  'base.out_of_trash',
  'base.destroyed',
  /** Of which nothing else was ever kept: it was a note, a carnet or a base. */
  'document.destroyed',
  'community.create',
  'community.change',
  'community.visibility',
  'community.role',
  'community.invited',
  'community.asked',
  'community.refused',
  'community.link_note',
  'community.unlink_note',
  'community.link_carnet',
  'community.unlink_carnet',
  'community.link_base',
  'community.unlink_base',
  'thread.started',
  'thread.retracted',
  'thread.resolved',
  'thread.reopened',
  'thread.hidden',
  'thread.shown',
  'report.note',
  'report.carnet',
  'report.base',
  'report.community',
  'report.message',
  'report.settled',
  'report.opened',
  /** `subjectId`: of the incident; `value`: the number of its entry. */
  'incident.recorded',
  'incident.amended',
] as const;
export type RegisterAct = (typeof registerActs)[number];

/** What an act is on: its first word. */
export type RegisterKind = RegisterAct extends `${infer Kind}.${string}` ? Kind : never;
export const registerKinds = [
  ...new Set(registerActs.map((act) => act.slice(0, act.indexOf('.')) as RegisterKind)),
];

/** One act, as who does it says it: ids and words of the policy, never content. */
export interface RegisterLine {
  /** Who did it; null for the relay itself, and where it is not known. */
  readonly by: PersonId | null;
  readonly act: RegisterAct;
  /** The note, carnet, base, community or invitation that it was done to; null for the relay and for an account. */
  readonly subjectId: string | null;
  /** Whose right it is about. */
  readonly person: PersonId | null;
  /** What it is now: a role, a visibility… */
  readonly value: string | null;
}

/** From where an act came, as far as it is known. */
export interface RegisterOrigin {
  /** The id of the session, which signs nobody in. */
  readonly session: string | null;
  /** The browser and the system, as the browser says: « Firefox, Linux ». */
  readonly device: string | null;
}

/** A line of the register: it is added, and never changed nor taken out. */
export interface RegisterEntry extends RegisterLine, RegisterOrigin {
  /** Unix milliseconds. */
  readonly at: number;
}
