import type { DocumentId, PersonId, VersionId } from '#shared/domain/ids.ts';
import type { Version } from '#shared/domain/Version.ts';

/** A version with what the log said of the rows since the version before it. */
export interface VersionRecord extends Version {
  /** Who wrote since the version before, most rows first. */
  readonly contributors: readonly PersonId[];
  /** Rows since the version before. */
  readonly changeCount: number;
}

/** What may be said of a version afterwards. */
export interface VersionNaming {
  readonly name: string;
  readonly remark: string | null;
  readonly kind: Version['kind'];
  readonly personId: PersonId | null;
}

/** Which versions are asked for. */
export interface VersionsAsked {
  /** Only those behind this one; none, when it is not one of the document. Null: from the newest. */
  readonly before: VersionId | null;
  readonly limit: number;
  /** Null: of any kind. */
  readonly kinds: readonly Version['kind'][] | null;
}

/**
 * The versions of documents. They hold no content: a version is a row of the log, which is rebuilt when it is looked at.
 * @throws AppError `storage_full` | `storage_failed`: nothing was written.
 */
export interface VersionStore {
  /** Adds a version. A known id: `conflict`. */
  add(version: VersionRecord): Promise<void>;
  /** Null for an unknown one, and for one of another document. */
  get(document: DocumentId, id: VersionId): Promise<VersionRecord | null>;
  /** Newest first: by row, then those added later first. */
  list(document: DocumentId): Promise<readonly VersionRecord[]>;
  /** Of `list`, at most so many. */
  page(document: DocumentId, asked: VersionsAsked): Promise<readonly VersionRecord[]>;
  /** Those of `list` whose row is one of `fromSeq` to `toSeq`. */
  between(document: DocumentId, fromSeq: number, toSeq: number): Promise<readonly VersionRecord[]>;
  /**
   * Those of several documents, newest first by the time that they bear, then by id.
   * @param before - a place in that order: only those behind it; null: from the newest.
   */
  recent(
    documents: readonly DocumentId[],
    before: { readonly createdAt: number; readonly id: string } | null,
    limit: number,
  ): Promise<readonly VersionRecord[]>;
  /** Those of `list` that bear this time or a later one. @param createdAt - Unix milliseconds. */
  since(document: DocumentId, createdAt: number): Promise<readonly VersionRecord[]>;
  /** The first of `list`, or null. @param upTo - of those whose row is this one or before; default: of all. */
  latest(document: DocumentId, upTo?: number): Promise<VersionRecord | null>;
  /** Takes all of a document's away. */
  removeAll(document: DocumentId): Promise<void>;
  /** Rows have other numbers: versions of them go with them. @param numbers - the new of the old. */
  renumber(document: DocumentId, numbers: ReadonlyMap<number, number>): Promise<void>;
  /** How many there are. */
  count(document: DocumentId): Promise<number>;
  /** The row of the newest version of every document that has one. */
  latestSeqs(): Promise<ReadonlyMap<DocumentId, number>>;
  /** @returns the version as it is now; null for an unknown one. */
  rename(document: DocumentId, id: VersionId, naming: VersionNaming): Promise<VersionRecord | null>;
}
