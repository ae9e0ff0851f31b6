import { AppError, type ErrorCode } from '#shared/api/errorCodes.ts';
import type { DocumentId, Epoch } from '#shared/domain/ids.ts';
import { closeCodes, type CloseCode, renumbered } from '#shared/protocol/closeCodes.ts';
import {
  encodeAccess,
  encodeAwareness,
  encodePong,
  encodePosition,
  encodeProof,
} from '#shared/protocol/encodeMessage.ts';
import { messageTypes } from '#shared/protocol/messages.ts';
import { encodeOpened } from '#shared/protocol/mirrorMessages.ts';
import { type ClientFrame, type PresenceEntry, readClientFrame } from '#shared/protocol/readClientFrame.ts';
import type { SignedHead } from '#shared/protocol/SignedHead.ts';
import { MalformedError } from '#shared/protocol/StrictReader.ts';
import type { ReadableDocument } from '../log/loadReadable.ts';
import type { Connection } from '../ws/Connection.ts';
import { idOf } from '../secrets.ts';
import { frameMessage } from '../ws/frame.ts';
import { answerStep1, prove } from './answerStep1.ts';
import { Broadcast } from './Broadcast.ts';
import { maySeeDeleted, type Member, newMember } from './Member.ts';
import { Presence } from './Presence.ts';
import type { PresenceElsewhere } from './PresenceElsewhere.ts';
import { receiveBatch, receiveStated } from './receiveBatch.ts';
import { receivePresence } from './receivePresence.ts';
import { receiveWrite } from './receiveWrite.ts';
import type { DocumentRole } from './RelayDocuments.ts';
import { type AcceptedRow, RoomContent } from './RoomContent.ts';
import type { RoomContext } from './RoomContext.ts';
import type { RoomFace } from './RoomFace.ts';
import { RowFeed } from './RowFeed.ts';

/** One open document on the relay: its encoded state, its sockets, who is present. It has no Y.Doc. */
export class Room implements RoomFace {
  readonly document: DocumentId;
  readonly context: RoomContext;
  readonly content: RoomContent;
  readonly presence = new Presence();
  readonly members = new Map<Connection, Member>();
  readonly broadcast: Broadcast;
  private readonly feed: RowFeed;
  private readonly elsewhere: PresenceElsewhere;
  /** Who uses the room without being a member: an opening socket, an operation. */
  private holds = 0;
  private enqueued = 0;
  private settled = 0;
  private afterward: { readonly at: number; readonly run: () => void }[] = [];
  /** What is in memory may not be what is stored. The room is over; the next one is read from the log. */
  private abandoned = false;
  private positionTimer: NodeJS.Timeout | null = null;

  constructor(loaded: ReadableDocument, context: RoomContext, elsewhere: PresenceElsewhere) {
    this.document = loaded.head.document;
    this.context = context;
    this.elsewhere = elsewhere;
    this.content = new RoomContent(loaded, context, () => {
      this.whenStored(() => this.end(closeCodes.storage, 'document_damaged'));
    });
    this.broadcast = new Broadcast(this.members, context.limits.broadcastSpacingMs);
    this.feed = new RowFeed(this.document, context);
  }

  get isOver(): boolean {
    return this.abandoned;
  }

  /** What a mirror's copy is of: the document's life; of a copy that is copied, also where the rows behind its home's begin, since these get other numbers when more of the home's come. */
  private get mirrorEpoch(): Epoch {
    const { epoch, homeSeq } = this.content;
    return homeSeq === null ? epoch : idOf<Epoch>(`copy ${epoch} ${homeSeq}`);
  }

  hold(): void {
    this.holds++;
  }

  release(): void {
    this.holds--;
    this.checkEmpty();
  }

  get isEmpty(): boolean {
    return this.members.size === 0 && this.holds === 0 && this.enqueued === this.settled;
  }

