import type { Cover } from '#shared/domain/Collection.ts';
import type { CommunityId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { EditionRecord } from '../../storage/ports/EditionStore.ts';
import type { NoteRecord } from '../../storage/ports/NoteStore.ts';
import type { Absent } from '../../export/BookContent.ts';
import type { History } from '../../history/History.ts';
import type { RelayContext } from '../../RelayContext.ts';

/** What gathering a book works with. */
export type BookContext = RelayContext & {
  readonly history: Pick<History, 'collections' | 'get' | 'compare'>;
};

/** What a book says of a note beside its text. */
export interface NoteFacts extends Pick<
  NoteRecord,
  'id' | 'kind' | 'licence' | 'publishedAt' | 'lock' | 'authors' | 'community'
> {
  /** Unix milliseconds of the last change that is in the book. */
  readonly modifiedAt: number;
}

/** A note that goes into a book. */
export interface ChosenNote {
  readonly facts: NoteFacts;
  /** As it was after this row; null: as it is now. */
  readonly seq: number | null;
}

/** The categories of a note, by name. */
export interface Filed {
  readonly categories: readonly string[];
  /** That of the carnet's first list. */
  readonly part: string | null;
  /** Its id, which stays when it is called otherwise. */
  readonly partId: string | null;
}

/** What a book says of its carnet. */
export interface CarnetHead {
  readonly title: string;
  readonly description: string;
  readonly language: string;
  readonly parts: readonly string[];
  readonly cover: Cover;
  readonly managers: readonly PersonId[];
  readonly community: CommunityId | null;
  /** Unix milliseconds. */
  readonly changedAt: number;
}

/** What a book is made of for one person: decided before a word of it is read. */
export interface BookPlan {
  /** Null for a note alone. */
  readonly head: CarnetHead | null;
  /** In order. */
  readonly notes: readonly ChosenNote[];
  readonly filed: ReadonlyMap<NoteId, Filed>;
  readonly absent: Absent;
  /** For an edition: what it is, and the names of then that may still be said. Null: as the catalogue says now. */
  readonly frozen: {
    readonly edition: Omit<EditionRecord, 'withdrawn'>;
    readonly names: ReadonlyMap<PersonId, string>;
  } | null;
}

/** What the catalogue says of a note. @param instant - of the book: what came after it is not said; null: now. */
export function factsOf(record: NoteRecord, modifiedAt: number, instant: number | null): NoteFacts {
  const { id, kind, licence, authors, community } = record;
  const wasThere = (at: number): boolean => instant === null || at <= instant;
  return {
    id,
    kind,
    licence,
    authors,
    community,
    publishedAt: record.publishedAt !== null && wasThere(record.publishedAt) ? record.publishedAt : null,
    lock: record.lock !== null && wasThere(record.lock.at) ? record.lock : null,
    modifiedAt,
  };
}
