import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { packUpdates } from '../storage/packedUpdates.ts';
import type { LoadedDocument, UpdateLog } from '../storage/ports/UpdateLog.ts';
import type { Rebuilder } from './Rebuilder.ts';

/** A document as it can be shown. */
export interface ReadableDocument extends LoadedDocument {
  /** The row before the first that is lost, where some are: nobody is told to have more. Null: everything is here. */
  readonly wholeTo: number | null;
}

/**
 * Reads what a document is opened from. Where a row of it is damaged, what the sound ones give stands for it, as one state and set aside: nothing is written in
 * it, and the log stays as it is.
 * @returns null for an unknown document.
 */
export async function loadReadable(
  log: UpdateLog,
  rebuilder: Rebuilder,
  document: DocumentId,
): Promise<ReadableDocument | null> {
  try {
    const loaded = await log.load(document);
    return loaded === null ? null : { ...loaded, wholeTo: null };
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'document_damaged')) throw error;
  }
  const sound = await log.loadSound(document);
  if (sound === null) return null;
  const { head, checkpoint, rows, bindings, firstLost } = sound;
  const after = rows.map((row) => row.bytes);
  const state = await rebuilder.soundState(
    packUpdates(checkpoint === null ? after : [checkpoint.bytes, ...after]),
  );
  return {
    head: { ...head, readOnly: 'damaged' },
    checkpoint: { document, seq: head.seq, ...state },
    rows: [],
    bindings,
    wholeTo: (firstLost ?? head.seq + 1) - 1,
  };
}

/** What a document is made of, in order. */
export function updatesOf({ checkpoint, rows }: LoadedDocument): Uint8Array[] {
  const after = rows.map((row) => row.bytes);
  return checkpoint === null ? after : [checkpoint.bytes, ...after];
}
