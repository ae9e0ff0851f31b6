/** Every code an error may carry. The sentence a person reads is in renderer/i18n, keyed by the code. */
export const errorCodes = [
  'invalid_request',
  'not_signed_in',
  /** Forbidden and unknown answer alike. */
  'not_allowed',
  'not_found_route',
  'invitation_invalid',
  'launch_invalid',
  /** E-mail or password: it is not said which. */
  'sign_in_failed',
  'passkey_failed',
  /** Asked for what a session of long ago does not open. */
  'sign_in_again',
  'email_taken',
  /** A letter's link that is unknown, used or too old. */
  'link_invalid',
  'too_large',
  'type_not_supported',
  'too_many_requests',
  'storage_full',
  /** The files of this person take all the room that they may. */
  'quota_exceeded',
  'storage_failed',
  'document_damaged',
  'app_outdated',
  'epoch_changed',
  'export_unavailable',
  'export_failed',
  'export_cancelled',
  /** A file that is broken, encrypted, or not what it says. */
  'import_unreadable',
  'archive_damaged',
  'archive_newer',
  /** Nothing in it that can become a note. */
  'import_empty',
  'import_too_large',
  /** No computer of the local network says that it hosts a meeting. */
  'meeting_not_found',
  /** Nothing that hosts a meeting answers at that address. */
  'meeting_unreachable',
  /** The code is not that of the computer that answers: mistyped, or that computer is another one than it seems. */
  'meeting_code_wrong',
  /** Too many wrong codes: nobody joins until the host shows a new one. */
  'meeting_locked',
  'meeting_ended',
  /** This computer is on no local network. */
  'no_local_network',
  'conflict',
  /** The relay where a document lives does not answer. */
  'home_unreachable',
  /** No relay of a community answers at an address. */
  'no_relay_there',
  'node_outdated',
  'config_invalid',
  'port_in_use',
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** An error that the caller could not expect. `message` is for logs and developers; people read the sentence of `code`. */
export class AppError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
  }
}