  /** Takes a socket in; from here on its frames come to `receive`. Refused with a close code when it may not see the content. */
  join(connection: Connection, role: DocumentRole): void {
    const { schema, epoch } = connection.session;
    if (this.abandoned) connection.close(closeCodes.storage, 'storage_failed');
    else if (role === 'none') connection.close(closeCodes.notAllowed, 'not_allowed');
    else if (epoch !== null && epoch !== (connection.isMirror ? this.mirrorEpoch : this.content.epoch)) {
      const isCopy = connection.isMirror && this.content.homeSeq !== null;
      connection.close(closeCodes.epochChanged, isCopy ? renumbered : 'epoch_changed');
    } else if (schema !== null && schema < this.content.schemaVersion) {
      connection.close(closeCodes.updateApp, 'app_outdated');
    } else this.members.set(connection, newMember(role));
  }

  /** The socket is gone: the others see that it left. */
  leave(connection: Connection): void {
    const member = this.members.get(connection);
    if (member === undefined) return;
    this.members.delete(connection);
    this.feed.remove(connection);
    if (member.latePresence !== null) clearTimeout(member.latePresence.timer);
    const gone = this.presence.remove(connection);
    if (gone !== null) this.showPresence(gone, null);
    this.checkEmpty();
  }

  /**
   * A member that is a mirror's is told what is open, and, when it may see the history, sent the rows after the last of its copy and each that comes. Otherwise it
   * asks for the state, like anybody.
   */
  openForMirror(connection: Connection, seq: number): void {
    const member = this.members.get(connection);
    if (member === undefined) return;
    const { content } = this;
    if (seq > content.seq) {
      connection.close(closeCodes.epochChanged, 'epoch_changed');
      return;
    }
    const { schemaVersion } = content;
    // Not with what else the turn brings: the rows may be read before it ends.
    const opened = encodeOpened({
      role: member.role,
      epoch: this.mirrorEpoch,
      seq: content.seq,
      schemaVersion,
    });
    connection.write(frameMessage(opened));
    if (!maySeeDeleted(member.role)) return;
    member.follows = true;
    void this.feed.add(connection, seq, content.seq).then(() => {
      const { present } = this;
      if (!member.follows) return;
      if (present.length > 0) connection.send(encodeAwareness(present));
      void prove(this, connection);
    });
  }

  /** One binary frame of a member. Whatever it holds, nothing is thrown. */
  receive(connection: Connection, bytes: Uint8Array): void {
    const member = this.members.get(connection);
    if (member === undefined || connection.closed) return;
    if (member.queue !== null) {
      member.queue.push(bytes);
      return;
    }
    try {
      if (connection.isCalepin && bytes[0] === messageTypes.batch) {
        receiveBatch(this, connection, member, bytes);
      } else if (connection.isMirror && bytes[0] === messageTypes.stated) {
        receiveStated(this, connection, member, bytes);
      } else this.handle(connection, member, readClientFrame(bytes, connection.isCalepin));
    } catch (error) {
      if (!(error instanceof MalformedError)) {
        this.context.logger.error({ err: error, document: this.document }, 'a frame could not be handled');
      }
      connection.close(closeCodes.malformed, 'malformed');
    }
  }

  /**
   * Queues a row that was found sound. The document's state counts it from now on; everyone else sees it when it is on the disk.
   * @param author - does not get its own update back.
   * @param done - called when the row is on the disk; not called when that failed, which ends the room.
   */
  store(row: AcceptedRow, author: Connection | null, done: (seq: number) => void): void {
    this.enqueued++;
    this.content.accept(row);
    const cameAt = performance.now();
    this.context.commits.add(
      row.row,
      (seq) => {
        this.content.upstream?.stored();
        // Its author hears first that it is safe.
        done(seq);
        this.stored(row, seq, author);
        this.context.meter.acknowledged((performance.now() - cameAt) / 1000);
        this.checkEmpty();
      },
      (error) => {
        this.settled++;
        this.fail(error);
      },
    );
  }

