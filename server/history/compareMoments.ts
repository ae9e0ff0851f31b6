import * as Y from 'yjs';
import { compareNotes, type NoteComparison } from '#shared/document/compare/compareNotes.ts';
import { readTracedNote } from '#shared/document/compare/readTracedNote.ts';
import type { ClientBinding } from '../storage/ports/UpdateLog.ts';
import { type AttributedRow, LogAttribution } from './LogAttribution.ts';

/** Everything that a comparison reads; sent to a worker as it is. */
export interface ComparisonJob {
  /** Every row of the document up to the later moment, in order. */
  readonly rows: readonly AttributedRow[];
  readonly bindings: readonly ClientBinding[];
  /** The last row of the earlier moment. */
  readonly fromSeq: number;
}

/** Rebuilds a note at two moments and compares them, each change with who made it. */
export function compareMoments({ rows, bindings, fromSeq }: ComparisonJob): NoteComparison {
  const doc = new Y.Doc({ gc: false });
  const apply = (some: readonly AttributedRow[]): void => {
    doc.transact(() => {
      for (const { bytes } of some) Y.applyUpdate(doc, bytes);
    });
  };
  apply(rows.filter((row) => row.seq <= fromSeq));
  const before = readTracedNote(doc);
  apply(rows.filter((row) => row.seq > fromSeq));
  const after = readTracedNote(doc);
  const comparison = compareNotes(before, after, new LogAttribution(rows, bindings, doc));
  doc.destroy();
  return comparison;
}
