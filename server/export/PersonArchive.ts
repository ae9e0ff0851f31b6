import type { Language } from '#shared/domain/Person.ts';
import type { PersonId } from '#shared/domain/ids.ts';

/** One file of what is kept of a person. */
export interface ArchivePart {
  /** Its path in the archive, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Unix milliseconds. */
  readonly changedAt: number;
  /** False for bytes that do not become smaller. */
  readonly packs: boolean;
  /** How much of the whole there is with it, from 0 to 1. */
  readonly progress: number;
}

/** All that the relay keeps of a person, in a form that people and programs read. */
export interface PersonArchive {
  /** Without its ending. */
  readonly name: string;
  readonly parts: AsyncIterable<ArchivePart>;
}

/** Gathers what is kept of a person: nothing of others beyond what this person may see. */
export type LoadPerson = (
  personId: PersonId,
  language: Language,
  signal: AbortSignal,
) => Promise<PersonArchive>;
