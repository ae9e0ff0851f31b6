import type { NoteId } from './ids.ts';
import type { Visibility } from './Visibility.ts';

export const noteKinds = ['note', 'term', 'organisation'] as const;
export type NoteKind = (typeof noteKinds)[number];

/** The catalogue's part of a note. Its title and body are content, in its Yjs document. Times are Unix milliseconds. */
export interface Note {
  readonly id: NoteId;
  readonly kind: NoteKind;
  readonly visibility: Visibility;
  readonly createdAt: number;
  /** When it was first made visible beyond its authors; null while private. */
  readonly publishedAt: number | null;
  /** When it was put in the trash; null when it is not there. */
  readonly trashedAt: number | null;
}
