import { AppError } from '#shared/api/errorCodes.ts';
import type { CarnetId, CommunityId, DocumentId, NoteId, PersonId } from '#shared/domain/ids.ts';
import {
  type CarnetRole,
  type CommunityRole,
  type NoteRole,
  canAdminister,
  carnetRole,
  communityRole,
  noteRole,
} from '#shared/permissions/permissions.ts';
import type { RoleOf } from './room/RelayDocuments.ts';
import type { CarnetRecord } from './storage/ports/CarnetStore.ts';
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
  return noteRole(caller, { ...note, trashed: note.trashedAt !== null });
}

/** What the policy says of a carnet. */
export function roleOnCarnet(caller: Caller, carnet: CarnetRecord): CarnetRole {
  return carnetRole(caller, { ...carnet, trashed: carnet.trashedAt !== null });
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

/** Loads a carnet that the caller may use in this way. @throws AppError `not_allowed`, for an unknown carnet alike. */
export async function requireCarnet(
  catalogue: Catalogue,
  caller: Caller,
  id: CarnetId,
  allows: (role: CarnetRole) => boolean,
): Promise<{ carnet: CarnetRecord; role: CarnetRole }> {
  const carnet = await catalogue.carnets.get(id);
  if (carnet === null) throw notAllowed();
  const role = roleOnCarnet(caller, carnet);
  if (!allows(role)) throw notAllowed();
  return { carnet, role };
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
    const carnet = await catalogue.carnets.get(document as CarnetId);
    return carnet === null ? 'none' : roleOnCarnet(person, carnet);
  };
}
