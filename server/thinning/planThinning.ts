import type { KeyObject } from 'node:crypto';
import * as Y from 'yjs';
import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { Chronicle } from '../history/chronicle/Chronicle.ts';
import { firstDigest } from '../storage/chain.ts';
import { segmentLimits } from '../storage/journal/segments.ts';
import type { Segment } from '../storage/ports/Segment.ts';
import type { LogRow, SegmentPlace, UpdateLog } from '../storage/ports/UpdateLog.ts';
import type { ThinPlan, ThinWanted } from './Thinned.ts';
import { stretchesIn, thinRun } from './thinRun.ts';

/** What is read of a log for it: a segment at a time. */
export type ThinnableLog = Pick<UpdateLog, 'head' | 'segments' | 'bindings' | 'read'>;

/**
 * Works out what becomes of a document when its moments between some rows are let go, for good: the rows of whole segments between them become one update for each stretch between two moments that are kept, without what came and went within it. Later
 * rows build on it as they did; the chain's digests at the ends of each stretch stay, and signed statements say what was done. A moment in a stretch reads as the one before it. Who wrote what stands is told as before, since
 * client ids stay bound; who removed what, and when within a stretch, is not. A row that is a stretch by itself stays as it is.
 *
 * Beside what tells who wrote what, which grows with the document, it holds the document as it was, and the rows of one segment and of one stretch.
 * @param key - Ed25519, signs the statements. @see PlanThinning
 */
export async function planThinning(
  log: ThinnableLog,
  key: KeyObject,
  wanted: ThinWanted,
): Promise<ThinPlan | null> {
  const { document, time, isPreview } = wanted;
  const head = await log.head(document);
  if (head === null) throw new AppError('not_allowed', `There is no document ${document}.`);
  const all = await log.segments(document);
  const moments = new Set(wanted.moments);
  const runs = runsOf(await placesToThin(log, all, wanted)).filter((run) =>
    stretchesIn(run, moments).some(({ first, last }) => last > first),
  );
  if (runs.length === 0) return null;
  const chronicle = new Chronicle();
  chronicle.bind(await log.bindings(document));
  for await (const rows of pages(log, document, all, 0, head.seq)) chronicle.apply(rows);
  const doc = new Y.Doc();
  const done: Segment[][] = [];
  let [at, bytes, gone] = [0, 0, 0];
  for (const run of runs) {
    const [first, last] = [run[0]?.first ?? 0, run.at(-1)?.last ?? 0];
    for await (const rows of pages(log, document, all, at, first - 1))
      doc.transact(() => {
        for (const row of rows) Y.applyUpdate(doc, row.bytes);
      });
    const before = all.findLast((place) => place.last < first)?.digest ?? firstDigest(document);
    const rows = pages(log, document, run, first - 1, last);
    const segments = await thinRun({ doc, chronicle, before, run, rows, moments, key, time });
    bytes += segments.reduce((sum, one) => sum + one.bytes.length + (one.statement?.length ?? 0), 0);
    gone += segments.reduce((sum, one) => sum + (one.statement === null ? 0 : one.last - one.first), 0);
    if (!isPreview) done.push(segments);
    at = last;
  }
  doc.destroy();
  chronicle.destroy();
  const places = runs.flat();
  const rows = places.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  return {
    first: places[0]?.first ?? 0,
    last: at,
    rows,
    moments: rows - gone,
    bytes,
    bytesBefore: places.reduce((sum, { size }) => sum + size, 0),
    runs: done,
  };
}

/** Those that are whole within what is wanted, and not thinned yet. */
async function placesToThin(
  log: ThinnableLog,
  all: readonly SegmentPlace[],
  { document, after = 0, upTo = Infinity, before = Infinity }: ThinWanted,
): Promise<SegmentPlace[]> {
  const places: SegmentPlace[] = [];
  for (const place of all) {
    if (place.isThinned || place.first <= after) continue;
    if (place.last > upTo) break;
    if (before !== Infinity) {
      const [row] = await log.read(document, place.last - 1, place.last);
      if (row === undefined || row.time >= before) break;
    }
    places.push(place);
  }
  return places;
}

/** Rows of a document, a segment at a time, then as many of those that are in none. */
async function* pages(
  log: ThinnableLog,
  document: DocumentId,
  places: readonly SegmentPlace[],
  after: number,
  upTo: number,
): AsyncGenerator<readonly LogRow[]> {
  let at = after;
  for (const { first, last } of places) {
    if (last <= at || first > upTo) continue;
    yield await log.read(document, Math.max(at, first - 1), Math.min(last, upTo));
    at = last;
  }
  for (; at < upTo; at += segmentLimits.rows)
    yield await log.read(document, at, Math.min(at + segmentLimits.rows, upTo));
}

/** Segments that follow one another. */
function runsOf(places: readonly SegmentPlace[]): SegmentPlace[][] {
  const runs: SegmentPlace[][] = [];
  for (const place of places) {
    const run = runs.at(-1);
    if (run?.at(-1)?.last === place.first - 1) run.push(place);
    else runs.push([place]);
  }
  return runs;
}
