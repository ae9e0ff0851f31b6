import * as Y from 'yjs';
import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import { closeCodes } from '#shared/protocol/closeCodes.ts';
import { Checkpointer, type Unsound } from '../log/Checkpointer.ts';
import { GroupCommit } from '../log/GroupCommit.ts';
import { HeadSigner } from '../log/HeadSigner.ts';
import { JournalCutter } from '../log/JournalCutter.ts';
import { loadReadable, updatesOf } from '../log/loadReadable.ts';
import { type NoteIn, noteIn } from '../log/noteIn.ts';
import { docFrom } from '../log/rebuild.ts';
import { Rebuilder } from '../log/Rebuilder.ts';
import type { SignedHeads } from '../log/SignedHeads.ts';
import { endOfWaiting } from '../log/waiting.ts';
import { type Meter, noMeter } from '../metrics/Meter.ts';
import { newSigningKey } from '../signingKey.ts';
import { packUpdates } from '../storage/packedUpdates.ts';
import type { DocumentKind, Statement, UpdateLog } from '../storage/ports/UpdateLog.ts';
import type { ClientSocket } from '../ws/ClientSocket.ts';
import type { Connection } from '../ws/Connection.ts';
import { frameUpdate } from '../ws/frame.ts';
import { Heartbeat } from '../ws/Heartbeat.ts';
import { AccessChecks } from './AccessChecks.ts';
import { adoptLog } from './adoptLog.ts';
import { Copies } from './Copies.ts';
import type { Act, AdoptedDocument } from './Documents.ts';
import { changeIn, freshClientId, freshEpoch, operationRow } from './operationRow.ts';
import type { DocumentRole, RelayDocuments, RelayDocumentsOptions, RoleOf } from './RelayDocuments.ts';
import { type RelayLimits, relayLimits } from './RelayLimits.ts';
import type { Room } from './Room.ts';
import type { AcceptedRow } from './RoomContent.ts';
import { RoomRegistry } from './RoomRegistry.ts';
import { StorageBackoff } from './StorageBackoff.ts';
import { LargeUpdates } from './update/LargeUpdates.ts';
import { parseUpdate } from './update/parseUpdate.ts';

type Appended = Parameters<Parameters<RelayDocuments['onAppended']>[0]>[0];

/** Rows beyond which a past state is rebuilt in the worker and not here. */
const maxRowsInline = 500;
/** Bytes of updates beyond which a note is read in the worker: some milliseconds, during which nobody else has their turn. Smaller: more goes there and back; larger: who writes waits. */
const maxBytesInline = 64_000;

/** Opens the relay's core over a log. @see RelayDocuments for how it is wired */
export function createDocuments(options: RelayDocumentsOptions): RelayCore {
  return new RelayCore(options);
}

/** See `RelayDocuments`; `connect` is for `attachWebSocket`. */
export class RelayCore implements RelayDocuments {
  readonly limits: RelayLimits;
  readonly meter: Meter;
  /** Those that are open. */
  private readonly sockets = new Set<ClientSocket>();
  private readonly storage = new StorageBackoff();
  private readonly log: UpdateLog;
  private readonly roleOf: RoleOf;
  private readonly access: AccessChecks;
  private readonly schemaVersion: number;
  private readonly logger: RelayDocumentsOptions['logger'];
  private readonly onSetAside: NonNullable<RelayDocumentsOptions['onSetAside']>;
  private readonly commits: GroupCommit;
  private readonly rebuilder: Rebuilder;
  private readonly largeUpdates: LargeUpdates;
  private readonly checkpoints: Checkpointer;
  private readonly cutter: JournalCutter;
  readonly heads: SignedHeads;
  readonly copies: Copies;
  private readonly signer: HeadSigner;
  private readonly registry: RoomRegistry;
  private readonly heartbeat: Heartbeat;
  private readonly listeners = new Set<(event: Appended) => void>();
  /** Documents whose damage this process has reported. */
  private readonly damaged = new Set<DocumentId>();
  private closing: Promise<void> | null = null;

