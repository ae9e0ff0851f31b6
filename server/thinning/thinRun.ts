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
import type { LogRow, SegmentPlace } from '../storage/ports/UpdateLog.ts';

export interface ThinnedRun {
  /** The document before the first row, collected; it is brought to the last. */
  readonly doc: Y.Doc;
  /** Knows all rows of the document. */
  readonly chronicle: Chronicle;
  /** The chain's digest before the first row. */
  readonly before: Uint8Array;
  /** Segments that follow one another; at least one. */
  readonly run: readonly Pick<SegmentPlace, 'first' | 'last'>[];
  /** Their rows, in order, some at a time. */
  readonly rows: AsyncIterable<readonly LogRow[]>;
  /** Rows that stay the end of a stretch. */
  readonly moments: ReadonlySet<number>;
  readonly key: KeyObject;
  /** When it is thinned. */
  readonly time: number;
}

/** From the row after a moment that is kept to the next such one. */
interface StretchPlace {
  readonly first: number;
  readonly last: number;
}

/** Rows between two moments that are kept, and the chain's digests at their ends. */
interface Stretch {
  readonly rows: readonly LogRow[];
  readonly before: Uint8Array;
  readonly digest: Uint8Array;
  /** What all of them do together, collected. */
  readonly update: Uint8Array;
}

/** The stretches of segments that follow one another; the end of the last is a moment too. */
export function stretchesIn(run: ThinnedRun['run'], moments: ReadonlySet<number>): StretchPlace[] {
  const [first, last] = [run[0]?.first ?? 1, run.at(-1)?.last ?? 0];
  const ends = [...moments].filter((moment) => moment >= first && moment < last);
  const stretches: StretchPlace[] = [];
  for (const end of [...ends, last].toSorted((a, b) => a - b))
    stretches.push({ first: (stretches.at(-1)?.last ?? first - 1) + 1, last: end });
  return stretches;
}

/** Makes one update of each stretch of rows; a row that is one by itself is packed as it is. @returns the segments for all of them. */
export async function thinRun({
  doc,
  chronicle,
  before,
  run,
  rows,
  moments,
  key,
  time,
}: ThinnedRun): Promise<Segment[]> {
  const segments: Segment[] = [];
  const places = stretchesIn(run, moments);
  let kept: LogRow[] = [];
  let [keptBefore, at] = [before, 0];
  const pack = (): void => {
    if (kept.length > 0) segments.push(...packed(kept, keptBefore));
    kept = [];
  };
  for await (const stretch of stretchesOf(doc, before, rows, places)) {
    at += 1;
    if (stretch.rows.length === 1) {
      if (kept.length === 0) keptBefore = stretch.before;
      kept.push(...stretch.rows);
      continue;
    }
    pack();
    segments.push(thin(stretch, carriedOf(chronicle, stretch, places.slice(at)), key, time));
  }
  pack();
  return segments;
}

async function* stretchesOf(
  doc: Y.Doc,
  before: Uint8Array,
  pages: ThinnedRun['rows'],
  places: readonly StretchPlace[],
): AsyncGenerator<Stretch> {
  let [digest, start, rows, at] = [before, before, [] as LogRow[], 0];
  for await (const page of pages)
    for (const row of page) {
      rows.push(row);
      ({ digest } = sealRow(row, digest));
      if (row.seq !== places[at]?.last) continue;
      yield { rows, before: start, digest, update: updateOf(doc, rows) };
      [start, rows, at] = [digest, [], at + 1];
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
function carriedOf(chronicle: Chronicle, { rows }: Stretch, later: readonly StretchPlace[]): CarriedBy {
  const next = later.find(({ first, last }) => last > first);
  const [from, to] = [rows[0] as LogRow, rows.at(-1) as LogRow];
  return chronicle.carriedIn(from.seq, to.seq, next === undefined ? chronicle.seq : next.first - 1);
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
