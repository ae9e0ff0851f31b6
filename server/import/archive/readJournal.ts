import type { PersonId } from '#shared/domain/ids.ts';
import type { SignedHead } from '#shared/protocol/SignedHead.ts';
import { withoutCarried } from '../../history/chronicle/carriedBeside.ts';
import { ProofChain } from '../../proof/ProofChain.ts';
import { type ReadProof, readProof } from '../../proof/readProof.ts';
import { verifyProof } from '../../proof/verifyProof.ts';
import { DocumentState } from '../../room/update/DocumentState.ts';
import { parseUpdate } from '../../room/update/parseUpdate.ts';
import { relayLimits } from '../../room/RelayLimits.ts';
import { firstDigest } from '../../storage/chain.ts';
import { encodeStatement } from '../../storage/journal/ThinStatement.ts';
import { packSegment, segmentLimits } from '../../storage/journal/segments.ts';
import type { Segment } from '../../storage/ports/Segment.ts';
import type { LogRow, NewRow } from '../../storage/ports/UpdateLog.ts';

/** What a log says, once all of it was checked. */
export interface JournalFacts {
  readonly document: string;
  readonly epoch: string;
  readonly seq: number;
  readonly digest: Uint8Array;
  readonly title: string;
  /** Under whose ids its rows are. */
  readonly people: readonly PersonId[];
}

/** A log as it is taken in again. */
export interface JournalRows {
  /** Rows 1 to the last that was thinned, if any was. */
  readonly segments: readonly Segment[];
  /** The others, in order. */
  readonly rows: readonly NewRow[];
  /** Those of a log that is taken in under another id: what was thinned is one row, and rows have other numbers. */
  readonly flat: readonly { readonly seq: number; readonly row: NewRow }[];
  readonly heads: readonly { readonly head: SignedHead; readonly publicKey: Uint8Array }[];
}

export interface Journal {
  readonly facts: JournalFacts;
  /** Null where only the facts were asked for. */
  readonly rows: JournalRows | null;
}

const clientsIn = ({ sections }: { readonly sections: readonly { readonly client: number }[] }): number[] => [
  ...new Set(sections.map(({ client }) => client)),
];

/**
 * Reads a log of an archive and checks it by itself: its seal, its chain, what was signed, and each update as if somebody sent it.
 * @throws Error with the reason for one that is not sound.
 */
export async function readJournal(file: string, maxBytes: number, isWhole: boolean): Promise<Journal> {
  const proof = await readProof(file, maxBytes);
  const { faults } = verifyProof(proof);
  if (faults.length > 0) throw new Error(faults[0]);
  const { document, epoch, seq } = proof.header;
  const chain = new ProofChain(proof);
  chain.follow();
  const digest = chain.digests.get(seq);
  if (digest === undefined) throw new Error('the last row was thinned');
  const state = new DocumentState();
  // Operations of a relay write longer strings than sockets may; no longer than an update.
  const limits = { maxStringBytes: relayLimits.maxUpdateBytes };
  const all = [
    ...proof.rows.map(({ row }) => ({ seq: row.seq, row, range: null })),
    ...proof.thinned.map((range) => ({ seq: range.segment.last, row: null, range })),
  ].sort((a, b) => a.seq - b.seq);
  const flat: { seq: number; row: NewRow }[] = [];
  for (const { seq: at, row, range } of all) {
    const bytes = row?.bytes ?? range?.segment.bytes ?? new Uint8Array();
    const parsed = parseUpdate(range === null ? bytes : withoutCarried(bytes), limits);
    const news = state.compare(parsed);
    if (news === null) throw new Error(`row ${at} builds on what is not there`);
    state.add(news);
    const thin = {
      document,
      time: range?.statement.lastTime ?? 0,
      person: null,
      device: null,
      deviceTime: null,
      via: 'operation',
      operation: 'thin',
    } as const;
    // Whose a client id of a thinned range is, its rows do not say any more.
    flat.push({
      seq: at,
      row: row === null ? { ...thin, bytes, clients: [] } : { ...row, clients: clientsIn(parsed) },
    });
  }
  const people = [...new Set(proof.rows.flatMap(({ row: { person } }) => person ?? []))];
  const title = (proof.content as { readonly title?: unknown } | null)?.title;
  const facts = { document, epoch, seq, digest, people, title: typeof title === 'string' ? title : '' };
  if (!isWhole) return { facts, rows: null };
  const cut = proof.thinned.reduce((last, { segment }) => Math.max(last, segment.last), 0);
  return {
    facts,
    rows: {
      segments: cut === 0 ? [] : segmentsUpTo(proof, cut),
      rows: flat.flatMap(({ seq: at, row }) => (at > cut ? [row] : [])),
      flat,
      heads: proof.heads.map(({ publicKey, ...head }) => ({ publicKey, head: { ...head, epoch } })),
    },
  };
}

/** Rows up to one as they are kept: in segments, and in their places those that were thinned. */
function segmentsUpTo(proof: ReadProof, cut: number): Segment[] {
  const { document } = proof.header;
  const segments: Segment[] = [];
  let digest = firstDigest(document);
  let run: LogRow[] = [];
  const put = (segment: Segment): void => {
    segments.push(segment);
    ({ digest } = segment);
  };
  const end = (): void => {
    if (run.length > 0) put(packSegment(run, digest));
    run = [];
  };
  const ranges = proof.thinned.toSorted((a, b) => a.segment.first - b.segment.first);
  for (const { row } of [...proof.rows, { row: null }]) {
    for (
      let next = ranges[0];
      next !== undefined && (row === null || next.segment.first < row.seq);
      next = ranges[0]
    ) {
      end();
      put({ ...next.segment, statement: encodeStatement(next.statement) });
      ranges.shift();
    }
    if (row === null || row.seq > cut) continue;
    run.push(row);
    if (run.length >= segmentLimits.rows) end();
  }
  return segments;
}
