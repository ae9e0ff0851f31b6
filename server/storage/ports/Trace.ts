import type { PersonId } from '#shared/domain/ids.ts';
import type { Notice } from '#shared/domain/Notice.ts';
import type { RegisterEntry } from '#shared/domain/Register.ts';

/** A notice with whose inbox it goes to. */
export type NoticeRecord = Notice & { readonly person: PersonId };

/** What is written in the same transaction as a change: the register, and who is told. */
export interface Trace {
  readonly audit: readonly RegisterEntry[];
  readonly notices: readonly NoticeRecord[];
}
