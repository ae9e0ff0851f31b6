import type { QuotedPassage } from '#shared/document/compare/quotedPassages.ts';
import type { NoteId } from '#shared/domain/ids.ts';

/** Words that somebody added to a text, and took out of it. Both 0: what they did changed no word. */
export interface AuthorChanges {
  /** Null: nobody is known, or their name may not be said any more. */
  readonly name: string | null;
  readonly added: number;
  readonly removed: number;
}

/** What somebody changed in one note. */
export interface NoteAuthorChanges extends AuthorChanges {
  /** Of a note that stayed, what they changed where, in reading order; none of one that came, all of which is theirs. */
  readonly passages: readonly QuotedPassage[];
  /** How many more there are. */
  readonly morePassages: number;
}

/** What became of a note between two editions. */
export interface NoteChange {
  readonly id: NoteId;
  /** As the later edition has it; of one that went, as the earlier one had it. */
  readonly title: string;
  readonly place: 'came' | 'went' | 'stayed';
  /** Of one that stayed, where the book has it elsewhere: the parts of then and of now; null for none. */
  readonly moved: { readonly from: string | null; readonly to: string | null } | null;
  /** `wentBack`: the later edition holds it at an earlier version. Of one that came or went: `same`. */
  readonly text: 'same' | 'changed' | 'wentBack';
  /** Where that is another. */
  readonly titleBefore: string | null;
  /** Who changed it, or wrote what came, who did most first; null where that is not for the person. */
  readonly authors: readonly NoteAuthorChanges[] | null;
}

/** What changed between two editions of a carnet, as far as one person is told of it. */
export interface EditionChanges {
  /** The earlier edition. `at`: Unix milliseconds. */
  readonly from: { readonly number: number; readonly title: string; readonly at: number };
  /** Those of which there is something to tell: in the order of the book, then those that went. */
  readonly notes: readonly NoteChange[];
  /** Over all notes, who did most first. */
  readonly authors: readonly (AuthorChanges & { readonly notes: number })[];
  /** Whether one of the editions holds notes of which the person is told nothing. */
  readonly isPartial: boolean;
}
