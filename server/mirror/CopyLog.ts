import * as Y from 'yjs';
import { AppError } from '#shared/api/errorCodes.ts';
import type { AttributedRow } from '#shared/protocol/mirrorMessages.ts';
import { freshEpoch } from '../room/operationRow.ts';
import type { DocumentHead, Via } from '../storage/ports/UpdateLog.ts';
import type { CopyParts, KeptUnsent } from './CopyParts.ts';
import type { CopyRecord } from './CopyRecord.ts';
import { Outbox } from './Outbox.ts';

/** The log of a copy, as its mirror reads and writes it. One call at a time. */
export class CopyLog {
  /** Null until it is read, and of what a reader is sent. */
  outbox: Outbox | null = null;
  private head: DocumentHead | null = null;
  private readonly parts: CopyParts;
  private readonly known: CopyRecord;

  constructor(parts: CopyParts, known: CopyRecord) {
    this.parts = parts;
    this.known = known;
  }

  /** The home's last row that is here; 0 for none. */
  get homeSeq(): number {
    return this.outbox?.homeSeq ?? 0;
  }

  get hasUnsent(): boolean {
    return this.outbox?.rows.some(({ frame }) => frame === null) ?? false;
  }

  /** Reads where it stands. @throws AppError `document_damaged` */
  async load(): Promise<void> {
    const loaded = await this.parts.log.load(this.known.now.document);
    this.head = loaded?.head ?? null;
    this.outbox = loaded === null || loaded.head.homeSeq === null ? null : new Outbox(loaded);
    this.parts.changed();
  }

  /** It becomes a copy, of which the home has nothing, unless it is one. @throws as `load` */
  async begin(): Promise<void> {
    const { document } = this.known.now;
    const head = await this.parts.log.head(document);
    if (head?.homeSeq === null) await this.parts.documents.copies.begin(document, head.epoch);
    await this.load();
  }

  /** Reads what was written here since. @returns whether there is something. */
  async readNew(): Promise<boolean> {
    const { outbox } = this;
    if (outbox === null) return false;
    const rows = await this.parts.log.read(this.known.now.document, outbox.last);
    for (const row of rows) outbox.add(row);
    if (rows.length > 0) this.parts.changed();
    return rows.length > 0;
  }

  /** Puts rows of the home in their place. @throws AppError `conflict` when some are missing, `document_damaged`, `storage_full` | `storage_failed`. */
  async put(came: readonly AttributedRow[]): Promise<void> {
    const { outbox, head } = this;
    if (outbox === null || head === null) throw new AppError('conflict', 'rows of what is not copied so');
    const after = outbox.homeSeq;
    const rows = came.filter(({ seq }) => seq > after);
    if (rows.length === 0) return;
    if (rows.some(({ seq }, at) => seq !== after + 1 + at))
      throw new AppError('conflict', 'rows of the home are missing');
    const { document } = this.known.now;
    const settled = outbox.homeRows(rows);
    const end = await this.parts.documents.copies.rebase(document, {
      epoch: head.epoch,
      after,
      rows: rows.map(({ seq: _, name: __, via, ...row }) => ({ ...row, via: via as Via })),
      settled,
    });
    const waited = outbox.rows.map((row) => [row, row.seq] as const);
    outbox.moved(end.homeSeq, settled);
    this.head = { ...head, homeSeq: end.homeSeq, seq: end.seq };
    if (waited.length > 0) {
      const gone = new Set(settled);
      const numbers = waited.map(([row, old]) => [old, gone.has(old) ? end.homeSeq : row.seq] as const);
      await this.parts.duties.renumbered(document, new Map(numbers));
    }
    this.parts.changed();
  }

  /** What a reader has of the document: its state vector. */
  async stateVector(): Promise<Uint8Array> {
    const loaded = await this.parts.log.load(this.known.now.document);
    const doc = new Y.Doc({ gc: false });
    if (loaded?.checkpoint) Y.applyUpdate(doc, loaded.checkpoint.bytes);
    for (const { bytes } of loaded?.rows ?? []) Y.applyUpdate(doc, bytes);
    const vector = Y.encodeStateVector(doc);
    doc.destroy();
    return vector;
  }

