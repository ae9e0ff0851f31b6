import type { CommunityId, NoteId } from './ids.ts';
import type { Licence } from './Licence.ts';
import type { NoteLock } from './lock.ts';
import type { Visibility } from './Visibility.ts';

export const noteKinds = ['note', 'term', 'organisation'] as const;
export type NoteKind = (typeof noteKinds)[number];

/** Who the authors are: `people`, by name; `community`, whoever is a responsable of the linked community, as its list changes, and whom they let in when asked. */
export const authorModes = ['people', 'community'] as const;
export type AuthorMode = (typeof authorModes)[number];

/** The catalogue's part of a note. Its title and body are content, in its Yjs document. Times are Unix milliseconds. */
export interface Note {
  readonly id: NoteId;
  readonly kind: NoteKind;
  readonly visibility: Visibility;
  /** The community that it is linked to, at most one. */
  readonly community: CommunityId | null;
  readonly authorMode: AuthorMode;
  readonly licence: Licence;
  readonly createdAt: number;
  /** When it was first made visible beyond its authors; null while private. */
  readonly publishedAt: number | null;
  /** When it was put in the trash; null when it is not there. */
  readonly trashedAt: number | null;
  /** Other notes are made from it. */
  readonly isTemplate: boolean;
  /** Set while it stands as it was adopted; null while its authors may write in it. */
  readonly lock: NoteLock | null;
}