  constructor(options: RelayDocumentsOptions) {
    this.log = options.log;
    this.roleOf = options.roleOf;
    this.access = new AccessChecks(options.roleOf, options.logger);
    this.logger = options.logger;
    this.schemaVersion = options.schemaVersion ?? 1;
    this.limits = { ...relayLimits, ...options.limits };
    this.onSetAside = options.onSetAside ?? (() => undefined);
    this.meter = options.meter ?? noMeter;
    this.commits = new GroupCommit(this.log, this.limits, this.meter);
    this.rebuilder = new Rebuilder(this.limits.rebuildMs, { maxDocumentBytes: this.limits.maxDocumentBytes });
    this.cutter = new JournalCutter({
      log: this.log,
      logger: this.logger,
      limits: this.limits,
      isOpen: (document) => this.registry.peek(document) !== null,
    });
    this.cutter.start();
    this.signer = new HeadSigner({
      log: this.log,
      logger: this.logger,
      key: options.signingKey ?? newSigningKey(),
      delayMs: this.limits.headMs,
    });
    this.heads = options.heads ?? this.signer;
    this.log.onDamaged((document) => {
      // Each who opens it would meet the same damage.
      if (this.damaged.has(document)) return;
      this.damaged.add(document);
      void this.setAside(document, { reason: 'damaged', fault: null, goodSeq: null });
    });
    this.largeUpdates = new LargeUpdates(this.limits.readMs);
    this.checkpoints = new Checkpointer({
      log: this.log,
      rebuilder: this.rebuilder,
      logger: this.logger,
      onSaved: (document, seq, bytes) => {
        this.registry.peek(document)?.content.checkpointed(seq, bytes);
        this.cutter.request(document);
      },
      onUnsound: (document, unsound) => this.setAside(document, unsound),
      onSound: async (document) => {
        this.logger.info({ document }, 'a document is sound again');
        await this.setReadOnly(document, null);
      },
    });
    this.registry = new RoomRegistry({
      log: this.log,
      load: (document) => loadReadable(this.log, this.rebuilder, document),
      commits: this.commits,
      checkpoints: this.checkpoints,
      largeUpdates: this.largeUpdates,
      limits: this.limits,
      logger: this.logger,
      meter: this.meter,
      storage: this.storage,
      whoIsWho: options.whoIsWho,
      namesOf: options.namesOf ?? (() => Promise.resolve(new Map())),
      heads: this.heads,
      appended: (event) => {
        this.tell(event, this.registry.peek(event.document)?.content.homeSeq != null);
      },
      emptied: (room) => {
        this.emptied(room);
      },
    });
    this.copies = new Copies({
      log: this.log,
      commits: this.commits,
      registry: this.registry,
      begun: (document, seq) => {
        this.damaged.delete(document);
        this.tell({ document, seq, person: null }, true);
      },
    });
    this.heads.onSigned((document, head) => this.registry.peek(document)?.prove(head));
    this.heartbeat = new Heartbeat(this.sockets, this.limits);
  }

  async create(
    document: DocumentId,
    kind: DocumentKind,
    act: Act,
    first: ((doc: Y.Doc) => void) | null,
    alongside: readonly Statement[] = [],
  ): Promise<void> {
    const doc = new Y.Doc();
    doc.clientID = freshClientId(() => false);
    const update = first === null ? null : changeIn(doc, first);
    const rows = update === null ? [] : [operationRow(document, act, update, [doc.clientID])];
    doc.destroy();
    const head = { document, kind, epoch: freshEpoch(), schemaVersion: this.schemaVersion };
    await this.log.create(head, rows, alongside);
    if (rows.length > 0) this.tell({ document, seq: rows.length, person: act.person });
  }

  async adopt(adopted: AdoptedDocument, act: Act, alongside: readonly Statement[] = []): Promise<void> {
    this.tell(await adoptLog(this.log, adopted, act, alongside));
  }

  async change(
    document: DocumentId,
    act: Act,
    change: (doc: Y.Doc) => void,
    alongside: readonly Statement[] = [],
  ): Promise<{ seq: number }> {
    return this.within(document, async (room) => {
      const { content } = room;
      if (content.readOnly !== null && !(act.repairs && content.readOnly === 'invalid_content'))
        throw new AppError('document_damaged', `document ${document} is set aside`);
      const doc = docFrom((await content.read(false)).updates(), true);
      doc.clientID = freshClientId((id) => content.owners.isKnown(id));
      const update = changeIn(doc, change);
      doc.destroy();
      if (update === null) {
        if (alongside.length > 0) await this.log.append([], alongside);
        return { seq: content.seq };
      }
      const row = this.operation(room, act, update);
      try {
        const seq = await this.commits.addAlongside(row.row, alongside);
        room.operationStored(row, seq);
        return { seq };
      } catch (error) {
        room.operationFailed(error);
        throw error;
      }
    });
  }

