import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId, Epoch } from '#shared/domain/ids.ts';
import { encodeStateVector } from '#shared/protocol/encodeMessage.ts';
import { isWithoutGoodState } from '../log/Checkpointer.ts';
import type { ReadableDocument } from '../log/loadReadable.ts';
import type { LogRow, NewRow } from '../storage/ports/UpdateLog.ts';
import { ClientOwners } from './ClientOwners.ts';
import { type CheckpointIndex, EncodedState } from './EncodedState.ts';
import type { RoomContext } from './RoomContext.ts';
import { Upstream } from './Upstream.ts';
import { DocumentState, type News } from './update/DocumentState.ts';
import { parseUpdate } from './update/parseUpdate.ts';
import type { TreeRisk } from './update/readContent.ts';
import { WritePace } from './WritePace.ts';

const noLimits = { maxStringBytes: Infinity };

/** A row that may be stored, and what it brings. */
export interface AcceptedRow {
  readonly row: NewRow;
  readonly news: News;
  /** The update as a WebSocket frame, for everyone else. */
  readonly frame: Buffer;
  /** What may come of it for the document's tree. */
  readonly risk: TreeRisk;
}

/** What a room knows of its document: which structs and deletions it has and whose they are; its bytes only while people join. */
export class RoomContent {
  readonly document: DocumentId;
  readonly epoch: Epoch;
  readonly state = new DocumentState();
  readonly owners: ClientOwners;
  schemaVersion: number;
  readOnly: string | null;
  /** The row before the first that is lost, of a damaged document; null: it is whole. */
  readonly wholeTo: number | null;
  /** The last row on the disk. */
  seq: number;
  /** Of a copy, the last row that is the home's; null: this relay is the home. */
  homeSeq: number | null;
  /** Of a copy, what its home does not have. */
  readonly upstream: Upstream | null;
  private readonly context: RoomContext;
  private readonly pace = new WritePace();
  private readonly onChanged: () => void;
  private checkpointSeq: number;
  private checkpointBytes: number;
  private rowsBytes = 0;
  private deletesSinceCheckpoint = false;
  private encoded: EncodedState | null;
  private loading: Promise<EncodedState> | null = null;
  private index: CheckpointIndex | null = null;
  private inspectTimer: NodeJS.Timeout | null = null;
  private inspectsSoon = false;
  private letGoTimer: NodeJS.Timeout | null = null;
  /** Rows that count as known and are not on the disk yet, in order. */
  private readonly onTheWay: AcceptedRow[] = [];
  private idleTimer: NodeJS.Timeout | null = null;

  /** @param onChanged - called when the log cannot be read any more as it was, or can again: the room is to be read anew. */
  constructor(loaded: ReadableDocument, context: RoomContext, onChanged: () => void) {
    const { head, checkpoint, rows, bindings } = loaded;
    this.context = context;
    this.onChanged = onChanged;
    this.wholeTo = loaded.wholeTo;
    this.document = head.document;
    this.epoch = head.epoch;
    this.schemaVersion = head.schemaVersion;
    this.readOnly = head.readOnly;
    this.seq = head.seq;
    this.homeSeq = head.homeSeq;
    this.upstream = head.homeSeq === null ? null : new Upstream(head.seq - head.homeSeq);
    this.owners = new ClientOwners(bindings, context.whoIsWho);
    this.checkpointSeq = checkpoint?.seq ?? 0;
    this.checkpointBytes = checkpoint?.bytes.length ?? 0;
    if (checkpoint !== null) this.state.addCheckpoint(checkpoint);
    for (const row of rows) {
      const parsed = parseUpdate(row.bytes, noLimits);
      this.state.addStored(parsed);
      this.rowsBytes += row.bytes.length;
      if (parsed.deletes.length > 0) this.deletesSinceCheckpoint = true;
      if (head.readOnly === null) this.inspectFor(parsed.risk);
    }
    if (isWithoutGoodState(head)) this.inspect();
    this.encoded = new EncodedState(loaded);
    this.letGoLater();
  }

  get rowsSinceCheckpoint(): number {
    return this.settledSeq - this.checkpointSeq;
  }

  /** The last row that keeps its number: what a client has up to there, it has for good. */
  get settledSeq(): number {
    return this.homeSeq ?? this.seq;
  }

