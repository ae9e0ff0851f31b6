import { type NoteKind, noteKinds } from '#shared/domain/Note.ts';

/** Which notes the library shows, as its address says. */
export interface LibraryFind {
  readonly kind?: NoteKind;
}

/** Reads an address. It may have been written by anyone: what makes no sense is left out. */
export function readLibraryFind(search: Record<string, unknown>): LibraryFind {
  const kind = noteKinds.find((one) => one === search['kind']);
  return kind === undefined ? {} : { kind };
}