  async endWaiting(document: DocumentId, act: Act): Promise<{ seq: number } | null> {
    const seq = await this.within(document, async (room) => {
      if (room.content.readOnly !== 'invalid_content')
        throw new AppError('conflict', `document ${document} is not set aside for its content`);
      const doc = docFrom((await room.content.read(false)).updates(), true);
      const update = endOfWaiting(doc);
      doc.destroy();
      if (update === null) return null;
      // Nothing new is taken in any more; what was is stored before the other life begins.
      await this.commits.drained();
      const { row } = this.operation(room, act, update);
      const renewed = await this.log.renew(row, freshEpoch());
      room.endLife();
      return renewed;
    });
    if (seq === null) return null;
    this.tell({ document, seq, person: act.person });
    await this.tellSetAside(document);
    return { seq };
  }

  async destroy(document: DocumentId, alongside: readonly Statement[] = [], last?: number): Promise<void> {
    this.letGo(document);
    await this.commits.drained();
    await this.log.destroy(document, alongside, last);
    // Somebody may have come in meanwhile.
    this.letGo(document);
  }

  async read(document: DocumentId, atSeq?: number): Promise<{ doc: Y.Doc; seq: number } | null> {
    if (atSeq === undefined) {
      const loaded = await this.log.load(document);
      if (loaded === null) return null;
      return { doc: docFrom(updatesOf(loaded), true), seq: loaded.head.seq };
    }
    const head = await this.log.head(document);
    if (head === null) return null;
    const seq = Math.min(atSeq, head.seq);
    const rows = (await this.log.read(document, 0, seq)).map((row) => row.bytes);
    const updates =
      rows.length > maxRowsInline ? [await this.rebuilder.uncollected(packUpdates(rows))] : rows;
    return { doc: docFrom(updates, false), seq };
  }

  async readable(document: DocumentId): Promise<{ doc: Y.Doc; seq: number; wholeTo: number | null } | null> {
    const loaded = await loadReadable(this.log, this.rebuilder, document);
    if (loaded === null) return null;
    const { head, wholeTo } = loaded;
    return { doc: docFrom(updatesOf(loaded), true), seq: head.seq, wholeTo };
  }

  async note(document: DocumentId): Promise<(NoteIn & { seq: number; wholeTo: number | null }) | null> {
    const loaded = await loadReadable(this.log, this.rebuilder, document);
    if (loaded === null) return null;
    const updates = updatesOf(loaded);
    const place = { seq: loaded.head.seq, wholeTo: loaded.wholeTo };
    if (updates.reduce((sum, { length }) => sum + length, 0) > maxBytesInline)
      return { ...(await this.rebuilder.note(packUpdates(updates))), ...place };
    const doc = docFrom(updates, true);
    const note = noteIn(doc);
    doc.destroy();
    return { ...note, ...place };
  }

