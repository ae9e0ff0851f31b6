import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, onTestFinished } from 'vitest';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import { buildDiskShim, type DiskShim, noShim, shimEnvironment } from '../../support/disk/diskShim.ts';
import { type DiskCall, readTrace } from '../../support/disk/readTrace.ts';
import { testId } from '../../support/newRelay.ts';
import { RelayChild } from '../../support/RelayChild.ts';
import { PromisedWriter } from './PromisedWriter.ts';

/** A database file, and relays over it, one after the other, whose calls to the disk are recorded. */
export interface RecordedDisk {
  readonly file: string;
  /** @returns null when the relay ended before it was ready. */
  start: (shim?: Pick<DiskShim, 'fail' | 'syncMs'>) => Promise<RelayChild | null>;
  /** Everything that was asked so far. */
  calls: () => DiskCall[];
}

/** Prepares a test file for `newDisk`, which makes a disk of its own for a test; and folders for what else it writes. */
export function recordedDisks(): { newDisk: () => RecordedDisk; newFolder: () => string } {
  let folder: string;
  let library: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'calepin-disk-'));
    if (noShim === null) library = buildDiskShim(folder);
    return () => rmSync(folder, { recursive: true, force: true });
  });
  const newFolder = (): string => {
    const made = mkdtempSync(path.join(folder, 'run-'));
    onTestFinished(() => rmSync(made, { recursive: true, force: true }));
    return made;
  };
  const newDisk = (): RecordedDisk => {
    const own = newFolder();
    const file = path.join(own, 'calepin.sqlite');
    const traces: string[] = [];
    return {
      file,
      start: (shim = {}) => {
        // One each: the last record of a relay that was killed may be cut off.
        const trace = path.join(own, `trace-${traces.length}`);
        traces.push(trace);
        return RelayChild.start(file, shimEnvironment({ ...shim, library, trace }));
      },
      calls: () => traces.flatMap(readTrace),
    };
  };
  return { newDisk, newFolder };
}

/** Six people in two documents. */
export const newWriters = (): PromisedWriter[] =>
  Array.from(
    { length: 6 },
    (_, n) => new PromisedWriter(testId<DocumentId>(1 + (n % 2)), testId<PersonId>(100 + n)),
  );

/** How many times the WAL of a database began again from its start, because all of it was in the database file. */
export function walRestarts(file: string): number {
  const bytes = readFileSync(`${file}-wal`);
  return bytes.length < 16 ? 0 : bytes.readUInt32BE(12);
}
