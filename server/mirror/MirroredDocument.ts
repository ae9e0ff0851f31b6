import * as Y from 'yjs';
import { AppError } from '#shared/api/errorCodes.ts';
import { schemaVersion } from '#shared/document/schema.ts';
import type { Epoch } from '#shared/domain/ids.ts';
import type { MirrorReason, MirrorState } from '#shared/domain/MirrorState.ts';
import { closeCodes, isFinalCloseCode, renumbered } from '#shared/protocol/closeCodes.ts';
import { emptyUpdate, encodeStep1 } from '#shared/protocol/encodeMessage.ts';
import { type AttributedRow, type Closed, encodeOpen, type Opened } from '#shared/protocol/mirrorMessages.ts';
import { mayWrite, maySeeDeleted } from '../room/Member.ts';
import type { DocumentRole } from '../room/RelayDocuments.ts';
import type { MirrorRecord } from '../storage/ports/MirrorStore.ts';
import { CopyErrands } from './CopyErrands.ts';
import { CopyLog } from './CopyLog.ts';
import type { CopyParts } from './CopyParts.ts';
import { CopyPresence } from './CopyPresence.ts';
import { CopyRecord, problemOf } from './CopyRecord.ts';
import { CopySender } from './CopySender.ts';
import { Gathering } from './Gathering.ts';
import { readHomeMessage, type RefusedFrame } from './homeMessage.ts';
import { mayShowFile, namesIn } from './homeRows.ts';
import type { Speakers } from './speakersOf.ts';

/** Rows of the home that are put in their place at once: a transaction of some tens of milliseconds. */
const rowsAtOnce = 1_000;

/** One document of a followed relay: what is open on the socket to its home, and its copy here. */
export class MirroredDocument {
  readonly known: CopyRecord;
  private readonly parts: CopyParts;
  private readonly copy: CopyLog;
  readonly presence: CopyPresence;
  private phase: 'closed' | 'opening' | 'open' = 'closed';
  /** The last row that the home had when it was opened. */
  private target = 0;
  private isReader = false;
  private incoming: AttributedRow[] = [];
  private updates: Uint8Array[] = [];
  /** Rows came that may show files. */
  private showsFiles = false;
  private readonly sender: CopySender;
  private readonly errands: CopyErrands;
  private readonly gathering = new Gathering();
  private reopening = false;
  private ended = false;
  /** One thing at a time. */
  private turn: Promise<void> = Promise.resolve();
  /** Raised with each connection: what was begun for an earlier one is not gone on with. */
  private connection = 0;

  constructor(record: MirrorRecord, parts: CopyParts) {
    this.known = new CopyRecord(record, parts);
    this.parts = parts;
    this.copy = new CopyLog(parts, this.known);
    this.sender = new CopySender(parts.send, parts.pace);
    this.presence = new CopyPresence(record.document, parts);
    this.errands = new CopyErrands(parts, this.known);
  }

  private get record(): MirrorRecord {
    return this.known.now;
  }

  get state(): MirrorState {
    const { homeEpoch: _, ...known } = this.record;
    const { outbox } = this.copy;
    return {
      ...known,
      waiting: outbox?.rows.length ?? 0,
      waitingSince: outbox?.since ?? null,
      reachable: this.phase === 'open',
      isMending: this.known.isMending,
    };
  }

  /** Reads where the copy stands. What is to be placed becomes one, also where the relay ended before it did. */
  start(): Promise<void> {
    return this.do(() => (this.known.isOnlyHere ? this.copy.begin() : this.copy.load()));
  }

  /** There is a way to the home. What is open, or about to be, stays so. */
  connect(): void {
    if (this.phase !== 'closed') return;
    this.connection++;
    this.phase = 'opening';
    this.incoming = [];
    this.updates = [];
    this.sender.begin();
    const { connection } = this;
    void this.do(async () => {
      if (this.record.homeEpoch === null && this.record.reason === 'created')
        await this.parts.duties.place(this.record);
      if (this.copy.outbox === null) await this.copy.load();
      this.copy.outbox?.sendAgain();
      if (connection !== this.connection || this.ended) return;
      const { homeEpoch } = this.record;
      const seq = homeEpoch === null ? 0 : this.copy.homeSeq;
      this.parts.send(encodeOpen({ schema: schemaVersion, epoch: homeEpoch, seq }));
    });
  }

