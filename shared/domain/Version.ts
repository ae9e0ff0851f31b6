import type { DocumentId, PersonId, VersionId } from './ids.ts';

/** `first` and `sitting` are made by the relay, `named` by a person, `restore` by putting an earlier version back. */
export const versionKinds = ['first', 'sitting', 'named', 'restore'] as const;
export type VersionKind = (typeof versionKinds)[number];

/** A point of a document's history that a person can see, name, compare and restore. */
export interface Version {
  readonly id: VersionId;
  readonly documentId: DocumentId;
  /** The last row of the log that this version contains. */
  readonly seq: number;
  readonly kind: VersionKind;
  readonly name: string | null;
  /** What a person said of it beside its name: what was decided, to whom it was sent. */
  readonly remark: string | null;
  /** Unix milliseconds. */
  readonly createdAt: number;
  /** Who named it, or restored; null for those that the relay made by itself. */
  readonly personId: PersonId | null;
}
