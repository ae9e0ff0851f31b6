import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId, Epoch } from '#shared/domain/ids.ts';
import type { SignedHead } from '#shared/protocol/SignedHead.ts';
import { firstDigest, sealRow } from '../chain.ts';
import { areInPlaceOf, packSegment, segmentLimits, unpackSegment } from '../journal/segments.ts';
import type { Examined, KeyedHead } from '../../proof/Examined.ts';
import { packUpdates } from '../packedUpdates.ts';
import { requireLast } from '../requireLast.ts';
import type { Segment } from '../ports/Segment.ts';
import type * as port from '../ports/UpdateLog.ts';

interface Entry {
  head: port.DocumentHead;
  readonly segments: Segment[];
  /** Those that are in no segment. */
  rows: port.LogRow[];
  readonly bindings: Map<number, port.ClientBinding>;
  checkpoint: port.Checkpoint | null;
  past: port.KeptPast | null;
  digest: Uint8Array;
  /** Of the present epoch, oldest first. */
  heads: KeyedHead[];
}

/** The reference reading of the port, for tests. It has no catalogue: statements alongside are refused. */
export class MemoryUpdateLog implements port.UpdateLog {
  private readonly entries = new Map<DocumentId, Entry>();

  async create(
    head: port.NewDocument,
    rows: readonly port.NewRow[] = [],
    alongside: readonly port.Statement[] = [],
  ): Promise<void> {
    refuseStatements(alongside);
    if (this.entries.has(head.document)) throw new AppError('conflict', `document ${head.document} exists`);
    const entry: Entry = {
      head: { homeSeq: null, ...head, seq: 0, readOnly: null, goodSeq: null },
      segments: [],
      rows: [],
      bindings: new Map(),
      checkpoint: null,
      past: null,
      digest: firstDigest(head.document),
      heads: [],
    };
    this.entries.set(head.document, entry);
    await this.append(rows);
  }

  async adopt(
    { head, segments, rows, bindings }: port.AdoptedLog,
    alongside: readonly port.Statement[] = [],
  ): Promise<void> {
    await this.create(head, [], alongside);
    const entry = this.entry(head.document);
    entry.segments.push(...segments);
    const last = segments.at(-1);
    entry.head = { ...entry.head, seq: last?.last ?? 0 };
    entry.digest = last?.digest ?? entry.digest;
    for (const binding of bindings) entry.bindings.set(binding.client, binding);
    await this.append(rows);
  }

  async destroy(
    document: DocumentId,
    alongside: readonly port.Statement[] = [],
    last?: number,
  ): Promise<void> {
    refuseStatements(alongside);
    requireLast(document, this.entries.get(document)?.head.seq ?? 0, last);
    this.entries.delete(document);
  }

  async head(document: DocumentId): Promise<port.DocumentHead | null> {
    return this.entries.get(document)?.head ?? null;
  }

  async documents(): Promise<readonly port.DocumentHead[]> {
    return [...this.entries.values()].map((entry) => entry.head);
  }

  async append(
    rows: readonly port.NewRow[],
    alongside: readonly port.Statement[] = [],
  ): Promise<readonly number[]> {
    refuseStatements(alongside);
    const unknown = rows.find((row) => !this.entries.has(row.document));
    if (unknown !== undefined)
      throw new AppError('not_allowed', `no document ${unknown.document} to append to`);
    return rows.map(({ clients, ...row }) => {
      const entry = this.entry(row.document);
      const seq = entry.head.seq + 1;
      const stored = { ...row, seq, bytes: new Uint8Array(row.bytes) };
      entry.rows.push(stored);
      ({ digest: entry.digest } = sealRow(stored, entry.digest));
      for (const client of clients) {
        if (!entry.bindings.has(client)) {
          entry.bindings.set(client, { client, person: row.person, device: row.device });
        }
      }
      entry.head = { ...entry.head, seq };
      return seq;
    });
  }

  async renew(row: port.NewRow, epoch: Epoch): Promise<number> {
    const [seq] = await this.append([row]);
    const entry = this.entry(row.document);
    entry.head = { ...entry.head, epoch, readOnly: null, goodSeq: null };
    entry.heads = [];
    return seq as number;
  }