  /** There is none any more. */
  disconnect(): void {
    if (this.phase === 'closed') return;
    this.cutOff();
    this.parts.changed();
  }

  /** Rows were stored here. */
  appended(seq: number): void {
    const { outbox } = this.copy;
    if (outbox !== null && seq > outbox.last) void this.do(() => this.readNew());
  }

  /** The copy is kept for a stronger reason. */
  async setReason(reason: MirrorReason): Promise<void> {
    await this.known.change({ reason });
  }

  /** Something of the copy is damaged here: it is fetched again. */
  async fetchAgain(): Promise<void> {
    await this.do(() => this.copy.fetchAgain());
    if (this.phase !== 'closed') this.connectAgain();
  }

  /** What its home says of it beside its content changed there. */
  async readSheet(): Promise<void> {
    await this.during(async () => {
      if (this.phase === 'open') await this.parts.duties.readSheet(this.record);
    });
  }

  /** Somebody named a version of it, here or there. */
  async versionNamed(): Promise<void> {
    this.errands.areVersionsDue = true;
    await this.during(() => this.settle());
  }

  /**
   * Takes the copy off this computer. What the home does not have becomes a document of its own; what never was there stays as it is.
   * @throws AppError `storage_failed` when that could not be kept: the copy stays.
   */
  async drop(): Promise<void> {
    await this.do(() => (this.known.isOnlyHere ? this.stay() : this.leave(false)));
    if (!this.ended)
      throw new AppError('storage_failed', `a copy of ${this.record.document} could not leave`);
  }

  /** It is to be placed nowhere any more; nothing happens to what is there. */
  async callBack(): Promise<void> {
    await this.do(async () => (this.known.isOnlyHere ? this.stay() : undefined));
  }

  /** Resolves when nothing is under way. */
  async close(): Promise<void> {
    this.ended = true;
    this.cutOff();
    await this.turn;
    if (this.record.lastContact !== null) await this.known.save().catch(() => null);
  }

  /** A message of the home's. @throws MalformedError */
  hear(bytes: Uint8Array): void {
    if (this.ended) return;
    const message = readHomeMessage(bytes);
    switch (message.kind) {
      case 'opened':
        this.opened(message);
        return;
      case 'closed':
        this.closed(message);
        return;
      case 'row':
        this.incoming.push(message.row);
        this.flushSoon();
        return;
      case 'stored':
        this.sender.settled = message.settled;
        if (this.copy.hasUnsent) void this.during(() => this.sendWaiting());
        return;
      case 'refused':
        this.refused(message);
        return;
      case 'presence':
        this.presence.heard(message.entries);
        return;
      case 'access':
        this.roleChanged(message.role);
        return;
      case 'step1':
        if (!this.isReader) void this.during(() => this.sendState(message.bytes));
        return;
      case 'step2':
      case 'update':
        if (!this.isReader) return;
        this.updates.push(message.bytes);
        void this.during(() => this.takeIn(message.kind === 'step2'));
        return;
      case 'other':
    }
  }

  /** The home lacks what a row builds on: it is told everything that it does not have. */
  private async sendState(stateVector: Uint8Array): Promise<void> {
    const { outbox } = this.copy;
    const speakers = await this.speakers();
    if (outbox?.rows.some(({ person }) => speakers(person) !== 'self') === true) {
      // All of it at once would be this computer's person's: what is held back there is settled by nothing, and each row sent again as whose it is.
      this.sender.sendState(emptyUpdate);
      outbox.sendAgain();
      await this.sendWaiting();
      return;
    }
    const read = await this.parts.documents.read(this.record.document);
    if (read === null) return;
    this.sender.sendState(Y.encodeStateAsUpdate(read.doc, stateVector));
    read.doc.destroy();
  }

