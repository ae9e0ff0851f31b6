import type { KeyObject } from 'node:crypto';
import type { Logger } from 'pino';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import type { CollectionRole, NoteRole } from '#shared/permissions/permissions.ts';
import type { SignedHeads } from '../log/SignedHeads.ts';
import type { Meter } from '../metrics/Meter.ts';
import type { DocumentKind, UpdateLog } from '../storage/ports/UpdateLog.ts';
import type { DocumentCopies } from './DocumentCopies.ts';
import type { Documents } from './Documents.ts';
import type { WhoIsWho } from './ClientOwners.ts';
import type { RelayLimits } from './RelayLimits.ts';

/** What a person may do in a document: an `author` or a `manager` writes in it; a `keeper` sees its history, and nobody writes in it while it is locked; a `contributor` goes through operations. */
export type DocumentRole = NoteRole | CollectionRole;

/** The policy, asked at each opening and by `recheckAccess`. An unknown document is 'none', like a forbidden one. */
export type RoleOf = (person: PersonId | null, document: DocumentId) => DocumentRole | Promise<DocumentRole>;

export interface RelayDocumentsOptions {
  readonly log: UpdateLog;
  readonly roleOf: RoleOf;
  /** The names that a row of the log goes to a mirror with, as `nameInRow` writes them. Default: nobody has one. */
  readonly namesOf?: (people: readonly PersonId[]) => Promise<ReadonlyMap<PersonId, string>>;
  /** Default: everybody has one id, and is stated by nobody. */
  readonly whoIsWho?: WhoIsWho;
  /** Called after a document was set aside, or given back. */
  readonly onSetAside?: (document: DocumentId, kind: DocumentKind) => void;
  /** Gets codes, ids and counts; never content, titles or tickets. */
  readonly logger: Logger;
  /** Schema version of a document that is made; default 1, the oldest. It rises (`setSchemaVersion`) when content that needs more comes in. */
  readonly schemaVersion?: number;
  /** Default: `relayLimits`, those of the threat model. */
  readonly limits?: Partial<RelayLimits>;
  /** The signed heads that clients are told of. Default: those that the relay signs itself. */
  readonly heads?: SignedHeads;
  /** Default: nothing is counted. */
  readonly meter?: Meter;
  /** Ed25519, signs the heads of logs. Default: a new one, gone with the process. */
  readonly signingKey?: KeyObject;
}

/**
 * The relay's core, made by `createDocuments(options)` (server/room/createDocuments.ts). Wiring:
 *
 *     const database = await SqliteDatabase.open(file);
 *     await migrate(database, migrations);
 *     const documents = createDocuments({ log: new SqliteUpdateLog(database), roleOf, logger });
 *     const tickets = new TicketOffice();                       // POST /api/tickets: tickets.issue({...})
 *     const sockets = attachWebSocket(httpServer, { documents, tickets, origins: [publicUrl], logger });
 *     …
 *     await sockets.close(); await documents.close(); await database.close();
 */
export interface RelayDocuments extends Documents {
  /** Called by the indexer when content of a newer schema was first inserted: sockets of older clients are closed with 4426. It only rises. */
  setSchemaVersion(document: DocumentId, schemaVersion: number): Promise<void>;
  /** Sets a document aside (nobody may write in it), or gives it back with null. @param goodSeq - the last row up to which it was sound, if that is known. */
  setReadOnly(document: DocumentId, reason: string | null, goodSeq?: number | null): Promise<void>;
  /** True from a commit that failed until one that did not. */
  readonly hasStorageFailed: boolean;
  /** The relay's word about its logs. */
  readonly heads: SignedHeads;
  /** What a mirror writes in the documents whose home is another relay. */
  readonly copies: DocumentCopies;
  /** Whether somebody has a document open, or had it until a moment ago. */
  isOpen(document: DocumentId): boolean;
  /** What is held in memory. */
  stats(): { readonly rooms: number; readonly connections: number };
  /** Closes every socket with 1012; resolves when everything pending is stored. Safe to call twice. */
  close(): Promise<void>;
}
