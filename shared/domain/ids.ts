/** Branded identifiers: 128 random bits, base64url without padding (22 characters). */
declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

export type PersonId = Id<'person'>;
export type NoteId = Id<'note'>;
export type CarnetId = Id<'carnet'>;
export type BaseId = Id<'base'>;
/** What gathers: a carnet gathers notes, a base gathers carnets. */
export type CollectionId = CarnetId | BaseId;
/** What is gathered: a note in a carnet, a carnet in a base. */
export type MemberId = NoteId | CarnetId;
export type CommunityId = Id<'community'>;
export type NoticeId = Id<'notice'>;
export type ReportId = Id<'report'>;
export type IncidentId = Id<'incident'>;
export type ThreadId = Id<'thread'>;
export type MessageId = Id<'message'>;
/** A Yjs document on the relay: the id of the note, of the carnet or of the base whose content it holds. */
export type DocumentId = NoteId | CollectionId;
export type VersionId = Id<'version'>;
export type InvitationId = Id<'invitation'>;
export type MeetingId = Id<'meeting'>;
export type AttachmentId = Id<'attachment'>;
export type ExportId = Id<'export'>;
export type ImportId = Id<'import'>;
export type CategoryId = Id<'category'>;
/** The random mark of one life of a document's log; changes after a restore from backup. */
export type Epoch = Id<'epoch'>;
/** A random id kept beside a client's local store. */
export type DeviceId = Id<'device'>;

/** 22 characters of base64url. */
export const idPattern = /^[A-Za-z0-9_-]{22}$/;

/** True when `value` has the form of an id; says nothing about whether the thing exists. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && idPattern.test(value);
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * Writes 16 random bytes as an id.
 * @param bytes - exactly 16 bytes from a cryptographic source; the caller supplies them since `shared` has no platform.
 */
export function idFromBytes<T extends string>(bytes: Uint8Array): T {
  let out = '';
  for (let at = 0; at < 16; at += 3) {
    const a = bytes[at] ?? 0;
    const b = bytes[at + 1] ?? 0;
    const c = bytes[at + 2] ?? 0;
    out +=
      alphabet[a >> 2]! +
      alphabet[((a & 3) << 4) | (b >> 4)]! +
      alphabet[((b & 15) << 2) | (c >> 6)]! +
      alphabet[c & 63]!;
  }
  return out.slice(0, 22) as T;
}

/** The 16 bytes that an id writes; the way back from `idFromBytes`. @param id - 22 characters of base64url. */
export function bytesFromId(id: string): Uint8Array {
  const bytes = new Uint8Array(16);
  let bits = 0;
  let value = 0;
  let at = 0;
  for (const character of id) {
    value = ((value << 6) | alphabet.indexOf(character)) & 0xffff;
    bits += 6;
    if (bits < 8 || at === 16) continue;
    bits -= 8;
    bytes[at++] = (value >> bits) & 255;
  }
  return bytes;
}
