import { z } from 'zod';
import type { NoteId } from '#shared/domain/ids.ts';

/** Reading first; editing is a deliberate act. */
export type NoteMode = 'reading' | 'editing';

const storageKey = 'calepin.editing';
/** Notes last left in editing that are remembered, the newest last. */
const maxRemembered = 200;
const storedSchema = z.array(z.string()).catch([]);

function readIds(): string[] {
  try {
    return storedSchema.parse(JSON.parse(localStorage.getItem(storageKey) ?? '[]'));
  } catch {
    return [];
  }
}

/** How a note opens on this device: in editing when it is new or was last left so. */
export function rememberedMode(noteId: NoteId): NoteMode {
  return readIds().includes(noteId) ? 'editing' : 'reading';
}

/** Remembers on this device how the note was left. */
export function rememberMode(noteId: NoteId, mode: NoteMode): void {
  const ids = readIds().filter((id) => id !== noteId);
  if (mode === 'editing') ids.push(noteId);
  try {
    localStorage.setItem(storageKey, JSON.stringify(ids.slice(-maxRemembered)));
  } catch {
    // Then every note opens in reading.
  }
}
