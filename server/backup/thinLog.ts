import { type KeyObject, sign } from 'node:crypto';
import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { signedHeadBytes } from '#shared/protocol/SignedHead.ts';
import { Chronicle } from '../history/chronicle/Chronicle.ts';
import { docFrom } from '../log/rebuild.ts';
import { rawPublicKey } from '../signingKey.ts';
import { firstDigest } from '../storage/chain.ts';
import type { SegmentPlace, UpdateLog } from '../storage/ports/UpdateLog.ts';
import { thinRun } from './thinRun.ts';

/** The rows that are gone, but for the moments that were kept. */
export interface Thinned {
  readonly first: number;
  readonly last: number;
  /** How many moments can still be shown, of how many rows there were. */
  readonly moments: number;
  readonly rows: number;
  /** What the range takes, and what it took. */
  readonly bytes: number;
  readonly bytesBefore: number;
}

export interface ThinRange {
  /** Rows up to this one stay as they are; 0 for none. */
  readonly after: number;
  /** No row after this one is touched. */
  readonly upTo: number;
  /** Rows after which the document can still be shown: those of its versions. Default: none but the ends. */
  readonly moments?: readonly number[];
}

export interface ThinOptions {
  readonly time?: number;
  /** Only says what would become of it. */
  readonly isPreview?: boolean;
}

/**
 * Lets go of the moments between two rows of a document, for good: the rows of whole segments between them become one update for each stretch between two moments that are kept, without what came and went within it. Later rows build
 * on it as they did; the chain's digests at the ends of each stretch stay, and the relay's signed statements say what was done. A moment in a stretch reads as the one before it. Who wrote what stands is told as before, since
 * client ids stay bound; who removed what, and when within a stretch, is not. A row that is a stretch by itself stays as it is.
 * @returns what was thinned; null when no whole segment is in the range, or it was thinned already.
 * @throws AppError `document_damaged`: nothing that is damaged is sealed. `not_allowed` for an unknown document.
 */
export async function thinLog(
  log: UpdateLog,
  key: KeyObject,
  document: DocumentId,
  range: ThinRange,
  { time = Date.now(), isPreview = false }: ThinOptions = {},
): Promise<Thinned | null> {
  if ((await log.head(document)) === null)
    throw new AppError('not_allowed', `There is no document ${document}.`);
  const all = await log.segments(document);
  const moments = new Set(range.moments ?? []);
  let thinned = null as Thinned | null;
  for (const run of runsOf(all.filter(({ first, last }) => first > range.after && last <= range.upTo))) {
    const [from, to] = [run[0] as SegmentPlace, run.at(-1) as SegmentPlace];
    const doc = docFrom(
      (await log.read(document, 0, from.first - 1)).map(({ bytes }) => bytes),
      true,
    );
    const before = all.findLast(({ last }) => last < from.first)?.digest ?? firstDigest(document);
    const rows = await log.read(document, from.first - 1, to.last);
    const chronicle = new Chronicle();
    chronicle.bind(await log.bindings(document));
    chronicle.apply(await log.read(document, 0));
    const segments = thinRun({ doc, chronicle, before, rows, moments, key, time });
    doc.destroy();
    chronicle.destroy();
    if (segments === null) continue;
    if (!isPreview) await log.replaceSegments(segments);
    const gone = segments.reduce(
      (sum, { first, last, statement }) => sum + (statement === null ? 0 : last - first),
      0,
    );
    thinned = {
      first: thinned?.first ?? from.first,
      last: to.last,
      rows: (thinned?.rows ?? 0) + rows.length,
      moments: (thinned?.moments ?? 0) + rows.length - gone,
      bytes: (thinned?.bytes ?? 0) + sizeOf(segments),
      bytesBefore: (thinned?.bytesBefore ?? 0) + run.reduce((sum, { size }) => sum + size, 0),
    };
  }
  if (thinned !== null && !isPreview) await signHead(log, key, document, time);
  return thinned;
}

const sizeOf = (segments: NonNullable<ReturnType<typeof thinRun>>): number =>
  segments.reduce((sum, { bytes, statement }) => sum + bytes.length + (statement?.length ?? 0), 0);

/** Segments that follow one another and are not thinned yet. */
function runsOf(places: readonly SegmentPlace[]): SegmentPlace[][] {
  const runs: SegmentPlace[][] = [];
  let last: SegmentPlace | null = null;
  for (const place of places) {
    if (place.isThinned) last = null;
    else {
      if (last === null || place.first !== last.last + 1) runs.push([]);
      runs.at(-1)?.push(place);
      last = place;
    }
  }
  return runs;
}

/** So that the key that signed the statements is known as the relay's. */
async function signHead(log: UpdateLog, key: KeyObject, document: DocumentId, time: number): Promise<void> {
  const chain = await log.chainHead(document);
  if (chain === null) return;
  const head = { ...chain, time };
  const signature = sign(null, signedHeadBytes(document, head), key);
  await log.saveHeads([{ document, head: { ...head, signature } }], rawPublicKey(key));
}