  onAppended(listener: (event: Appended) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async recheckAccess(document?: DocumentId): Promise<void> {
    const room = document === undefined ? null : this.registry.peek(document);
    await this.access.recheck(
      document === undefined ? [...this.registry.all()] : room === null ? [] : [room],
    );
  }

  settled(): Promise<void> {
    return this.commits.settled();
  }

  closeSession(sessionId: string): void {
    for (const socket of this.sockets) {
      if (socket.speaker.sessionId === sessionId) socket.close(closeCodes.signIn, 'not_signed_in');
    }
  }

  async setSchemaVersion(document: DocumentId, schemaVersion: number): Promise<void> {
    await this.log.setSchemaVersion(document, schemaVersion);
    this.registry.peek(document)?.setSchemaVersion(schemaVersion);
  }

  async setReadOnly(
    document: DocumentId,
    reason: string | null,
    goodSeq: number | null = null,
  ): Promise<void> {
    await this.log.setReadOnly(document, reason, goodSeq);
    const room = this.registry.peek(document);
    if (room !== null) room.content.readOnly = reason;
    await this.tellSetAside(document);
  }

  get hasStorageFailed(): boolean {
    return this.storage.hasFailed;
  }

  inspect(document: DocumentId): Promise<void> {
    return this.checkpoints.inspect(document);
  }

  isOpen(document: DocumentId): boolean {
    return this.registry.peek(document) !== null;
  }

  stats(): { readonly rooms: number; readonly connections: number } {
    return { rooms: this.registry.size, connections: this.sockets.size };
  }

  /**
   * Brings an accepted socket into its document's room, once that is loaded. Refusals close the socket with their code.
   * @returns the room; null when the socket was closed.
   */
  async connect(document: DocumentId, connection: Connection): Promise<Room | null> {
    const { person } = connection.session;
    try {
      let asked: number;
      let role: DocumentRole;
      let room: Room | null = null;
      // A right may go while the document is being opened.
      do {
        asked = this.access.changes;
        role = await this.roleOf(person?.id ?? null, document);
        if (connection.closed) break;
        if (role !== 'none') room ??= await this.registry.open(document);
      } while (asked !== this.access.changes);
      if (room === null) {
        connection.close(closeCodes.notAllowed, 'not_allowed');
        return null;
      }
      try {
        if (!connection.closed) room.join(connection, role);
      } finally {
        room.release();
      }
      return connection.closed ? null : room;
    } catch (error) {
      const code = error instanceof AppError ? error.code : 'internal';
      this.logger.error({ document, code }, 'a document could not be opened');
      connection.close(closeCodes.storage, code);
      return null;
    }
  }

  /** A socket was opened. One that its person has too many of is closed with 4529, and when the relay is stopping, with 1012. */
  addSocket(socket: ClientSocket): void {
    const { person } = socket.speaker;
    if (this.closing !== null) socket.close(closeCodes.restarting, 'restarting');
    else if (person !== null && this.socketsOf(person.id) >= this.limits.socketsPerPerson) {
      socket.close(closeCodes.tooFast, 'too_many_sockets');
    } else this.sockets.add(socket);
  }

  /** A socket is gone. */
  removeSocket(socket: ClientSocket): void {
    this.sockets.delete(socket);
  }

  close(): Promise<void> {
    this.closing ??= (async () => {
      for (const socket of this.sockets) socket.close(closeCodes.restarting, 'restarting');
      await this.commits.drained();
      await this.checkpoints.close();
      await this.cutter.close();
      await this.signer.close();
      this.heartbeat.close();
      for (const room of this.registry.all()) this.registry.remove(room);
      await this.rebuilder.close();
      await this.largeUpdates.close();
    })();
    return this.closing;
  }

  private letGo(document: DocumentId): void {
    const room = this.registry.peek(document);
    if (room === null) return;
    room.closeAll(closeCodes.notAllowed, 'not_allowed');
    this.registry.remove(room);
  }

  private async within<T>(document: DocumentId, work: (room: Room) => Promise<T>): Promise<T> {
    const room = await this.registry.open(document);
    if (room === null) throw new AppError('not_allowed', `no document ${document}`);
    try {
      return await work(room);
    } finally {
      room.release();
    }
  }

  private operation(room: Room, act: Act, update: Uint8Array): AcceptedRow {
    const parsed = parseUpdate(update, { maxStringBytes: Infinity });
    const news = room.content.state.compare(parsed);
    if (news === null)
      throw new AppError('internal', 'an operation wrote what does not follow from the document');
    const { frame, bytes } = frameUpdate(update);
    const clients = news.structs.map((one) => one.client);
    return { row: operationRow(room.document, act, bytes, clients), news, frame, risk: parsed.risk };
  }

  private async setAside(document: DocumentId, { reason, fault, goodSeq }: Unsound): Promise<void> {
    this.logger.error({ document, reason, fault, goodSeq }, 'a document is set aside');
    await this.setReadOnly(document, reason, goodSeq).catch(() => null);
  }

  private async tellSetAside(document: DocumentId): Promise<void> {
    const head = await this.log.head(document);
    if (head !== null) this.onSetAside(document, head.kind);
  }

  private emptied(room: Pick<Room, 'document' | 'isOver'>): void {
    const open = this.registry.peek(room.document);
    if (open === room && !room.isOver) open.content.rest();
    this.registry.remove(room);
  }

  /** @param isCopy - the word about it is its home's. */
  private tell(event: Appended, isCopy = false): void {
    if (!isCopy) this.signer.appended(event.document);
    for (const listener of this.listeners) {
      try {
        listener(event);
      } catch (error) {
        this.logger.error({ err: error, document: event.document }, 'who listens to the log failed');
      }
    }
  }

  private socketsOf(person: PersonId): number {
    let count = 0;
    for (const { speaker } of this.sockets) if (speaker.person?.id === person) count++;
    return count;
  }
}