  /** A row was stored, here or by an operation: it is shown to everyone. */
  stored(row: AcceptedRow, seq: number, author: Connection | null): void {
    this.settled++;
    this.context.storage.succeeded();
    this.content.stored(row, seq);
    this.broadcast.push(row.frame, author);
    this.feed.push(row.row, seq);
    this.positionTimer ??= setTimeout(() => this.tellPosition(), this.context.limits.positionMs).unref();
    this.runAfterward();
    this.context.appended({ document: this.document, seq, person: row.row.person });
  }

  /** An operation stored a row by itself. Until now the room did not count on it: an operation may fail for reasons of the catalogue. */
  operationStored(row: AcceptedRow, seq: number): void {
    this.enqueued++;
    this.content.accept(row);
    this.content.upstream?.stored();
    this.stored(row, seq, null);
  }

  operationFailed(error: unknown): void {
    if (error instanceof AppError && error.code.startsWith('storage_')) this.fail(error);
  }

  /** Rows of the document's home are on their way to their place. */
  homeRowsCome(): void {
    this.enqueued++;
  }

  /**
   * They are there: everyone sees what is new of them.
   * @param places - which rows behind the home's, from 1, it has.
   */
  rebased(
    rows: readonly AcceptedRow[],
    end: { seq: number; homeSeq: number },
    places: readonly number[],
  ): void {
    this.settled++;
    this.context.storage.succeeded();
    const isAppended = this.content.homeSeq === this.content.seq;
    this.content.rebased(rows, end);
    this.showRebased(rows, end.homeSeq, isAppended);
    for (const { frame, news } of rows)
      if (news.structs.length > 0 || news.deletes.length > 0) this.broadcast.push(frame, null);
    this.content.upstream?.settled(places);
    this.positionTimer ??= setTimeout(() => this.tellPosition(), this.context.limits.positionMs).unref();
    this.runAfterward();
    this.context.appended({ document: this.document, seq: end.seq, person: null });
    this.checkEmpty();
  }

  /** What mirrors of a copy have of it goes on, or is fetched anew: the rows behind the home's may have other numbers now. */
  private showRebased(rows: readonly AcceptedRow[], homeSeq: number, isAppended: boolean): void {
    const first = homeSeq - rows.length + 1;
    if (isAppended) for (const [at, { row }] of rows.entries()) this.feed.push(row, first + at);
    else
      for (const [connection, { follows }] of this.members)
        if (follows) connection.close(closeCodes.epochChanged, renumbered);
  }

  rebaseFailed(error: unknown): void {
    this.settled++;
    this.fail(error);
  }

  /** What is stored is another log now: everybody comes back to it. */
  endCopy(): void {
    this.end(closeCodes.resync, 'conflict');
  }

  /** The document began another life: nobody merges what they have of this one into it. */
  endLife(): void {
    this.end(closeCodes.epochChanged, 'epoch_changed');
  }

  get present(): PresenceEntry[] {
    const elsewhere = this.elsewhere.entries(this.document);
    return [...this.presence.entries(), ...elsewhere.filter(({ client }) => !this.presence.has(client))];
  }

  /** People who are in the document at its home show, or left. */
  showElsewhere(entries: readonly PresenceEntry[]): void {
    for (const entry of entries)
      if (!this.presence.has(entry.client))
        this.broadcast.push(frameMessage(encodeAwareness([entry])), null, true);
  }

  showPresence(entry: PresenceEntry, author: Connection | null): void {
    this.elsewhere.shown(this.document, entry);
    const frame = frameMessage(encodeAwareness([entry]));
    this.broadcast.push(frame, author, true);
    if (!this.feed.isEmpty) this.feed.broadcast.push(frame, author, true);
  }

  /** Runs something once every row that is on its way now is on the disk. */
  whenStored(run: () => void): void {
    if (this.enqueued === this.settled) run();
    else this.afterward.push({ at: this.enqueued, run });
  }

