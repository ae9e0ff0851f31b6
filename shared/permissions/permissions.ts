import type { Person } from '../domain/Person.ts';
import type { PersonId } from '../domain/ids.ts';
import type { Visibility } from '../domain/Visibility.ts';
import type { ContributionPolicy } from '../domain/Carnet.ts';

/** What a person may do with one note: each role includes those before it. */
export const noteRoles = ['none', 'reader', 'author'] as const;
export type NoteRole = (typeof noteRoles)[number];

/** What a person may do with one carnet: each role includes those before it. */
export const carnetRoles = ['none', 'reader', 'contributor', 'manager'] as const;
export type CarnetRole = (typeof carnetRoles)[number];

/** What the policy needs to know of a note. */
export interface NoteSubject {
  readonly visibility: Visibility;
  readonly trashed: boolean;
  readonly authors: readonly PersonId[];
  /** People invited to read it although its visibility would not let them. */
  readonly readers: readonly PersonId[];
}

/** What the policy needs to know of a carnet. */
export interface CarnetSubject {
  readonly visibility: Visibility;
  readonly trashed: boolean;
  readonly managers: readonly PersonId[];
  readonly contributors: readonly PersonId[];
  readonly readers: readonly PersonId[];
  readonly contributionPolicy: ContributionPolicy;
}

/** Someone signed in, or null for a visitor. */
export type Asker = Pick<Person, 'id' | 'kind'> | null;

function seesBy(visibility: Visibility, asker: Asker): boolean {
  // `community` is decided with the list of responsables and members, which this relay does not keep yet: nobody else sees it.
  return visibility === 'public' || (visibility === 'members' && asker !== null);
}

/** The one answer to "what may this person do with this note"; a note in the trash is for its authors only. */
export function noteRole(asker: Asker, note: NoteSubject): NoteRole {
  if (asker !== null && note.authors.includes(asker.id)) return 'author';
  if (note.trashed) return 'none';
  if (asker !== null && note.readers.includes(asker.id)) return 'reader';
  return seesBy(note.visibility, asker) ? 'reader' : 'none';
}

/** The one answer to "what may this person do with this carnet". */
export function carnetRole(asker: Asker, carnet: CarnetSubject): CarnetRole {
  if (asker !== null && carnet.managers.includes(asker.id)) return 'manager';
  if (carnet.trashed) return 'none';
  if (asker !== null) {
    if (carnet.contributors.includes(asker.id)) return 'contributor';
    if (carnet.contributionPolicy === 'members' && seesBy(carnet.visibility, asker)) return 'contributor';
    if (carnet.readers.includes(asker.id)) return 'reader';
  }
  return seesBy(carnet.visibility, asker) ? 'reader' : 'none';
}

export const canReadNote = (role: NoteRole): boolean => role !== 'none';
/** May write in its document, change its visibility and authors, move it to the trash. */
export const canEditNote = (role: NoteRole): boolean => role === 'author';
/** May see deleted text, versions and who wrote what. */
export const canSeeNoteHistory = (role: NoteRole): boolean => role === 'author';
export const canReadCarnet = (role: CarnetRole): boolean => role !== 'none';
/** May add notes that they can read, and take out those that they added. */
export const canContributeToCarnet = (role: CarnetRole): boolean =>
  role === 'contributor' || role === 'manager';
/** May write in the carnet's document: title, description, order, categories, pins; and change its rights. */
export const canManageCarnet = (role: CarnetRole): boolean => role === 'manager';
/** Whoever is signed in may create notes and carnets. */
export const canCreate = (asker: Asker): asker is NonNullable<Asker> => asker !== null;
/** May invite others, to what they themselves hold the highest role of. */
export const canInviteToNote = canEditNote;
export const canInviteToCarnet = canManageCarnet;
