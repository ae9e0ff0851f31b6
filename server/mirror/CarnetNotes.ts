import { readEntries } from '#shared/document/fields.ts';
import type { DocumentId, NoteId } from '#shared/domain/ids.ts';
import type { MirrorReason } from '#shared/domain/MirrorState.ts';
import type { MirrorRecord } from '../storage/ports/MirrorStore.ts';

interface Parts {
  /** What a carnet holds, by its copy; null where there is none. */
  readonly notesIn: (carnet: DocumentId) => Promise<readonly NoteId[] | null>;
  readonly records: () => readonly MirrorRecord[];
  /** Keeps a note for its carnet. What may not be read is passed over. */
  readonly keep: (note: NoteId, relay: MirrorRecord['relay'], reason: MirrorReason) => Promise<unknown>;
  readonly drop: (note: DocumentId) => Promise<void>;
}

/** A carnet that is kept for its own sake, « disponible hors ligne », keeps the notes that it holds, as long as it holds them. */
export class CarnetNotes {
  private readonly parts: Parts;
  private turn: Promise<void> = Promise.resolve();

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** What carnets hold may have changed, or which are kept. Resolves when the notes follow. */
  follow(): Promise<void> {
    this.turn = this.turn.then(() => this.bringUp());
    return this.turn;
  }

  private async bringUp(): Promise<void> {
    const { notesIn, records, keep, drop } = this.parts;
    const wanted = new Set<DocumentId>();
    let isSure = true;
    for (const { document, kind, reason, relay } of records()) {
      if (kind !== 'carnet' || reason !== 'pinned') continue;
      const notes = await notesIn(document);
      if (notes === null) isSure = false;
      for (const note of notes ?? []) {
        wanted.add(note);
        // Out of reach, or not for this person: it is asked for with the next change.
        await keep(note, relay, 'carnet').catch(() => null);
      }
    }
    if (!isSure) return;
    for (const { document, kind, reason } of records())
      if (kind === 'note' && reason === 'carnet' && !wanted.has(document))
        await drop(document).catch(() => null);
  }
}

/** The notes that a carnet's document names. */
export const notesOf = (doc: Parameters<typeof readEntries>[0]): NoteId[] =>
  readEntries(doc).map(({ memberId }) => memberId as NoteId);
