import type { PersonId } from '#shared/domain/ids.ts';
import type { PersonRecord } from './PersonStore.ts';
import type { Trace } from './Trace.ts';

/** Somebody of whom a person's computer says that they wrote on it: a guest of a meeting there. */
export interface Statement {
  /** Whom their rows here name. */
  readonly person: PersonId;
  /** Whoever's computer says it. */
  readonly host: PersonId;
  /** Whom that computer knows them by. */
  readonly guest: PersonId;
  /** Of the secret by which they show that they are who wrote; null: they cannot. */
  readonly claimHash: string | null;
  /** Unix milliseconds. */
  readonly statedAt: number;
}

/** What computers state about who wrote on them. Who was confirmed is an identity of the account that they are. */
export interface StatementStore {
  /** In the order in which they were made. */
  all(): Promise<readonly Statement[]>;
  /** Adds it with the person whom it names, in one transaction with its trace. */
  add(statement: Statement, person: PersonRecord, trace: Trace): Promise<void>;
}
