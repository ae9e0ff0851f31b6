import { AppError } from '#shared/api/errorCodes.ts';
import type { DeviceId, DocumentId, Epoch, PersonId } from '#shared/domain/ids.ts';
import { rowChecksum } from '../chain.ts';
import { checksum } from '../checksum.ts';
import { segmentChecksum } from '../journal/segments.ts';
import type { Segment } from '../ports/Segment.ts';
import type {
  Checkpoint,
  ClientBinding,
  DocumentHead,
  DocumentKind,
  LogRow,
  Via,
} from '../ports/UpdateLog.ts';

export interface StoredHead {
  readonly number: number;
  readonly document: string;
  readonly kind: string;
  readonly epoch: string;
  readonly schema_version: number;
  readonly read_only: string | null;
  readonly good_seq: number | null;
  readonly home_seq: number | null;
  readonly seq: number | null;
}

/** Gives `StoredHead`s. */
export const headQuery =
  'SELECT *, (SELECT max(seq) FROM log_row WHERE log_row.number = log_document.number) AS seq FROM log_document';

export interface StoredRow {
  readonly seq: number;
  readonly time: number;
  readonly person: string | null;
  readonly device: string | null;
  readonly device_time: number | null;
  readonly via: string;
  readonly operation: string | null;
  readonly bytes: Uint8Array;
  readonly checksum: number;
  /** The chain's at this row; null in a row written before there were chains. */
  readonly digest: Uint8Array | null;
}

export interface StoredSegment {
  readonly first_seq: number;
  readonly last_seq: number;
  readonly digest: Uint8Array;
  readonly statement: Uint8Array | null;
  readonly checksum: number;
  readonly bytes: Uint8Array;
}

export interface StoredCheckpoint {
  readonly seq: number;
  readonly bytes: Uint8Array;
  readonly state_vector: Uint8Array;
  readonly delete_set_at: number;
  readonly checksum: number;
}

export interface StoredBinding {
  readonly client: number;
  readonly person: string | null;
  readonly device: string | null;
}

export function headOf(stored: StoredHead): DocumentHead {
  return {
    document: stored.document as DocumentId,
    kind: stored.kind as DocumentKind,
    epoch: stored.epoch as Epoch,
    schemaVersion: stored.schema_version,
    seq: stored.seq ?? 0,
    readOnly: stored.read_only,
    goodSeq: stored.good_seq,
    homeSeq: stored.home_seq,
  };
}

export function checkpointChecksum(checkpoint: Checkpoint): number {
  const { document, seq, deleteSetAt, bytes, stateVector } = checkpoint;
  return checksum([document, seq, deleteSetAt], bytes, stateVector);
}

/** A row as it stands there, whatever it says. */
export function uncheckedRowOf(document: DocumentId, stored: StoredRow): LogRow {
  return {
    document,
    seq: stored.seq,
    time: stored.time,
    person: stored.person as PersonId | null,
    device: stored.device as DeviceId | null,
    deviceTime: stored.device_time,
    via: stored.via as Via,
    operation: stored.operation,
    bytes: stored.bytes,
  };
}

export function isAsWritten(row: LogRow, checksum: number): boolean {
  return rowChecksum(row) === checksum;
}

/** @throws AppError `document_damaged` when the row is not what was written. */
export function rowOf(document: DocumentId, stored: StoredRow): LogRow {
  const row = uncheckedRowOf(document, stored);
  if (!isAsWritten(row, stored.checksum)) {
    throw new AppError(
      'document_damaged',
      `row ${row.seq} of document ${document} does not agree with its checksum`,
    );
  }
  return row;
}

/** A segment as it stands there, whatever it says. */
export function uncheckedSegmentOf(document: DocumentId, stored: StoredSegment): Segment {
  const { first_seq: first, last_seq: last, digest, statement, bytes } = stored;
  return { document, first, last, digest, statement, bytes };
}

/** @throws AppError `document_damaged` when the segment is not what was written. */
export function segmentOf(document: DocumentId, stored: StoredSegment): Segment {
  const segment = uncheckedSegmentOf(document, stored);
  if (segmentChecksum(segment) !== stored.checksum) {
    const message = `the segment of rows ${segment.first} to ${segment.last} of document ${document} does not agree with its checksum`;
    throw new AppError('document_damaged', message);
  }
  return segment;
}

/** @throws AppError `document_damaged` when a row is missing after `after`, or between these. */
export function requireUnbroken(
  document: DocumentId,
  rows: readonly Pick<LogRow, 'seq'>[],
  after: number,
): void {
  let last = after;
  for (const { seq } of rows) {
    last += 1;
    if (seq !== last)
      throw new AppError('document_damaged', `row ${last} of document ${document} is missing`);
  }
}

/** Null when the checkpoint is not what was written: it can be made again from the rows. */
export function checkpointOf(document: DocumentId, stored: StoredCheckpoint): Checkpoint | null {
  const checkpoint: Checkpoint = {
    document,
    seq: stored.seq,
    bytes: stored.bytes,
    stateVector: stored.state_vector,
    deleteSetAt: stored.delete_set_at,
  };
  return checkpointChecksum(checkpoint) === stored.checksum ? checkpoint : null;
}

export function bindingOf(stored: StoredBinding): ClientBinding {
  return {
    client: stored.client,
    person: stored.person as PersonId | null,
    device: stored.device as DeviceId | null,
  };
}