  /** Bytes of the checkpoint and the rows since: what a newcomer is sent. */
  get bytes(): number {
    return this.checkpointBytes + this.rowsBytes;
  }

  get stateVector(): Uint8Array {
    return encodeStateVector(this.state.stateVector);
  }

  /** Whether who opens the document would read too many rows. In a rush more of them are let wait: what a checkpoint costs would be taken from the commits. */
  private get needsCheckpoint(): boolean {
    const { checkpointRows, checkpointBytes, rushRowsPerSecond, rushRows, rushBytes } = this.context.limits;
    const { rowsSinceCheckpoint: rows, rowsBytes } = this;
    if (rows < checkpointRows && rowsBytes < checkpointBytes) return false;
    return this.pace.perSecond < rushRowsPerSecond || rows >= rushRows || rowsBytes >= rushBytes;
  }

  /** A row is on its way to the disk: what it brings counts as known. */
  accept(accepted: AcceptedRow): void {
    const { row, news } = accepted;
    this.onTheWay.push(accepted);
    this.state.add(news);
    for (const { client } of news.structs) this.owners.bind(client, row, true);
  }

  stored(accepted: AcceptedRow, seq: number): void {
    const { row, news } = accepted;
    this.onTheWay.splice(this.onTheWay.indexOf(accepted), 1);
    this.seq = seq;
    this.rowsBytes += row.bytes.length;
    if (news.deletes.length > 0) this.deletesSinceCheckpoint = true;
    this.encoded?.add({ seq, bytes: row.bytes });
    if (this.readOnly !== null) {
      // Only an operation writes in a document that was set aside: it may have mended it.
      this.inspect();
    } else this.inspectFor(accepted.risk);
    this.pace.add(performance.now());
    if (this.needsCheckpoint) this.context.checkpoints.request(this.document);
    const { idleCheckpointMs } = this.context.limits;
    if (this.idleTimer !== null) this.idleTimer.refresh();
    else {
      this.idleTimer = setTimeout(() => {
        this.rest();
      }, idleCheckpointMs);
      this.idleTimer.unref();
    }
  }

  /** Nobody writes any more: who comes next is to find little more than a checkpoint, and a tree that was looked at. */
  rest(): void {
    const { checkpoints, limits } = this.context;
    if (this.rowsSinceCheckpoint >= limits.unloadCheckpointRows) checkpoints.request(this.document);
    else if (this.inspectTimer !== null) this.inspect();
  }

  /** Rows of the home were put in their place, which `accept` took in before. */
  rebased(accepted: readonly AcceptedRow[], { seq, homeSeq }: { seq: number; homeSeq: number }): void {
    for (const { row, news } of accepted) {
      this.rowsBytes += row.bytes.length;
      if (news.deletes.length > 0) this.deletesSinceCheckpoint = true;
    }
    const taken = new Set(accepted);
    for (let at = this.onTheWay.length - 1; at >= 0; at--)
      if (taken.has(this.onTheWay[at] as AcceptedRow)) this.onTheWay.splice(at, 1);
    this.seq = seq;
    this.homeSeq = homeSeq;
    // The rows that it has may have other numbers now.
    this.encoded = null;
    for (const { risk } of accepted) if (this.readOnly === null) this.inspectFor(risk);
    if (this.needsCheckpoint) this.context.checkpoints.request(this.document);
  }

  /** A checkpoint of rows up to `seq` was stored. */
  checkpointed(seq: number, bytes: number): void {
    if (seq <= this.checkpointSeq) return;
    this.checkpointSeq = seq;
    this.checkpointBytes = bytes;
    // The few rows that came meanwhile are counted when the bytes are next read.
    this.rowsBytes = 0;
    if (seq === this.seq) {
      this.deletesSinceCheckpoint = false;
      this.stopInspectTimer();
    }
    this.letGo();
  }

  /** The document's bytes: kept a moment for others who join. @param collected - without what was deleted. */
  async read(collected: boolean): Promise<EncodedState> {
    if (collected && this.deletesSinceCheckpoint) {
      if (this.settledSeq < this.seq) return this.collected();
      await this.collect();
    }
    if (this.encoded === null) {
      this.loading ??= this.load();
      return this.loading;
    }
    this.letGoLater();
    return this.encoded;
  }

