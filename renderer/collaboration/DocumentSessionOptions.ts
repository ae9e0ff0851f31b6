import type { Ticket, TicketRequest } from '#shared/api/tickets.ts';
import type { Person } from '#shared/domain/Person.ts';
import type { DeviceId, DocumentId } from '#shared/domain/ids.ts';
import type { DocumentKind } from './DocumentKind.ts';
import type { OfflineStore, RecoveredCopy } from './OfflineStore.ts';

/** The one call of the API that a session needs. */
export interface SessionApi {
  /** POST /api/tickets. Throws an error whose `code` is one of errorCodes.ts; anything else thrown means "cannot be reached". */
  requestTicket(request: TicketRequest): Promise<Ticket>;
}

export interface DocumentSessionOptions {
  readonly documentId: DocumentId;
  readonly kind: DocumentKind;
  readonly api: SessionApi;
  /** The relay's origin, for instance `location.origin`. */
  readonly origin: string;
  /** Default: the store's. */
  readonly deviceId?: DeviceId;
  /** Copies of documents on this device. */
  readonly store: OfflineStore;
  /** Who works here; null for a visitor. */
  readonly person: Pick<Person, 'id' | 'name' | 'colour'> | null;
  /** The newest schema version that this application can hold. Default: its own. */
  readonly schemaVersion?: number;
  /** For Node. Default: the browser's. */
  readonly WebSocketPolyfill?: typeof WebSocket;
  readonly random?: () => number;
  /**
   * The session is over and another must take its place with a new Y.Doc: a change was refused, the document has another epoch, or the
   * client id is taken. `copy` is what was kept apart, if anything was.
   */
  readonly onReplaced?: (copy: RecoveredCopy | null) => void;
  /** A recovered copy was made of a damaged one; the session goes on. */
  readonly onRecovered?: (copy: RecoveredCopy) => void;
}
