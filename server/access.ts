import { AppError } from '#shared/api/errorCodes.ts';
import type { CollectionKind, CollectionRef } from '#shared/domain/Collection.ts';
import type { BaseId, CarnetId, CommunityId, DocumentId, NoteId, PersonId } from '#shared/domain/ids.ts';
import {
  type CollectionRole,
  type CommunityRole,
  type NoteRole,
  canAdminister,
  collectionRole,
  collectionRoles,
  communityRole,
  noteRole,
  noteRoles,
} from '#shared/permissions/permissions.ts';
import type { RoleOf } from './room/RelayDocuments.ts';
import type { CollectionRecord, CollectionStore } from './storage/ports/CollectionStore.ts';
import type { Catalogue } from './storage/ports/Catalogue.ts';
import type { CommunityRecord } from './storage/ports/CommunityStore.ts';
import type { NoteRecord } from './storage/ports/NoteStore.ts';
import { type Caller, loadCaller } from './Caller.ts';

/** The answer to whoever may not, and to whoever asks for what does not exist: one and the same. */
export function notAllowed(): AppError {
  return new AppError('not_allowed', 'unknown, or not for this person');
}

/** What the policy says of a note. */
export function roleOnNote(caller: Caller, note: NoteRecord): NoteRole {
  const subject = { ...note, trashed: note.trashedAt !== null };
  if (caller?.meeting === undefined) return noteRole(caller, subject);
  const { host, documents, mayWrite } = caller.meeting;
  if (!documents.has(note.id) || subject.trashed) return 'none';
  return weaker(noteRoles, noteRole(host, subject), mayWrite ? 'author' : 'reader');
}

/** What the policy says of a carnet, or of a base. */
export function roleOnCollection(caller: Caller, collection: CollectionRecord): CollectionRole {
  const subject = { ...collection, trashed: collection.trashedAt !== null };
  if (caller?.meeting === undefined) return collectionRole(caller, subject);
  const { host, documents, mayWrite } = caller.meeting;
  if (!documents.has(collection.id) || subject.trashed) return 'none';
  return weaker(collectionRoles, collectionRole(host, subject), mayWrite ? 'contributor' : 'reader');
}

/** The one of two roles that opens less. @param order - weakest first. */
function weaker<Role>(order: readonly Role[], one: Role, other: Role): Role {
  return order.indexOf(one) < order.indexOf(other) ? one : other;
}

/** The signed-in person. @throws AppError `not_signed_in`. */
export function requirePerson(caller: Caller): NonNullable<Caller> {
  if (caller === null) throw new AppError('not_signed_in', 'nobody is signed in');
  return caller;
}

/** Somebody who may administer the relay. @throws AppError `not_signed_in`, `not_allowed`. */
export function requireAdministrator(caller: Caller): NonNullable<Caller> {
  const person = requirePerson(caller);
  if (!canAdminister(person)) throw notAllowed();
  return person;
}

/**
 * Loads a note that the caller may use in this way.
 * @param allows - of shared/permissions: `canReadNote`, `canEditNote`…
 * @throws AppError `not_allowed`, for an unknown note alike.
 */
export async function requireNote(
  catalogue: Catalogue,
  caller: Caller,
  id: NoteId,
  allows: (role: NoteRole) => boolean,
): Promise<{ note: NoteRecord; role: NoteRole }> {
  const note = await catalogue.notes.get(id);
  if (note === null) throw notAllowed();
  const role = roleOnNote(caller, note);
  if (!allows(role)) throw notAllowed();
  return { note, role };
}

/** The catalogue's part of one kind of collection. */
export function collectionsOf(catalogue: Catalogue, kind: CollectionKind): CollectionStore {
  return kind === 'carnet' ? catalogue.carnets : catalogue.bases;
}

/** Loads a carnet, or a base, that the caller may use in this way. @throws AppError `not_allowed`, for an unknown one alike. */
export async function requireCollection(
  catalogue: Catalogue,
  caller: Caller,
  { kind, id }: CollectionRef,
  allows: (role: CollectionRole) => boolean,
): Promise<{ collection: CollectionRecord; role: CollectionRole }> {
  const collection = await collectionsOf(catalogue, kind).get(id);
  if (collection === null) throw notAllowed();
  const role = roleOnCollection(caller, collection);
  if (!allows(role)) throw notAllowed();
  return { collection, role };
}

/** Loads a community that the caller may use in this way. @throws AppError `not_allowed`, for an unknown community alike. */
export async function requireCommunity(
  catalogue: Catalogue,
  caller: Caller,
  id: CommunityId,
  allows: (role: CommunityRole) => boolean,
): Promise<{ community: CommunityRecord; role: CommunityRole }> {
  const community = await catalogue.communities.get(id);
  if (community === null) throw notAllowed();
  const role = communityRole(caller, id);
  if (!allows(role)) throw notAllowed();
  return { community, role };
}

/** The policy as the rooms ask it: by person and document. */
export function documentPolicy(catalogue: Catalogue): RoleOf {
  return async (personId: PersonId | null, document: DocumentId) => {
    const person = await loadCaller(catalogue, personId);
    const note = await catalogue.notes.get(document as NoteId);
    if (note !== null) return roleOnNote(person, note);
    const collection =
      (await catalogue.carnets.get(document as CarnetId)) ?? (await catalogue.bases.get(document as BaseId));
    return collection === null ? 'none' : roleOnCollection(person, collection);
  };
}