  /** The structs that are on the disk. */
  storedClocks(): ReadonlyMap<number, number> {
    const clocks = new Map(this.state.stateVector);
    for (const { news } of this.onTheWay) {
      for (const { client, from } of news.structs)
        clocks.set(client, Math.min(from, clocks.get(client) ?? from));
    }
    return clocks;
  }

  /**
   * The rows after one that a client names, in order, the last on the disk included.
   * @returns null where that row is not known here, the rows are too many, or some are in the journal.
   */
  async rowsAfter(seq: number): Promise<readonly Pick<LogRow, 'seq' | 'bytes'>[] | null> {
    const missed = this.seq - seq;
    if (missed < 0 || missed > this.context.limits.resumeRows) return null;
    if (missed === 0) return [];
    const { log } = this.context;
    const rows = this.encoded?.rowsAfter(seq) ?? (await log.recent(this.document, seq, this.seq));
    // What was stored while they were read is not among them.
    return rows?.length === this.seq - seq ? rows : null;
  }

  /** What somebody with this state vector lacks, as frames. */
  frames(encoded: EncodedState, known: ReadonlyMap<number, number>): Buffer[] {
    const { frames, index } = encoded.frames(known, this.index);
    this.index = index;
    return frames;
  }

  close(): void {
    this.stopInspectTimer();
    this.letGo();
    if (this.idleTimer !== null) clearTimeout(this.idleTimer);
    this.idleTimer = null;
  }

  /** @throws AppError `document_damaged` for a document that cannot be built: its rows hold what was deleted. */
  private async collect(): Promise<void> {
    const { seq } = this;
    await this.context.checkpoints.now(this.document);
    if (this.checkpointSeq < seq)
      throw new AppError('document_damaged', 'what was deleted cannot be left out');
  }

  /** Without what was deleted, of a copy with rows that no checkpoint may hold. */
  private async collected(): Promise<EncodedState> {
    const { document } = this;
    const made = await this.context.checkpoints.state(document);
    return new EncodedState({ checkpoint: { document, ...made }, rows: [] });
  }

  private async load(): Promise<EncodedState> {
    try {
      const loaded = await this.context.load(this.document);
      if (loaded === null) throw new Error('the document is gone');
      if ((loaded.wholeTo === null) !== (this.wholeTo === null)) {
        this.onChanged();
        throw new AppError('document_damaged', 'the document is not what it was opened from');
      }
      const encoded = new EncodedState(loaded);
      this.encoded = encoded;
      this.checkpointBytes = loaded.checkpoint?.bytes.length ?? 0;
      this.rowsBytes = loaded.rows.reduce((sum, row) => sum + row.bytes.length, 0);
      this.letGoLater();
      return encoded;
    } finally {
      this.loading = null;
    }
  }

  /**
   * The worker looks at the tree once for all that may have made it worse meanwhile: soon after names that no editor can hold, since whoever has the document open is without an
   * editor by now; after the rest, which nobody sees, when the room rests, or later.
   */
  private inspectFor(risk: TreeRisk): void {
    const isSoon = risk === 'unknown';
    if (risk === 'none' || this.inspectsSoon || (this.inspectTimer !== null && !isSoon)) return;
    this.stopInspectTimer();
    this.inspectsSoon = isSoon;
    const { inspectMs, inspectUnknownMs } = this.context.limits;
    this.inspectTimer = setTimeout(() => this.inspect(), isSoon ? inspectUnknownMs : inspectMs);
    this.inspectTimer.unref();
  }

  private inspect(): void {
    this.stopInspectTimer();
    void this.context.checkpoints.inspect(this.document);
  }

  private stopInspectTimer(): void {
    if (this.inspectTimer !== null) clearTimeout(this.inspectTimer);
    this.inspectTimer = null;
    this.inspectsSoon = false;
  }

  private letGoLater(): void {
    if (this.letGoTimer !== null) {
      this.letGoTimer.refresh();
      return;
    }
    this.letGoTimer = setTimeout(() => {
      this.letGo();
    }, this.context.limits.keepStateMs);
    this.letGoTimer.unref();
  }

  private letGo(): void {
    if (this.letGoTimer !== null) clearTimeout(this.letGoTimer);
    this.letGoTimer = null;
    this.encoded = null;
    this.state.pack();
  }
}
