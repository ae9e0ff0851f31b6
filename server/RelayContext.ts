import type { Logger } from 'pino';
import type { AuthoredLog, Identities } from './Identities.ts';
import type { RelayEvents } from './RelayEvents.ts';
import type { Statements } from './Statements.ts';
import type { Indexer } from './indexer/Indexer.ts';
import type { RelayDocuments } from './room/RelayDocuments.ts';
import type { StorageQuota } from './StorageQuota.ts';
import type { Catalogue } from './storage/ports/Catalogue.ts';

/** What the operations and the routes of one relay work with. */
export interface RelayContext {
  readonly catalogue: Catalogue;
  /** As it is told to people. */
  readonly log: AuthoredLog;
  readonly identities: Identities;
  readonly statements: Statements;
  readonly documents: RelayDocuments;
  readonly indexer: Indexer;
  readonly events: RelayEvents;
  readonly logger: Logger;
  /** How much room the files of each person may take. */
  readonly quota: StorageQuota;
  /** Unix milliseconds. */
  readonly now: () => number;
}
