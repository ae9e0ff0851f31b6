import type { BookMoment } from '#shared/api/exports.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { NoteSheet } from '#shared/document/sheet.ts';
import type { Cover } from '#shared/domain/Collection.ts';
import type { NoteLock } from '#shared/domain/lock.ts';
import type { CarnetId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { Language } from '#shared/domain/Person.ts';
import type { Licence } from '#shared/domain/Licence.ts';
import type { NoteKind } from '#shared/domain/Note.ts';
import type { EditionChanges } from './EditionChanges.ts';
import type { PageAsset } from './PdfPrinter.ts';

/** A note as it goes into a book. */
export interface BookNote {
  readonly id: NoteId;
  readonly title: string;
  readonly kind: NoteKind;
  readonly licence: Licence;
  /** Unix milliseconds; null while nobody but its authors may read it. */
  readonly publishedAt: number | null;
  /** Names of its categories in the carnet. */
  readonly categories: readonly string[];
  /** That of the carnet's first list, which makes the parts of a book; null for none. */
  readonly part: string | null;
  /** Ids of the terms that it is related to. */
  readonly terms: readonly NoteId[];
  /** Language tag: hyphenation, and the words that rendering adds. */
  readonly language: string;
  readonly body: BodyNode;
  /** Of which its kind says what is printed. */
  readonly sheet: NoteSheet;
  /** Names, in the order of the note's page. */
  readonly authors: readonly string[];
  /** Unix milliseconds of the last modification. */
  readonly modifiedAt: number;
  /** False for a damaged note, of which some may be missing: the book says so. */
  readonly isWhole: boolean;
  /** How it was adopted as it is; null for what was not. */
  readonly lock: Pick<NoteLock, 'day' | 'sentence'> | null;
}

/** An attachment's bytes. */
export interface BookAsset extends PageAsset {
  /** The name that its file had. */
  readonly name: string;
}

/** A note that the book speaks of and does not hold: only what the person may read. */
export interface OutsideNote {
  readonly title: string;
  readonly kind: NoteKind;
  /** Of a term: what it means, and its other forms. */
  readonly definition: string;
  readonly forms: readonly string[];
}

/** Where a book comes from, for its citation and its addresses. */
export interface BookPlace {
  /** Name of the site. */
  readonly site: string;
  /** `https://…` without a slash at its end; null for what nobody else can reach: a person's own computer. */
  readonly origin: string | null;
}

/** What is not in a book and would be, were it made for somebody else or earlier: counted, and nothing else is said of it. */
export interface Absent {
  /** Notes of the carnet that the person may not read. */
  readonly withheld: number;
  /** Notes that changed since the moment of the book, and whose text of then the person may not see. */
  readonly closedThen: number;
  /** Notes of that moment that do not exist any more, or cannot be read back. */
  readonly gone: number;
  /** Of an edition: titles of terms, organisations and other notes that its text leads to, of which the same is true. */
  readonly outside: number;
  /** Of an edition: pictures and files that are gone, or not for the person. */
  readonly files: number;
  /** Of an edition: people whose names may not be said any more. */
  readonly people: number;
}
export const nothingAbsent: Absent = {
  withheld: 0,
  closedThen: 0,
  gone: 0,
  outside: 0,
  files: 0,
  people: 0,
};

/** What a book says of the edition that it is of. */
export interface BookEdition {
  readonly number: number;
  readonly title: string;
  readonly remark: string | null;
  /** Unix milliseconds: when it was frozen. */
  readonly at: number;
  /** Of the whole edition, for who may read all of it. */
  readonly digest: string;
  /** False where something of it is not in this copy. */
  readonly isWhole: boolean;
}

/** What a person asked to have printed, with only what this person may read. */
export interface BookContent {
  /** Of the note or of the carnet; of notes that were chosen, always the same for the same ones. */
  readonly id: NoteId | CarnetId;
  readonly subject: BookSubject['subject'];
  readonly title: string;
  readonly description: string;
  /** Names of the authors of the whole. */
  readonly authors: readonly string[];
  /** Language tag of the carnet, or of the note where it stands alone. */
  readonly language: string;
  /** Unix milliseconds: the last change of what is in it, so that the same content makes the same book. */
  readonly date: number;
  /** In the order of the carnet; one for a note alone. */
  readonly notes: readonly BookNote[];
  /** Names of the categories of the carnet's first list, in order. */
  readonly parts: readonly string[];
  /** What is drawn over the title. */
  readonly cover: Cover;
  /** Names of those who keep the carnet. */
  readonly managers: readonly string[];
  /** Names of the communities that the carnet and its notes are linked to. */
  readonly communities: readonly string[];
  readonly absent: Absent;
  /** Null for what is no edition. */
  readonly edition: BookEdition | null;
  /** What changed since the edition before; null where that was not asked for. */
  readonly changes: EditionChanges | null;
  readonly place: BookPlace;
  /** A note outside the book, or null where the person may not see it. */
  readonly outside: (noteId: string) => OutsideNote | null;
  /** Bytes of an attachment, or null where it is gone or may not be seen. Called once for each. */
  readonly loadAttachment: (attachmentId: string, signal: AbortSignal) => Promise<BookAsset | null>;
}

/** What to print, and as of which moment; default: now. */
export type BookSubject = (
  | { readonly subject: 'note'; readonly subjectId: NoteId }
  | {
      readonly subject: 'carnet';
      readonly subjectId: CarnetId;
      /** Of an edition: whether it tells what changed since the one before. */
      readonly changes?: boolean;
    }
  | {
      /** Those that somebody chose, in their order; as they are now. */
      readonly subject: 'notes';
      readonly notes: readonly NoteId[];
      /** Of the title that is given to them. */
      readonly language: Language;
      readonly subjectId?: never;
    }
) & { readonly moment?: BookMoment };

/**
 * Gathers a book for a person.
 * @throws AppError `not_allowed` when the person may not read the subject (as it was then), or it does not exist; `invalid_request` where there was nothing yet.
 */
export type LoadBook = (
  subject: BookSubject,
  personId: PersonId,
  signal: AbortSignal,
) => Promise<BookContent>;