  /** The policy's answer changed, or was asked again. */
  setRole(connection: Connection, role: DocumentRole): void {
    const member = this.members.get(connection);
    if (member === undefined || member.role === role) return;
    member.role = role;
    if (member.follows && !maySeeDeleted(role)) {
      member.follows = false;
      this.feed.remove(connection);
    }
    if (role === 'none') connection.close(closeCodes.notAllowed, 'not_allowed');
    else if (connection.isCalepin) connection.send(encodeAccess(role));
  }

  setSchemaVersion(schemaVersion: number): void {
    this.content.schemaVersion = Math.max(this.content.schemaVersion, schemaVersion);
    for (const connection of this.members.keys()) {
      const { schema } = connection.session;
      if (schema !== null && schema < schemaVersion) connection.close(closeCodes.updateApp, 'app_outdated');
    }
  }

  /** The room is let go. */
  close(): void {
    if (this.positionTimer !== null) clearTimeout(this.positionTimer);
    this.content.close();
  }

  closeAll(code: CloseCode, reason: string): void {
    for (const connection of this.members.keys()) connection.close(code, reason);
  }

  private handle(connection: Connection, member: Member, frame: ClientFrame): void {
    switch (frame.kind) {
      case 'update':
      case 'step2':
        receiveWrite(this, connection, member, frame.kind, frame.update);
        return;
      case 'step1':
        connection.receiveQuestion();
        answerStep1(this, connection, member, frame.stateVector);
        return;
      case 'awareness':
        receivePresence(this, connection, member, frame.update);
        return;
      case 'queryAwareness':
        if (connection.receivePresence()) connection.send(encodeAwareness(this.present));
        return;
      case 'resume':
        if (member.greeted || member.answering || member.resume !== null) {
          throw new MalformedError('a client resumes once, before it asks');
        }
        member.resume = frame;
        return;
      case 'ping':
        // Before a state that is asked for in the same turn: who waits for a long one knows that it comes.
        connection.write(frameMessage(encodePong(frame.number)));
    }
  }

  /** Tells who can resume up to which row they have everything. */
  private tellPosition(): void {
    this.positionTimer = null;
    if (this.content.wholeTo !== null) return;
    // What waits for its time leaves first: the position counts it.
    this.broadcast.flush();
    const message = encodePosition(this.content.settledSeq);
    for (const [connection, { joined }] of this.members) {
      if (joined && connection.isCalepin) connection.send(message);
    }
  }

  /** Tells who keeps a copy what the relay signed. */
  prove(head: SignedHead): void {
    const { heads } = this.context;
    if (head.epoch !== this.content.epoch || this.content.wholeTo !== null) return;
    if (this.content.homeSeq !== null) return;
    const message = encodeProof(head, heads.publicKey);
    for (const [connection, { joined }] of this.members) {
      if (joined && connection.isCalepin) connection.send(message);
    }
    this.feed.tell(head.seq, message);
  }

  private fail(error: unknown): void {
    if (this.abandoned) return;
    const code = error instanceof AppError ? error.code : 'internal';
    this.context.logger.error({ document: this.document, code }, 'a commit failed; the room is read again');
    this.context.storage.failed();
    this.end(closeCodes.storage, code === 'storage_full' ? 'storage_full' : 'storage_failed');
  }

  /** What is in memory is not what is stored: everybody comes back to a room that is read from the log. */
  private end(code: CloseCode, reason: ErrorCode): void {
    this.abandoned = true;
    this.afterward = [];
    this.closeAll(code, reason);
    this.context.emptied(this);
  }

  private runAfterward(): void {
    while (this.afterward.length > 0 && (this.afterward[0]?.at ?? 0) <= this.settled)
      this.afterward.shift()?.run();
  }

  private checkEmpty(): void {
    if (this.isEmpty) this.context.emptied(this);
  }
}
