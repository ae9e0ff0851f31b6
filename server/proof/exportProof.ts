import { type KeyObject, sign } from 'node:crypto';
import { Readable } from 'node:stream';
import { AppError } from '#shared/api/errorCodes.ts';
import { type NoteContent, yDocToNoteContent } from '#shared/document/noteContent.ts';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import { signedHeadBytes } from '#shared/protocol/SignedHead.ts';
import type { Documents } from '../room/Documents.ts';
import { rawPublicKey } from '../signingKey.ts';
import { firstDigest, sealRow } from '../storage/chain.ts';
import { decodeStatement, thinnedUpdate } from '../storage/journal/ThinStatement.ts';
import type { Segment } from '../storage/ports/Segment.ts';
import type { UpdateLog } from '../storage/ports/UpdateLog.ts';
import type { Examined, ExamineLog } from './Examined.ts';
import {
  lineDigest,
  proofFormat,
  type ProofHeader,
  type ProofLine,
  sealBytes,
  toBase64,
  toHex,
} from './proofFile.ts';

/** Rows that are read at a time: others have their turn in between. */
const rowsAtATime = 1_000;

export interface ProofSources {
  /** As it is stored: rows under the ids that they were written with, which the chain holds. */
  readonly log: Pick<UpdateLog, 'read' | 'head'>;
  readonly documents: Pick<Documents, 'read'>;
  readonly examine: ExamineLog;
  readonly signingKey: KeyObject;
  readonly namesOf: (people: readonly PersonId[]) => Promise<ReadonlyMap<PersonId, string>>;
  /** Where people reach the relay. */
  readonly relay: () => string;
  /** Version of the application. */
  readonly calepin: string;
  readonly now: () => number;
}

/** What is to be proven. */
export interface ProofWanted {
  readonly document: DocumentId;
  readonly seq: number;
  readonly version: ProofHeader['version'];
}

/** A proof that is ready to be taken. */
export interface ExportedProof {
  /** Made as it is taken: JSON lines, gzip. */
  readonly file: ReadableStream<Uint8Array>;
  /** What the note was called. */
  readonly title: string;
  /** When the row was written. */
  readonly time: number;
  /** The chain's at the row. */
  readonly digest: Uint8Array;
}

/**
 * Writes the proof of what a note said after a row: all that is needed to check it alone. The log is examined first; nothing is signed that does not agree with what was signed before.
 * @throws AppError `document_damaged`: something up to that row is not as it was written. `conflict`: that moment was thinned away. `not_allowed` for an unknown document.
 * @see docs/proof.md
 */
export async function exportProof(
  sources: ProofSources,
  wanted: ProofWanted,
  signal?: AbortSignal,
): Promise<ExportedProof> {
  const { document, seq } = wanted;
  const examined = await sources.examine(document, seq, signal);
  if (examined === null) throw new AppError('not_allowed', `no document ${document}`);
  const { digest, faults, thinned } = examined;
  if (thinned.some(({ first, last }) => first <= seq && seq < last))
    throw new AppError('conflict', `row ${seq} was thinned`);
  if (digest === null || faults.some(({ from, seq: to }) => (from ?? to ?? 0) <= seq))
    throw new AppError('document_damaged', faults[0]?.message ?? `the rows do not lead to row ${seq}`);
  const read = await sources.documents.read(document, seq);
  if (read === null) throw new AppError('not_allowed', `no document ${document}`);
  const content = yDocToNoteContent(read.doc);
  read.doc.destroy();
  const time = (await sources.log.read(document, seq - 1, seq)).at(-1)?.time ?? 0;
  const lines = proofLines(sources, wanted, { ...examined, digest, content, time });
  const text = Readable.toWeb(Readable.from(lines, { objectMode: false })) as ReadableStream<
    Uint8Array<ArrayBuffer>
  >;
  return { file: text.pipeThrough(new CompressionStream('gzip')), title: content.title, time, digest };
}

