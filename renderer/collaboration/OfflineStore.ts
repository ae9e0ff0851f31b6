import type { DeviceId, DocumentId, Epoch } from '#shared/domain/ids.ts';
import type { ProblemCode } from './problems.ts';
import type { Doubt, Proof } from './proof.ts';

/** What a device knows of a document beside its updates. */
export interface DocumentHead {
  /** Life of the document's log that the copy belongs to; null before the relay said. */
  readonly epoch: Epoch | null;
  /** The copy has everything up to this row of the relay's log; 0: nothing is promised. Moves only together with that content. */
  readonly seq: number;
  /** The copy holds the whole document, not just some changes: it may be opened without the relay. */
  readonly complete: boolean;
  /** The relay's newest signed word about this log; absent in `append`: as it is. */
  readonly proof?: Proof | null;
  /** A word of the relay that disagrees with it, until somebody has seen it; absent in `append`: as it is. */
  readonly doubt?: Doubt | null;
}

/** What `append` makes of a head: it only moves forward. */
export function mergeHeads(before: DocumentHead | undefined, head: DocumentHead): DocumentHead {
  if (before === undefined) return head;
  return {
    ...before,
    ...head,
    epoch: head.epoch ?? before.epoch,
    seq: Math.max(head.seq, before.seq),
    complete: head.complete || before.complete,
  };
}

/**
 * What `load` says of a copy with these rows. Last words may belong to another epoch than what another window has made of
 * the copy since: the copy then says theirs, so that the relay refuses it and they are kept apart (threat model, 3.9).
 */
export function headOf(
  kept: DocumentHead | undefined,
  rows: readonly { readonly acknowledged: boolean; readonly epoch?: Epoch }[],
): DocumentHead | null {
  const told = rows.find(
    (row) => !row.acknowledged && row.epoch !== undefined && row.epoch !== kept?.epoch,
  )?.epoch;
  if (kept !== undefined) return told === undefined ? kept : { ...kept, epoch: told };
  return rows.length === 0 ? null : { epoch: told ?? null, seq: 0, complete: false };
}

export interface NewUpdate {
  /** Yjs update, v1 encoding. */
  readonly update: Uint8Array;
  /** The relay has it; false for a local change on its way. */
  readonly acknowledged: boolean;
  /** Unix milliseconds, this device's clock: of a local change. */
  readonly madeAt?: number;
}

export interface StoredUpdate extends NewUpdate {
  /** Given by the store, rising. */
  readonly key: number;
}

export interface StoredDocument {
  readonly head: DocumentHead;
  /** In the order they were appended. */
  readonly updates: readonly StoredUpdate[];
}

/** Text that the relay refused or that belongs to another life of the document: kept apart, never sent, never dropped (threat model, 3.5). */
export interface RecoveredCopy {
  readonly id: string;
  readonly document: DocumentId;
  readonly title: string;
  /** Plain text of the whole fork, to copy from. */
  readonly text: string;
  readonly reason: ProblemCode;
  /** Unix milliseconds. */
  readonly savedAt: number;
  /** The fork's whole state, as far as it can be read. */
  readonly state: Uint8Array;
  /** Rows of a damaged copy, as they are now. */
  readonly damaged?: readonly Uint8Array[];
}

/** Another window of this browser already follows another life of the document's log. */
export class EpochConflictError extends Error {
  constructor() {
    super('The copy on this device belongs to another epoch');
    this.name = 'EpochConflictError';
  }
}

/** Stored rows no longer have the bytes that were written. */
export class DamagedCopyError extends Error {
  /** The other rows. */
  readonly sound: readonly StoredUpdate[];
  readonly damaged: readonly StoredUpdate[];

  constructor(sound: readonly StoredUpdate[], damaged: readonly StoredUpdate[]) {
    super('The copy on this device is damaged');
    this.name = 'DamagedCopyError';
    this.sound = sound;
    this.damaged = damaged;
  }
}

/**
 * The copies of documents on this device, for one person. Several windows use the same store at once: rows are only ever added, marked,
 * or replaced by their sum in one transaction, so no window can undo another's.
 */
export interface OfflineStore {
  /** What `append` promises: true when a resolved promise means durable bytes; false for memory (nothing is then « saved on this device »). */
  readonly durable: boolean;
  /** The random id of this device, kept as long as the store. */
  readonly deviceId: DeviceId;
  /** The documents of which this device has a copy, or words that did not reach the relay. */
  documents(): Promise<DocumentId[]>;
  /**
   * @returns null for a document that this device has no copy of.
   * @throws DamagedCopyError when a row's checksum does not match: the copy is not whole.
   */
  load(document: DocumentId): Promise<StoredDocument | null>;
  /**
   * Appends in one transaction, and moves the head forward (`complete` is never taken back, `seq` only grows). Resolved: durable.
   * @returns the rows' keys.
   * @throws EpochConflictError when the copy belongs to another epoch; nothing was written.
   */
  append(document: DocumentId, updates: readonly NewUpdate[], head: DocumentHead): Promise<number[]>;
  /**
   * Keeps words as the window goes: they are handed over, and their commit asked for, before this returns, whatever else is
   * under way. The next `load` finds them among the rows of the copy. Resolved: durable.
   * @param epoch - what they belong to, since nothing can be read first; null before the relay said.
   * @returns the way to let go of them, once `append` has them.
   */
  keepLastWords(
    document: DocumentId,
    updates: readonly NewUpdate[],
    epoch: Epoch | null,
  ): Promise<() => Promise<void>>;
  /** Puts `seq` of the head back: the relay's log is shorter than it was. */
  rewind(document: DocumentId, seq: number): Promise<void>;
  /**
   * Keeps the relay's public key the first time it is seen, or whenever `replace` is true.
   * @returns the key that is kept.
   */
  pinRelayKey(publicKey: Uint8Array, replace?: boolean): Promise<Uint8Array>;
  /** Marks rows as known to the relay. Unknown keys are ignored. */
  acknowledge(document: DocumentId, keys: readonly number[]): Promise<void>;
  /** Replaces the acknowledged rows by one with the same content, in one transaction. */
  compact(document: DocumentId): Promise<void>;
  /** Forgets the copy of a document (its recovered copies stay). */
  forget(document: DocumentId): Promise<void>;
  /**
   * Keeps a fork apart and, in the same transaction, takes its rows out of the document's copy, whose `seq` is then 0: one of them may have reached the relay.
   * @param keys - the rows of the fork; `all` when the whole copy belongs to a life of the document that is over.
   */
  recover(copy: RecoveredCopy, keys: readonly number[] | 'all'): Promise<void>;
  /** Recovered copies of one document, or of all, newest first. */
  listRecovered(document?: DocumentId): Promise<RecoveredCopy[]>;
  removeRecovered(id: string): Promise<void>;
  close(): Promise<void>;
}

/** Acknowledged rows above this number are compacted. */
export const compactAboveRows = 100;