  /** Sees to it that it is there, and holds what belongs to it: the home's rows and those behind them; or what a reader is sent. */
  async become(copiesRows: boolean, schemaVersion: number): Promise<void> {
    const { document, kind } = this.known.now;
    const { log, documents, duties } = this.parts;
    let head = await log.head(document);
    if (head !== null && (head.homeSeq !== null) !== copiesRows) {
      // Who may not see the history any more is left their own words.
      await this.replace(true);
      head = null;
    }
    if (head === null) {
      await duties.readSheet(this.known.now);
      const homeSeq = copiesRows ? 0 : null;
      await log.create({ document, kind, epoch: freshEpoch(), schemaVersion, homeSeq });
      await this.load();
    } else if (head.schemaVersion < schemaVersion) await documents.setSchemaVersion(document, schemaVersion);
  }

  /** Goes on without what the home does not have: that is kept apart. */
  async giveUpWaiting(): Promise<void> {
    const { document } = this.known.now;
    await this.withKept(false, (last) =>
      this.parts.documents.copies.giveUpWaiting(document, {
        after: this.homeSeq,
        last: last ?? this.homeSeq,
        fresh: freshEpoch(),
      }),
    );
    await this.load();
  }

  /** Takes it away, and keeps apart what the home does not have: there will be another, of what the home has then. @param onlyOwn - keeps nothing that came from the home. */
  async replace(onlyOwn: boolean): Promise<void> {
    await this.withKept(onlyOwn, async (last) => {
      await this.known.change({ isWhole: false, homeEpoch: null });
      await this.parts.documents.copies.forget(this.known.now.document, last);
    });
    this.outbox = null;
    this.head = null;
  }

  /** Takes the whole off this computer, but what the home does not have. @param onlyOwn - as `replace` */
  async remove(onlyOwn: boolean): Promise<void> {
    if (this.outbox === null) await this.load();
    await this.withKept(onlyOwn, (last) => this.parts.duties.remove(this.known.now, last));
  }

  /**
   * Makes a note of what the home does not have, if there is any, before the rows go; anew when rows came in between.
   * @param end - takes the rows away up to `last`; `conflict` when there are others.
   */
  private async withKept(onlyOwn: boolean, end: (last?: number) => Promise<unknown>): Promise<void> {
    let instead: KeptUnsent | null = null;
    for (;;) {
      if (this.outbox !== null) await this.readNew();
      const { outbox } = this;
      if (outbox !== null && outbox.rows.length > 0) {
        const kept = { after: outbox.homeSeq, onlyOwn, instead };
        instead = await this.parts.duties.keepUnsent(this.known.now, kept);
      }
      try {
        await end(outbox === null ? undefined : (instead?.last ?? outbox.homeSeq));
        return;
      } catch (error) {
        const isLate = error instanceof AppError && error.code === 'conflict' && (await this.readNew());
        if (!isLate) throw error;
      }
    }
  }

  /** Something of it is damaged: it is fetched again, and what the home does not have stays. */
  async fetchAgain(): Promise<void> {
    const { document } = this.known.now;
    const head = await this.parts.log.head(document);
    if (head === null) return;
    this.parts.logger.warn({ document }, 'a copy is fetched again');
    await this.known.change({ isWhole: false, problem: 'damaged' });
    if (head.homeSeq === null) await this.replace(true);
    else await this.parts.documents.copies.begin(document, head.epoch);
    await this.load();
  }

  /** It is as the home's. A copy that was set aside for damage is given back. */
  async mended(): Promise<void> {
    const { document } = this.known.now;
    const head = await this.parts.log.head(document);
    if (head?.readOnly !== 'damaged') return;
    await this.parts.documents.setReadOnly(document, null);
    this.parts.documents.copies.mended(document);
  }
}
