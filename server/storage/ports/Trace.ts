import type { CommunityId, DocumentId, PersonId } from '#shared/domain/ids.ts';
import type { Notice } from '#shared/domain/Notice.ts';

/** One change of rights or roles, for the register of the relay (Law 25): ids and words of the policy, never content. */
export interface AuditRecord {
  /** Unix milliseconds. */
  readonly at: number;
  /** Who did it; null for the relay itself. */
  readonly by: PersonId | null;
  /** 'note.visibility', 'community.role'… */
  readonly act: string;
  readonly subjectId: DocumentId | CommunityId;
  /** Whose right it is about. */
  readonly person: PersonId | null;
  /** What it is now: a role, a visibility… */
  readonly value: string | null;
}

/** A notice with whose inbox it goes to. */
export type NoticeRecord = Notice & { readonly person: PersonId };

/** What is written in the same transaction as a change: the register, and who is told. */
export interface Trace {
  readonly audit: readonly AuditRecord[];
  readonly notices: readonly NoticeRecord[];
}

/** The register of the relay. */
export interface AuditStore {
  /** About one subject, oldest first. */
  list(subjectId: AuditRecord['subjectId']): Promise<readonly AuditRecord[]>;
}
