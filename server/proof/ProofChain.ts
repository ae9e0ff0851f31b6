import type { ChainedRow } from '../backup/diagnoseRows.ts';
import { diagnoseTail } from '../backup/diagnoseRows.ts';
import { firstDigest, sealRow } from '../storage/chain.ts';
import { isSignedBy, thinStatementBytes } from '../storage/journal/ThinStatement.ts';
import type { ReadProof, ThinnedRange } from './readProof.ts';

type Row = ChainedRow & { readonly digest: Uint8Array };

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.from(a).equals(b);
/** Beyond so many faults of a kind, one sentence speaks of all. */
const maxNamed = 20;

/** Walks along the chain of a proof, and names what is out of it. */
export class ProofChain {
  readonly faults: string[] = [];
  readonly notes: string[] = [];
  /** The last row that is there, or that something stands for. */
  last = 0;
  /** At each row that agrees with the digest beside it: that digest. */
  readonly digests = new Map<number, Uint8Array>();
  private readonly proof: ReadProof;
  private digest: Uint8Array | null;

  constructor(proof: ReadProof) {
    this.proof = proof;
    this.digest = firstDigest(proof.header.document);
  }

  follow(): void {
    const rows = this.inOrder();
    const thinned = this.proof.thinned.toSorted((a, b) => a.segment.first - b.segment.first);
    let run: Row[] = [];
    const end = (): void => {
      this.run(run);
      run = [];
    };
    const { seq } = this.proof.header;
    for (const row of rows) {
      for (
        let range = thinned[0];
        range !== undefined && range.segment.first <= row.row.seq;
        range = thinned[0]
      ) {
        end();
        this.range(range);
        thinned.shift();
      }
      if (row.row.seq !== this.last + 1) {
        end();
        this.missing(row.row.seq);
      }
      run.push(row);
      this.last = row.row.seq;
    }
    end();
    for (const range of thinned) this.range(range);
    if (this.last < seq) this.missing(seq + 1);
    else if (this.last > seq) this.faults.push(`rows after ${seq} are in a file that goes up to it`);
  }

  /** What the document is made of, in order. */
  updates(): Uint8Array[] {
    const { rows, thinned } = this.proof;
    return [
      ...rows.map(({ row: { seq, bytes } }) => ({ seq, bytes })),
      ...thinned.map(({ segment: { last, bytes } }) => ({ seq: last, bytes })),
    ]
      .toSorted((a, b) => a.seq - b.seq)
      .map(({ bytes }) => bytes);
  }

  /** The rows by their numbers; those that do not stand where they should are named. */
  private inOrder(): readonly Row[] {
    const { rows } = this.proof;
    const sorted = rows.toSorted((a, b) => a.row.seq - b.row.seq);
    const moved = sorted.flatMap((row, at) => (rows[at] === row ? [] : [row.row.seq]));
    const [first, second] = moved;
    if (moved.length === 2) this.faults.push(`rows ${first} and ${second} stand in each other’s place`);
    else if (moved.length > 0) this.faults.push(`rows ${first} to ${moved.at(-1)} do not stand in order`);
    return sorted.filter(({ row: { seq } }, at) => {
      if (at === 0 || sorted[at - 1]?.row.seq !== seq) return true;
      this.faults.push(`row ${seq} is there twice`);
      return false;
    });
  }

  private missing(next: number): void {
    const first = this.last + 1;
    this.faults.push(
      first === next - 1 ? `row ${first} is missing` : `rows ${first} to ${next - 1} are missing`,
    );
    this.digest = null;
    this.last = next - 1;
  }

  private run(given: readonly Row[]): void {
    if (given.length === 0) return;
    const rows = this.withOwnDigests(given);
    const before = this.digest;
    const found = diagnoseTail(rows, before);
    const bad = new Set(found.flatMap((one) => one.rows));
    if (found.length > maxNamed) {
      const [first, last] = [found[0]?.rows[0], found.at(-1)?.rows.at(-1)];
      this.faults.push(`${found.length} of the rows ${first} to ${last} are not what was written`);
    } else this.faults.push(...found.map(({ message }) => message));
    for (const { row, digest } of rows) if (!bad.has(row.seq)) this.digests.set(row.seq, digest);
    this.digest = rows.at(-1)?.digest ?? null;
  }

  /** A digest that is not that of its row, while the next row builds on the right one, is itself at fault. */
  private withOwnDigests(rows: readonly Row[]): Row[] {
    let previous = this.digest;
    return rows.map((one, at) => {
      const { row, digest } = one;
      const made = previous === null ? null : sealRow(row, previous).digest;
      previous = digest;
      if (made === null || same(made, digest) || !this.isBuiltOn(rows[at + 1], made, row.seq)) return one;
      this.faults.push(`the digest beside row ${row.seq} is not what was written`);
      previous = made;
      return { row, digest: made };
    });
  }

  private isBuiltOn(next: Row | undefined, digest: Uint8Array, seq: number): boolean {
    if (next !== undefined) return same(sealRow(next.row, digest).digest, next.digest);
    return this.proof.heads.some((head) => head.seq === seq && same(head.digest, digest));
  }

  private range({ segment, statement }: ThinnedRange): void {
    const { first, last, digest } = segment;
    if (first !== this.last + 1) this.missing(first);
    const name = `rows ${first} to ${last}`;
    const { keys } = this.proof.header;
    const isOurs = keys.some((key) => same(key, statement.publicKey));
    if (
      !isOurs ||
      !isSignedBy(statement.publicKey, thinStatementBytes(segment, statement), statement.signature)
    )
      this.faults.push(`${name} were thinned, and what stands for them is not what was signed`);
    else if (this.digest !== null && !same(this.digest, statement.before))
      this.faults.push(`${name} were thinned, and do not follow from the rows before them`);
    else {
      this.notes.push(
        `${name} were thinned on ${new Date(statement.time).toISOString()}: one update stands for them, and who wrote what in them is not in the file`,
      );
      this.digests.set(last, digest);
    }
    this.digest = digest;
    this.last = last;
  }
}