async function* proofLines(
  sources: ProofSources,
  { document, seq, version }: ProofWanted,
  {
    epoch,
    digest,
    heads,
    thinned,
    content,
    time,
  }: Examined & {
    readonly digest: Uint8Array;
    readonly content: NoteContent;
    readonly time: number;
  },
): AsyncGenerator<string> {
  const { signingKey, now } = sources;
  const ownKey = rawPublicKey(signingKey);
  const earlier = heads.filter(({ head }) => head.seq < seq);
  const head = { epoch, seq, digest, time: now() };
  const signed = { ...head, signature: sign(null, signedHeadBytes(document, head), signingKey) };
  const keys = [...new Set([ownKey, ...earlier.map(({ publicKey }) => publicKey)].map(toHex))];
  const header = JSON.stringify({
    format: proofFormat,
    document,
    epoch,
    seq,
    time,
    madeAt: head.time,
    relay: sources.relay(),
    calepin: sources.calepin,
    keys,
    version,
  });
  const said = line({ content });
  yield `${header}\n${said}\n`;
  const writers = new Set<PersonId>();
  let last = firstDigest(document);
  for await (const part of rowParts(sources.log, document, seq, thinned)) {
    if ('segment' in part) {
      last = part.segment.digest;
      yield `${thinnedLine(part.segment)}\n`;
      continue;
    }
    let text = '';
    for (const row of part.rows) {
      ({ digest: last } = sealRow(row, last));
      if (row.person !== null) writers.add(row.person);
      const { document: _, bytes, ...columns } = row;
      text += `${line({ row: { ...columns, update: toBase64(bytes), digest: toHex(last) } })}\n`;
    }
    yield text;
  }
  // The log became another one while it was read. Without its last lines the file proves nothing, and `verify` says so.
  if (!Buffer.from(last).equals(digest)) throw new AppError('conflict', `document ${document} was changed`);
  const names = await sources.namesOf([...writers]);
  const people = line({ people: [...writers].map((id) => ({ id, name: names.get(id) ?? '' })) });
  yield `${people}\n`;
  for (const { head: one, publicKey } of [...earlier, { head: signed, publicKey: ownKey }])
    yield `${line({
      head: {
        seq: one.seq,
        digest: toHex(one.digest),
        time: one.time,
        publicKey: toHex(publicKey),
        signature: toHex(one.signature),
      },
    })}\n`;
  const sealed = { header: lineDigest(header), content: lineDigest(said), people: lineDigest(people) };
  const signature = sign(null, sealBytes(sealed, digest), signingKey);
  yield `${line({
    seal: {
      header: toHex(sealed.header),
      content: toHex(sealed.content),
      people: toHex(sealed.people),
      signature: toHex(signature),
    },
  })}\n`;
}

const line = (content: ProofLine): string => JSON.stringify(content);

function thinnedLine(segment: Segment): string {
  const { first, last, digest } = segment;
  const statement = decodeStatement(segment.statement ?? new Uint8Array());
  const { before, lastTime, time, publicKey, signature } = statement;
  return line({
    thinned: {
      first,
      last,
      before: toHex(before),
      digest: toHex(digest),
      lastTime,
      time,
      publicKey: toHex(publicKey),
      signature: toHex(signature),
      update: toBase64(thinnedUpdate(segment, statement)),
    },
  });
}

type RowPart = { readonly segment: Segment } | { readonly rows: Awaited<ReturnType<UpdateLog['read']>> };

/** The rows up to one, and in their places the ranges of which one update is left. */
async function* rowParts(
  log: ProofSources['log'],
  document: DocumentId,
  upTo: number,
  thinned: readonly Segment[],
): AsyncGenerator<RowPart> {
  for (let after = 0; after < upTo;) {
    const next = thinned.find(({ first }) => first > after);
    if (next !== undefined && next.first === after + 1 && next.last <= upTo) {
      yield { segment: next };
      after = next.last;
      continue;
    }
    const until = Math.min(after + rowsAtATime, upTo, (next?.first ?? Infinity) - 1);
    const rows = await log.read(document, after, until);
    if (rows.length === 0) throw new AppError('document_damaged', `row ${after + 1} is missing`);
    yield { rows };
    after = rows.at(-1)?.seq ?? until;
  }
}