  private opened({ role, epoch, seq, schemaVersion: schema }: Opened): void {
    this.target = seq;
    this.presence.begin();
    const there = role as DocumentRole;
    this.isReader = !maySeeDeleted(there);
    void this.during(async () => {
      await this.copy.become(!this.isReader, schema);
      if (this.record.homeEpoch !== epoch) await this.known.change({ homeEpoch: epoch as Epoch });
      await this.parts.duties.readSheet(this.record);
      this.phase = 'open';
      await this.presence.announce();
      this.errands.areVersionsDue = true;
      const isWhole = this.record.isWhole && (this.isReader || this.copy.homeSeq >= seq);
      await this.known.contact({ role, problem: this.known.isMending ? 'damaged' : null, isWhole });
      if (this.isReader) this.parts.send(encodeStep1(await this.copy.stateVector()));
      else {
        await this.checkWhole();
        await this.sendWaiting();
        await this.settle();
      }
    });
  }

  /** What was begun over the connection is over. */
  private cutOff(): void {
    this.connection++;
    this.phase = 'closed';
    this.presence.end();
  }

  private closed({ code, reason }: Closed): void {
    this.cutOff();
    this.parts.logger.info({ document: this.record.document, code, reason }, 'the home closed a document');
    void this.do(async () => {
      switch (code) {
        case closeCodes.notAllowed:
          await this.leave(true);
          return;
        case closeCodes.epochChanged:
          if (reason === renumbered) await this.copyAnew();
          else await this.beginAgain();
          return;
        case closeCodes.updateApp:
          await this.known.change({ problem: 'app_outdated' });
          return;
        default:
          await this.known.change({
            problem: code === closeCodes.storage ? 'storage_failed' : this.record.problem,
          });
          // « Come back »: the line itself stays, so that nothing else would open it again.
          if (!isFinalCloseCode(code)) this.parts.failed();
      }
    });
    if (code === closeCodes.epochChanged) this.connectAgain();
  }

  /** Its rows have other numbers at its home, which keeps a copy itself: they are fetched anew, and nothing else changes. */
  private async copyAnew(): Promise<void> {
    await this.copy.fetchAgain();
    await this.known.change({ homeEpoch: null });
  }

  /** The document has another life at its home: what only this computer has is kept apart, and the copy fetched anew. */
  private async beginAgain(): Promise<void> {
    await this.copy.replace(false);
    await this.known.change({ problem: 'epoch_changed' });
  }

  private async leave(isRevoked: boolean): Promise<void> {
    await this.copy.remove(isRevoked);
    this.ended = true;
    this.presence.end();
    this.parts.gone();
  }

  /** It is no copy: it lives on this computer. */
  private async stay(): Promise<void> {
    await this.parts.documents.copies.release(this.record.document);
    await this.parts.duties.forget(this.record);
    this.ended = true;
    this.presence.end();
    this.parts.gone();
  }

  private roleChanged(role: DocumentRole): void {
    if (role === this.record.role || this.phase === 'closed') return;
    const changesRows = maySeeDeleted(role) === this.isReader;
    void this.during(async () => {
      await this.known.change({ role });
      await this.parts.duties.readSheet(this.record);
      if (!changesRows) await this.sendWaiting();
    });
    // Who gains the history, or loses it, is sent another kind of copy.
    if (changesRows) this.connectAgain();
  }

  /** Something that was written here may not be there: it is kept apart, and the copy goes on without it. */
  private refused(frame: RefusedFrame): void {
    const { code, reason } = frame;
    this.parts.logger.warn(
      { document: this.record.document, code, reason },
      'the home refused what was written here',
    );
    void this.during(async () => {
      const { outbox } = this.copy;
      if (outbox === null || outbox.rows.length === 0) return;
      if (await this.sender.isSaidOfAnother(outbox, frame, () => this.speakers())) return;
      await this.copy.giveUpWaiting();
    });
    this.connectAgain();
  }

  private connectAgain(): void {
    if (this.reopening) return;
    this.reopening = true;
    void this.do(async () => this.parts.reopen()).finally(() => {
      this.reopening = false;
    });
  }