  async rebase({
    document,
    epoch,
    after,
    rows,
    settled,
    last,
    isOfAnother = false,
  }: port.Rebase): Promise<{ seq: number; homeSeq: number }> {
    const entry = this.entry(document);
    const homeSeq = isOfAnother ? null : entry.head.homeSeq;
    requireLast(document, entry.head.seq, last);
    if (after !== (homeSeq ?? 0) && after !== 0)
      throw new AppError('conflict', `the home's rows of document ${document} do not end with ${after}`);
    const all = await this.read(document, 0);
    const kept = all.filter(({ seq }) => seq > (homeSeq ?? 0) && !settled.includes(seq));
    if (after !== homeSeq) {
      entry.segments.length = 0;
      entry.checkpoint = null;
    }
    entry.rows = entry.rows.filter(({ seq }) => seq <= after);
    entry.digest = all
      .filter(({ seq }) => seq <= after)
      .reduce((digest, row) => sealRow(row, digest).digest, firstDigest(document));
    entry.heads = entry.heads.filter(({ head }) => head.seq <= after);
    if ((entry.past?.seq ?? 0) > after) entry.past = null;
    const home = after + rows.length;
    entry.head = { ...entry.head, epoch, seq: after, homeSeq: home };
    await this.append([...rows, ...kept.map(({ seq: _, ...row }) => ({ ...row, clients: [] }))]);
    return { seq: entry.head.seq, homeSeq: home };
  }

  async becomeHome(document: DocumentId): Promise<void> {
    const entry = this.entry(document);
    if ((entry.head.homeSeq ?? 0) > 0)
      throw new AppError('conflict', `document ${document} has another home`);
    entry.head = { ...entry.head, homeSeq: null };
  }

  async load(document: DocumentId): Promise<port.LoadedDocument | null> {
    const entry = this.entries.get(document);
    if (entry === undefined) return null;
    const { head, checkpoint } = entry;
    const rows = await this.read(document, checkpoint?.seq ?? 0);
    return { head, checkpoint, rows, bindings: [...entry.bindings.values()] };
  }

  async loadUpdates(document: DocumentId, maxRows = Infinity): Promise<port.LoadedUpdates | null> {
    const loaded = await this.load(document);
    if (loaded === null) return null;
    const { head, checkpoint } = loaded;
    const last = maxRows === Infinity ? Infinity : (head.homeSeq ?? Infinity);
    const rows = loaded.rows
      .filter(({ seq }) => seq <= last)
      .slice(0, maxRows)
      .map((row) => row.bytes);
    const updates = packUpdates(checkpoint === null ? rows : [checkpoint.bytes, ...rows]);
    return { head, updates, checkpointSeq: checkpoint?.seq ?? null, rowCount: rows.length };
  }

  async loadSound(document: DocumentId): Promise<port.SoundDocument | null> {
    const loaded = await this.load(document);
    return loaded === null ? null : { ...loaded, firstLost: null };
  }

  async read(document: DocumentId, after: number, upTo = Infinity): Promise<readonly port.LogRow[]> {
    const { segments = [], rows = [] } = this.entries.get(document) ?? {};
    return [...segments.flatMap(unpackSegment), ...rows].filter((row) => row.seq > after && row.seq <= upTo);
  }

  async recent(document: DocumentId, after: number, upTo: number): Promise<readonly port.LogRow[] | null> {
    const cut = this.entries.get(document)?.segments.at(-1)?.last ?? 0;
    return after < cut ? null : this.read(document, after, upTo);
  }

  async chainHead(document: DocumentId): Promise<port.ChainHead | null> {
    const entry = this.entries.get(document);
    if (entry === undefined) return null;
    const { epoch, seq } = entry.head;
    return { epoch, seq, digest: entry.digest };
  }

  async saveHeads(
    heads: readonly { readonly document: DocumentId; readonly head: SignedHead }[],
    publicKey: Uint8Array,
  ): Promise<void> {
    for (const { document, head } of heads) this.entry(document).heads.push({ head, publicKey });
  }

  async signedHead(document: DocumentId): Promise<SignedHead | null> {
    return this.entries.get(document)?.heads.at(-1)?.head ?? null;
  }

  /** Nothing in memory is altered: what is told is where the chain stands. @see ExamineLog */
  async examine(document: DocumentId, at: number): Promise<Examined | null> {
    const entry = this.entries.get(document);
    if (entry === undefined) return null;
    const { head, heads, segments } = entry;
    const thinned = segments.filter(({ statement }) => statement !== null);
    let [digest, last] = [firstDigest(document), 0];
    for (const row of await this.read(document, 0, at)) {
      const range = thinned.find((one) => one.last === row.seq);
      digest = range?.digest ?? sealRow(row, digest).digest;
      last = row.seq;
    }
    return {
      epoch: head.epoch,
      last: head.seq,
      digest: last === at ? digest : null,
      faults: [],
      heads,
      thinned,
    };
  }

