import { type NoteKind, noteKinds } from '#shared/domain/Note.ts';
import { isRegion, type Region } from '#shared/domain/regions.ts';

/** Which notes the library shows, as its address says. */
export interface LibraryFind {
  readonly kind?: NoteKind;
  /** Of organisations: only those of one region. */
  readonly region?: Region;
}

/** Reads an address. It may have been written by anyone: what makes no sense is left out. */
export function readLibraryFind(search: Record<string, unknown>): LibraryFind {
  const kind = noteKinds.find((one) => one === search['kind']);
  const { region } = search;
  return {
    ...(kind !== undefined && { kind }),
    ...(kind === 'organisation' && isRegion(region) && { region }),
  };
}
