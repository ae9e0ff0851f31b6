import type { CarnetId, NoteId, PersonId } from '#shared/domain/ids.ts';

/** A moment of a note that somebody who sees its history lets a carnet show to whoever may read the note. */
export interface PublishedRow {
  readonly carnet: CarnetId;
  readonly note: NoteId;
  readonly seq: number;
  readonly by: PersonId;
  /** Unix milliseconds. */
  readonly at: number;
}

/** Which moments of notes carnets may show. They go with the carnet, and with the note. */
export interface PublishedRowStore {
  /** One that is known stays as it is. */
  add(row: PublishedRow): Promise<void>;
  /** Of a carnet, by note. */
  of(carnet: CarnetId): Promise<ReadonlyMap<NoteId, ReadonlySet<number>>>;
}
