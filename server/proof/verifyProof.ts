import { isDeepStrictEqual } from 'node:util';
import * as Y from 'yjs';
import { yDocToNoteContent } from '#shared/document/noteContent.ts';
import type { KeptHead } from '../backup/KeptHead.ts';
import { verifyHeads } from '../backup/verifyHeads.ts';
import { isSignedBy } from '../storage/journal/ThinStatement.ts';
import { ProofChain } from './ProofChain.ts';
import { sealBytes, toHex } from './proofFile.ts';
import type { ReadProof } from './readProof.ts';

/** What became of a proof. */
export interface ProofVerdict {
  /** What is not as Calepin wrote it: a sentence each. None: intact. */
  readonly faults: readonly string[];
  /** What was thinned, signed, or cannot be told from the file: a sentence each. */
  readonly notes: readonly string[];
}

export interface VerifyOptions {
  /** The relay's public key, hexadecimal, had from elsewhere. */
  readonly key?: string;
  /** Heads that somebody kept. */
  readonly kept?: readonly KeptHead[];
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.from(a).equals(b);

/**
 * Checks a proof by itself: its seal, every row along the chain, the signed heads, and that the content follows from the rows.
 * @see docs/proof.md for what this shows, and what it does not.
 */
export function verifyProof(proof: ReadProof, { key, kept = [] }: VerifyOptions = {}): ProofVerdict {
  const { header, seal, found, rows, heads } = proof;
  const { document, epoch, seq, keys } = header;
  const present = keys[0] as Uint8Array;
  const notes: string[] = [];
  if (seal === null)
    return { faults: ['the file ends too early: its last line, the seal, is missing'], notes };
  if (!same(seal.header, found.header))
    return {
      faults: ['the first line (of which note, up to when, with which keys) is not what was written'],
      notes,
    };
  const faults: string[] = [];
  if (key !== undefined && key.toLowerCase() !== toHex(present))
    faults.push(`the file is sealed with another key than the one you named: ${toHex(present)}`);
  if (!same(seal.people, found.people)) faults.push('the names of people are not what was written');
  const chain = new ProofChain(proof);
  chain.follow();
  faults.push(...chain.faults);
  notes.push(...chain.notes);
  const last = heads.find((head) => head.seq === seq);
  const sealed = { header: seal.header, content: seal.content, people: seal.people };
  // Of rows that were written anew and of a seal that was, the signed head tells.
  if (last === undefined) faults.push(`no signed head speaks of row ${seq}: nothing vouches for it`);
  else if (!isSignedBy(present, sealBytes(sealed, last.digest), seal.signature))
    faults.push('the signature of the file does not hold');
  const asked = kept.filter((one) => one.document === document);
  const signed = verifyHeads({ document, epoch }, chain, [
    ...heads.map(({ publicKey: _, ...head }) => ({ head: { ...head, epoch }, keys, isKept: false })),
    ...asked.flatMap(({ head }) => (head.seq > seq ? [] : [{ head, keys, isKept: true }])),
  ]);
  const bare = (message: string): string => message.replace(`Document ${document}: `, '').replace(/\.$/, '');
  faults.push(...signed.faults.map(({ message }) => bare(message)));
  notes.push(...signed.notes.map(bare));
  for (const { head } of asked.filter((one) => one.head.seq > seq))
    notes.push(
      `the head that was kept of row ${head.seq} is of later rows than this file, and is not compared`,
    );
  if (asked.length < kept.length) notes.push('a head that was kept is of another document');
  faults.push(...contentFaults(proof, chain));
  if (faults.length === 0) {
    const first = heads.reduce((a, b) => (b.time < a.time ? b : a));
    notes.push(
      `${rows.length} rows agree with ${heads.length} signed heads, of ${when(first.time)} to ${when(header.madeAt)}`,
    );
    if (key === undefined)
      notes.push(
        `sealed with the key ${toHex(present)}: whether this is the key of ${header.relay}, ask there`,
      );
  }
  return { faults, notes };
}

const when = (time: number): string => new Date(time).toISOString();

/** Whether what the file says that the note said is what it said. */
function contentFaults({ content, seal, found }: ReadProof, chain: ProofChain): string[] {
  const isSealed = seal !== null && same(seal.content, found.content);
  const words = isSealed ? [] : ['the content is not what was written'];
  if (chain.faults.length > 0) return words;
  const doc = new Y.Doc({ gc: false });
  try {
    for (const bytes of chain.updates()) Y.applyUpdate(doc, bytes);
    const made = JSON.parse(JSON.stringify(yDocToNoteContent(doc))) as Record<string, unknown>;
    const said = (content ?? {}) as Record<string, unknown>;
    const parts = [...new Set([...Object.keys(made), ...Object.keys(said)])];
    const wrong = parts.filter((part) => !isDeepStrictEqual(made[part], said[part]));
    if (wrong.length === 0) return words;
    return [`the content is not what the rows say (${wrong.join(', ')})`];
  } catch {
    return ['the rows are whole, and no note can be made of them'];
  } finally {
    doc.destroy();
  }
}
