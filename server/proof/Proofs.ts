import { AppError } from '#shared/api/errorCodes.ts';
import type { Integrity } from '#shared/api/proof.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { Fault } from '../backup/Fault.ts';
import { rawPublicKey } from '../signingKey.ts';
import { decodeStatement } from '../storage/journal/ThinStatement.ts';
import { type ExportedProof, exportProof, type ProofSources, type ProofWanted } from './exportProof.ts';
import { toHex } from './proofFile.ts';

/** So many breaks are told; the first is what matters. */
const maxBreaks = 20;

/** Whether a note's history is as it was written, and the file that shows it. Rights are decided by who calls. */
export class Proofs {
  private readonly sources: ProofSources;

  constructor(sources: ProofSources) {
    this.sources = sources;
  }

  /**
   * Reads the whole log of a note and holds it against its chain and what was signed of it.
   * @param seq - the row of the moment that somebody looks at.
   * @throws AppError `not_allowed` for an unknown document, `storage_failed`.
   */
  async check(document: DocumentId, seq: number, signal?: AbortSignal): Promise<Integrity> {
    const { examine, log, now, signingKey } = this.sources;
    const examined = await examine(document, seq, signal);
    const isCopy = (await log.head(document))?.homeSeq != null;
    if (examined === null) throw new AppError('not_allowed', `no document ${document}`);
    const { faults, heads, thinned } = examined;
    const breaks = faults.map(presentBreak);
    const isBroken = breaks.some(({ from }) => from <= seq);
    const isGone = thinned.some(({ first, last }) => first <= seq && seq < last);
    const newest = heads.at(-1)?.head;
    return {
      state: isBroken ? 'broken' : isGone ? 'thinned' : 'intact',
      isCopy,
      checkedAt: now(),
      seq,
      lastSeq: examined.last,
      head: newest === undefined ? null : { seq: newest.seq, time: newest.time },
      key: toHex(rawPublicKey(signingKey)),
      thinned: thinned.map(({ first, last, statement }) => ({
        from: first,
        to: last,
        at: statement === null ? null : timeOf(statement),
      })),
      breaks: breaks.toSorted((a, b) => a.from - b.from).slice(0, maxBreaks),
    };
  }

  /** The proof of a moment as a file. @throws as `exportProof` */
  export(wanted: ProofWanted, signal?: AbortSignal): Promise<ExportedProof> {
    return exportProof(this.sources, wanted, signal);
  }
}

function presentBreak({ kind, seq, from }: Fault): Integrity['breaks'][number] {
  const to = seq ?? 0;
  switch (kind) {
    case 'row':
    case 'gap':
    case 'swapped':
    case 'segment':
    case 'unreadable':
    case 'head':
      return { kind, from: from ?? to, to };
    default:
      return { kind: 'segment', from: from ?? to, to };
  }
}

/** Null for a statement that cannot be read, which is a fault beside. */
function timeOf(statement: Uint8Array): number | null {
  try {
    return decodeStatement(statement).time;
  } catch {
    return null;
  }
}
