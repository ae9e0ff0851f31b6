import type { Epoch, NoteId, PersonId } from '#shared/domain/ids.ts';

/** How far somebody read a note. */
export interface ReadMark {
  readonly note: NoteId;
  /** Of the note, when it was read: a row of another epoch is another row. */
  readonly epoch: Epoch;
  /** The last row that they saw; 0 for a note without any. */
  readonly seq: number;
  /** When they last read it, Unix milliseconds. */
  readonly at: number;
}

/** Where each person left each note. Theirs alone: nobody else is told. */
export interface ReadMarkStore {
  /** Null for who never read it. */
  get(person: PersonId, note: NoteId): Promise<ReadMark | null>;
  /** Within an epoch a mark never goes back. */
  set(person: PersonId, mark: ReadMark): Promise<void>;
  /** All of somebody's, the last read first. */
  of(person: PersonId): Promise<readonly ReadMark[]>;
}
