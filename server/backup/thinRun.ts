import { type KeyObject, sign } from 'node:crypto';
import { zstdCompressSync } from 'node:zlib';
import * as Y from 'yjs';
import { type CarriedBy, withCarried } from '../history/chronicle/carriedBeside.ts';
import type { Chronicle } from '../history/chronicle/Chronicle.ts';
import { rawPublicKey } from '../signingKey.ts';
import { sealRow } from '../storage/chain.ts';
import { packSegment, segmentLimits } from '../storage/journal/segments.ts';
import { encodeStatement, thinStatementBytes } from '../storage/journal/ThinStatement.ts';
import type { Segment } from '../storage/ports/Segment.ts';
import type { LogRow } from '../storage/ports/UpdateLog.ts';

export interface ThinnedRun {
  /** The document before the first row, collected; it is brought to the last. */
  readonly doc: Y.Doc;
  /** Knows all rows of the document. */
  readonly chronicle: Chronicle;
  /** The chain's digest before the first row. */
  readonly before: Uint8Array;
  /** Rows that follow one another; at least one. */
  readonly rows: readonly LogRow[];
  /** Rows that stay the end of a stretch. */
  readonly moments: ReadonlySet<number>;
  readonly key: KeyObject;
  /** When it is thinned. */
  readonly time: number;
}

/** Rows between two moments that are kept, and the chain's digests at their ends. */
interface Stretch {
  readonly rows: readonly LogRow[];
  readonly before: Uint8Array;
  readonly digest: Uint8Array;
  /** What all of them do together, collected. */
  readonly update: Uint8Array;
}

/** Makes one update of each stretch of rows; a row that is one by itself is packed as it is. @returns the segments for all of them; null when every one stays as it is. */
export function thinRun({ doc, chronicle, before, rows, moments, key, time }: ThinnedRun): Segment[] | null {
  const segments: Segment[] = [];
  let kept: LogRow[] = [];
  let keptBefore = before;
  const pack = (): void => {
    segments.push(...packed(kept, keptBefore));
    kept = [];
  };
  let isThinned = false;
  const all = [...stretches(doc, before, rows, moments)];
  for (const [at, stretch] of all.entries()) {
    if (stretch.rows.length === 1) {
      if (kept.length === 0) keptBefore = stretch.before;
      kept.push(...stretch.rows);
      continue;
    }
    if (kept.length > 0) pack();
    segments.push(thin(stretch, carriedOf(chronicle, stretch, all.slice(at + 1)), key, time));
    isThinned = true;
  }
  if (kept.length > 0) pack();
  return isThinned ? segments : null;
}

function* stretches(
  doc: Y.Doc,
  before: Uint8Array,
  rows: readonly LogRow[],
  moments: ReadonlySet<number>,
): Generator<Stretch> {
  let [digest, start, some] = [before, before, [] as LogRow[]];
  for (const [at, row] of rows.entries()) {
    some.push(row);
    ({ digest } = sealRow(row, digest));
    if (at < rows.length - 1 && !moments.has(row.seq)) continue;
    yield { rows: some, before: start, digest, update: updateOf(doc, some) };
    [start, some] = [digest, []];
  }
}

/** Brings a document through rows in one transaction. @returns what that did: no structs that were there, no deletions that were known, nothing of what came and went. */
function updateOf(doc: Y.Doc, rows: readonly LogRow[]): Uint8Array {
  const updates: Uint8Array[] = [];
  const onUpdate = (update: Uint8Array): void => void updates.push(update);
  doc.on('update', onUpdate);
  doc.transact(() => {
    for (const { bytes } of rows) Y.applyUpdate(doc, bytes);
  });
  doc.off('update', onUpdate);
  return Y.mergeUpdates(updates.length === 0 ? [Y.encodeStateAsUpdate(new Y.Doc())] : updates);
}

/** What a stretch carried, and the rows after it up to the next that is thinned: what they brought back is gone with it. */
function carriedOf(chronicle: Chronicle, { rows }: Stretch, later: readonly Stretch[]): CarriedBy {
  const next = later.find((stretch) => stretch.rows.length > 1)?.rows[0];
  const [from, to] = [rows[0] as LogRow, rows.at(-1) as LogRow];
  return chronicle.carriedIn(from.seq, to.seq, next === undefined ? chronicle.seq : next.seq - 1);
}

function thin(stretch: Stretch, carried: CarriedBy, key: KeyObject, time: number): Segment {
  const { rows, before, digest } = stretch;
  const [from, to] = [rows[0] as LogRow, rows.at(-1) as LogRow];
  const update = withCarried(stretch.update, carried);
  const place = { document: from.document, first: from.seq, last: to.seq, digest };
  const said = { before, lastTime: to.time, time };
  const signature = sign(null, thinStatementBytes({ ...place, bytes: update }, said), key);
  const small = zstdCompressSync(update);
  const isPacked = small.length < update.length;
  const statement = encodeStatement({ ...said, publicKey: rawPublicKey(key), signature, isPacked });
  return { ...place, bytes: isPacked ? small : update, statement };
}

/** Rows in segments of the usual length. */
function packed(rows: readonly LogRow[], before: Uint8Array): Segment[] {
  const segments: Segment[] = [];
  let [some, bytes] = [[] as LogRow[], 0];
  const pack = (): void => {
    segments.push(packSegment(some, segments.at(-1)?.digest ?? before));
    [some, bytes] = [[], 0];
  };
  for (const row of rows) {
    some.push(row);
    bytes += row.bytes.length;
    if (some.length === segmentLimits.rows || bytes >= segmentLimits.bytes) pack();
  }
  if (some.length > 0) pack();
  return segments;
}
