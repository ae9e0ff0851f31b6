import type { Logger } from 'pino';
import type { RelayEvents } from './RelayEvents.ts';
import type { Indexer } from './indexer/Indexer.ts';
import type { RelayDocuments } from './room/RelayDocuments.ts';
import type { StorageQuota } from './StorageQuota.ts';
import type { Catalogue } from './storage/ports/Catalogue.ts';
import type { UpdateLog } from './storage/ports/UpdateLog.ts';

/** What the operations and the routes of one relay work with. */
export interface RelayContext {
  readonly catalogue: Catalogue;
  readonly log: UpdateLog;
  readonly documents: RelayDocuments;
  readonly indexer: Indexer;
  readonly events: RelayEvents;
  readonly logger: Logger;
  /** How much room the files of each person may take. */
  readonly quota: StorageQuota;
  /** Unix milliseconds. */
  readonly now: () => number;
}
