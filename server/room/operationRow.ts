import { randomBytes, randomInt } from 'node:crypto';
import * as Y from 'yjs';
import { type DocumentId, type Epoch, idFromBytes } from '#shared/domain/ids.ts';
import type { NewRow } from '../storage/ports/UpdateLog.ts';
import type { Act } from './Documents.ts';

/** Runs a change in one transaction. @returns the update, or null when nothing changed. */
export function changeIn(doc: Y.Doc, change: (doc: Y.Doc) => void): Uint8Array | null {
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  doc.transact(() => {
    change(doc);
  });
  return updates.length === 0 ? null : Y.mergeUpdates(updates);
}

/** For a document that begins, or begins another life. */
export const freshEpoch = (): Epoch => idFromBytes<Epoch>(randomBytes(16));

/** A Yjs client id that nobody has in the document. */
export function freshClientId(isTaken: (id: number) => boolean): number {
  for (;;) {
    const id = randomInt(1, 2 ** 32);
    if (!isTaken(id)) return id;
  }
}

/** What an operation wrote, as a row of the log. @param clients - whose ids its structs have. */
export function operationRow(
  document: DocumentId,
  act: Act,
  bytes: Uint8Array,
  clients: readonly number[],
): NewRow {
  return {
    document,
    time: Date.now(),
    person: act.person,
    device: null,
    deviceTime: act.madeAt ?? null,
    via: 'operation',
    operation: act.operation,
    bytes,
    clients,
  };
}