  private async readNew(): Promise<void> {
    if (await this.copy.readNew()) await this.sendWaiting();
  }

  private flushSoon(): void {
    this.gathering.soon((begun) =>
      this.during(async () => {
        begun();
        await this.flush();
      }),
    );
  }

  /** Puts the home's rows in their place. */
  private async flush(): Promise<void> {
    while (this.incoming.length > 0 && this.phase !== 'closed') {
      const began = performance.now();
      const rows = this.incoming.splice(0, rowsAtOnce);
      this.showsFiles ||= rows.some(({ bytes }) => mayShowFile(bytes));
      await this.parts.duties.learnPeople(namesIn(rows));
      await this.copy.put(rows);
      await this.checkWhole();
      this.gathering.took(performance.now() - began);
    }
    await this.sendWaiting();
    await this.settle();
  }

  /** Nothing waits: what else there is to ask of the home is asked. */
  private async settle(): Promise<void> {
    const { phase, record, copy } = this;
    if (phase === 'open' && record.isWhole && copy.outbox?.rows.length === 0) await this.errands.run();
  }

  private async checkWhole(): Promise<void> {
    const isWhole = this.isReader || this.copy.homeSeq >= this.target;
    if (!isWhole) return;
    const { isWhole: wasWhole, document, problem } = this.record;
    if (!wasWhole) await this.copy.mended();
    await this.known.contact({ isWhole: true, problem: this.known.isMending ? null : problem });
    if (wasWhole && !this.showsFiles) return;
    this.showsFiles = false;
    void this.parts.duties.fetchFiles(this.record).catch((error: unknown) => {
      this.parts.logger.warn({ err: error, document }, 'the files of a copy were not fetched');
    });
  }

  private async takeIn(isEnd: boolean): Promise<void> {
    const updates = this.updates.splice(0);
    this.showsFiles ||= updates.some(mayShowFile);
    await this.parts.documents.copies.takeIn(this.record.document, updates);
    if (isEnd) await this.checkWhole();
    else await this.known.contact({});
  }

  private async sendWaiting(): Promise<void> {
    const { record } = this;
    const { outbox } = this.copy;
    if (this.phase !== 'open' || outbox === null || !mayWrite(record.role as DocumentRole)) return;
    if (!this.copy.hasUnsent) return;
    const { connection } = this;
    await this.parts.duties.sendFiles(record);
    const speakers = await this.speakers();
    // What is said on another connection is counted there.
    if (connection !== this.connection) return;
    if (this.sender.send(outbox, this.parts.now(), speakers)) return;
    setTimeout(() => void this.during(() => this.sendWaiting()), Math.ceil(this.parts.pace.restMs)).unref();
  }

  private speakers(): Promise<Speakers> {
    const people = new Set(this.copy.outbox?.rows.map(({ person }) => person));
    return this.parts.duties.speakersOf(this.record, [...people]);
  }

  /** Does something when it is its turn. A failure is a problem of the copy's, told with its state. */
  private do(work: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(async () => {
      if (this.ended) return;
      try {
        await work();
      } catch (error) {
        await this.failed(error);
      }
    });
    return this.turn;
  }

  /** The same, unless the connection is another by then. */
  private during(work: () => Promise<void>): Promise<void> {
    const { connection } = this;
    return this.do(async () => (connection === this.connection ? work() : undefined));
  }

  private async failed(error: unknown): Promise<void> {
    const { document } = this.record;
    const code = error instanceof AppError ? error.code : 'internal';
    this.parts.logger.warn({ err: error, document, code }, 'a copy could not be kept equal');
    this.copy.outbox = null;
    this.cutOff();
    // Something else has its id there: only a person can help.
    const isTaken = code === 'conflict' && this.record.homeEpoch === null;
    const problem = isTaken ? 'refused' : problemOf(code);
    if (!this.known.isMending) this.known.set({ problem });
    // Read anew: what is remembered may not be what is stored.
    await (code === 'document_damaged' ? this.copy.fetchAgain() : this.copy.load()).catch(() => null);
    if (!isTaken) this.parts.failed();
    this.parts.changed();
  }
}
