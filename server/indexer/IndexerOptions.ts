import type { Logger } from 'pino';
import type { AuthoredLog } from '../Identities.ts';
import type { RelayEvents } from '../RelayEvents.ts';
import type { RelayDocuments } from '../room/RelayDocuments.ts';
import type { CarnetId } from '#shared/domain/ids.ts';
import type { Catalogue } from '../storage/ports/Catalogue.ts';
import type { EntryIndex } from '../storage/ports/DerivedStore.ts';

export interface IndexerOptions {
  readonly log: AuthoredLog;
  readonly documents: RelayDocuments;
  readonly catalogue: Catalogue;
  readonly events: RelayEvents;
  readonly logger: Logger;
  /** Awaited before new entries of a carnet that was indexed before are stored: whoever stops meanwhile is asked again. */
  readonly onIntegrated?: (carnet: CarnetId, entries: readonly EntryIndex[]) => Promise<void>;
  /** How long a document must be quiet before it is read, in ms. Default 300. Larger: titles elsewhere follow later; smaller: more work while people type. */
  readonly delayMs?: number;
  /** How long a document that is never quiet may wait, in ms. Default 2,000. One that takes long to read waits longer. */
  readonly maxDelayMs?: number;
}