  async bindings(document: DocumentId): Promise<readonly port.ClientBinding[]> {
    return [...(this.entries.get(document)?.bindings.values() ?? [])];
  }

  async checkpoint(document: DocumentId): Promise<port.Checkpoint | null> {
    return this.entries.get(document)?.checkpoint ?? null;
  }

  async saveCheckpoint(checkpoint: port.Checkpoint): Promise<void> {
    const entry = this.entry(checkpoint.document);
    if (checkpoint.seq > entry.head.seq) {
      throw new AppError(
        'internal',
        `a checkpoint of rows that document ${checkpoint.document} does not have`,
      );
    }
    const last = entry.head.homeSeq ?? entry.head.seq;
    if (checkpoint.seq >= (entry.checkpoint?.seq ?? 0) && checkpoint.seq <= last)
      entry.checkpoint = checkpoint;
  }

  async past(document: DocumentId): Promise<port.KeptPast | null> {
    return this.entries.get(document)?.past ?? null;
  }

  async savePast(past: port.KeptPast): Promise<void> {
    const entry = this.entries.get(past.document);
    if (entry?.head.epoch === past.epoch && (entry.head.homeSeq ?? entry.head.seq) >= past.seq)
      entry.past = structuredClone(past);
  }

  async forgetPasts(document?: DocumentId): Promise<void> {
    for (const [id, entry] of this.entries) if (document === undefined || id === document) entry.past = null;
  }

  async cut(document: DocumentId, atLeast: number): Promise<number> {
    const entry = this.entry(document);
    const last = entry.head.homeSeq ?? entry.head.seq;
    const upTo = Math.min(entry.checkpoint?.seq ?? 0, last - segmentLimits.keptRows);
    const old = entry.rows.filter((row) => row.seq <= upTo);
    if (old.length === 0 || old.length < atLeast) return 0;
    const packed = old.slice(0, segmentLimits.rows);
    entry.segments.push(packSegment(packed, entry.segments.at(-1)?.digest ?? firstDigest(document)));
    entry.rows = entry.rows.slice(packed.length);
    return packed.length;
  }

  async segments(document: DocumentId): Promise<readonly port.SegmentPlace[]> {
    const { segments = [] } = this.entries.get(document) ?? {};
    return segments.map(({ first, last, digest, statement, bytes }) => ({
      first,
      last,
      digest,
      size: bytes.length,
      isThinned: statement !== null,
    }));
  }

  async replaceSegments(segments: readonly Segment[]): Promise<void> {
    const [from, to] = [segments[0], segments.at(-1)];
    if (from === undefined || to === undefined) return;
    if (!areInPlaceOf(segments, await this.segments(from.document)))
      throw new AppError('conflict', 'no such segments');
    const entry = this.entry(from.document);
    const first = entry.segments.findIndex((one) => one.first === from.first);
    const last = entry.segments.findIndex((one) => one.last === to.last);
    entry.segments.splice(first, last - first + 1, ...segments);
    entry.past = null;
  }

  async sizes(
    of: readonly DocumentId[] = [...this.entries.keys()],
  ): Promise<ReadonlyMap<DocumentId, number>> {
    return new Map(
      of.flatMap((document) => {
        const entry = this.entries.get(document);
        if (entry === undefined) return [];
        const kept = [...entry.segments, ...entry.rows, ...(entry.checkpoint ? [entry.checkpoint] : [])];
        return [[document, kept.reduce((sum, { bytes }) => sum + bytes.length, 0)] as const];
      }),
    );
  }

  onDamaged(): () => void {
    // Nothing in memory is.
    return () => undefined;
  }

  async setReadOnly(
    document: DocumentId,
    reason: string | null,
    goodSeq: number | null = null,
  ): Promise<void> {
    const entry = this.entry(document);
    entry.head = { ...entry.head, readOnly: reason, goodSeq };
  }

  async setSchemaVersion(document: DocumentId, schemaVersion: number): Promise<void> {
    const entry = this.entry(document);
    entry.head = { ...entry.head, schemaVersion: Math.max(entry.head.schemaVersion, schemaVersion) };
  }

  async close(): Promise<void> {
    // Nothing is held.
  }

  private entry(document: DocumentId): Entry {
    const entry = this.entries.get(document);
    if (entry === undefined) throw new AppError('not_allowed', `no document ${document}`);
    return entry;
  }
}

function refuseStatements(alongside: readonly port.Statement[]): void {
  if (alongside.length > 0) throw new AppError('internal', 'a log in memory has no catalogue beside it');
}
