import { readFileSync } from 'node:fs';

/** What follows `calepin.sqlite` in the name of a file; or the folder that they are in. */
export type DiskFile = '' | '-wal' | '-journal' | 'folder';

/** One thing that a relay asked of the disk for its database, as `diskShim.c` saw it. Times in ns of the monotonic clock. */
export interface DiskCall {
  readonly op: 'write' | 'sync' | 'truncate' | 'unlink';
  readonly file: DiskFile;
  readonly begun: bigint;
  readonly ended: bigint;
  /** Where a write begins, or the length that is left. */
  readonly where: number;
  /** What was written; of a write that was cut short, the part that was. */
  readonly data: Buffer;
  readonly outcome: 'failed' | 'done' | 'short';
}

const operations = [null, 'write', 'sync', 'truncate', 'unlink'] as const;
const files = ['', '-wal', '-journal', 'folder'] as const;
const outcomes = ['failed', 'done', 'short'] as const;
const headBytes = 32;

/** Reads what a relay recorded; a record that was cut off by its end is left out. */
export function readTrace(trace: string): DiskCall[] {
  const bytes = readFileSync(trace);
  const calls: DiskCall[] = [];
  for (let at = 0; at + headBytes <= bytes.length;) {
    const end = at + headBytes + bytes.readUInt32LE(at + 4);
    if (end > bytes.length) break;
    const op = operations[bytes.readUInt8(at)];
    const file = files[bytes.readUInt8(at + 1)];
    const outcome = outcomes[bytes.readUInt8(at + 2)];
    if (!op || file === undefined || !outcome)
      throw new Error(`no record of a disk call at byte ${at} of ${trace}`);
    calls.push({
      op,
      file,
      outcome,
      begun: bytes.readBigUInt64LE(at + 8),
      ended: bytes.readBigUInt64LE(at + 16),
      where: Number(bytes.readBigInt64LE(at + 24)),
      data: bytes.subarray(at + headBytes, end),
    });
    at = end;
  }
  return calls;
}
