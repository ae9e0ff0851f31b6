import type { PersonId } from '#shared/domain/ids.ts';
import type { RegisterAct, RegisterEntry, RegisterKind } from '#shared/domain/Register.ts';

/** An entry with its place: 1 for the first, more for each after it. */
export interface NumberedEntry extends RegisterEntry {
  readonly number: number;
}

/** Which entries; what is absent narrows nothing. */
export interface RegisterQuery {
  /** Who did it, or whose right it is about; also under the id of a guest who they were. */
  readonly person?: PersonId | undefined;
  readonly act?: RegisterAct | undefined;
  readonly kind?: RegisterKind | undefined;
  /** Unix milliseconds, included. */
  readonly from?: number | undefined;
  /** Unix milliseconds, excluded. */
  readonly until?: number | undefined;
}

/** The one register of a relay: who came in, and whose rights changed. Entries are added and never changed; those of a change are added in its transaction, by its store. */
export interface Register {
  add(entry: RegisterEntry): Promise<void>;
  /** About one note, carnet, base, community or invitation; oldest first. */
  about(subjectId: string): Promise<readonly RegisterEntry[]>;
  /** What somebody did, and what was done to them, also as a guest who became one with them; oldest first. */
  of(person: PersonId): Promise<readonly RegisterEntry[]>;
  /**
   * Newest first.
   * @param before - the number of the last entry of the page before; null for the first page.
   */
  page(query: RegisterQuery, before: number | null, limit: number): Promise<readonly NumberedEntry[]>;
}
