import type { NoteId } from './ids.ts';

/** What a person says of themself on their page. No address is part of it. */
export interface Profile {
  /** Where they work or act, in their own words; empty for nothing. */
  readonly organisation: string;
  /** The note of an organisation, in the place of words. */
  readonly organisationNote: NoteId | null;
  /** A few sentences; empty for nothing. */
  readonly presentation: string;
}

export const emptyProfile: Profile = { organisation: '', organisationNote: null, presentation: '' };
