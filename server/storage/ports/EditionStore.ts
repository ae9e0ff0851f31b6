import type { BookOptions } from '#shared/api/exports.ts';
import type { Cover } from '#shared/domain/Collection.ts';
import type { CarnetId, CommunityId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { NoteKind } from '#shared/domain/Note.ts';
import type { NoteRecord } from './NoteStore.ts';
import type { Trace } from './Trace.ts';

/** What the catalogue said of a note when it was frozen. */
export interface FrozenNote extends Pick<
  NoteRecord,
  'kind' | 'licence' | 'publishedAt' | 'lock' | 'authors' | 'community'
> {
  /** Its text is that of after this row. */
  readonly seq: number;
  /** Unix milliseconds of that row. */
  readonly modifiedAt: number;
  /** Whether who froze it published its text of then: who may read the note reads it, though it changes. */
  readonly isOpen: boolean;
}

/** What a book of an edition says that no document says. Of titles and texts it holds none: these are read from the log. */
export interface FrozenFacts {
  /** Name of the site, and its address; null for what nobody else can reach. */
  readonly place: { readonly site: string; readonly origin: string | null };
  readonly cover: Cover;
  readonly managers: readonly PersonId[];
  readonly community: CommunityId | null;
  /** Unix milliseconds of the carnet's last change. */
  readonly changedAt: number;
  /** One that is destroyed is taken out. */
  readonly notes: Readonly<Record<NoteId, FrozenNote>>;
  /** How many there were in `notes`, and how many the carnet held that are in no book of the edition. */
  readonly count: number;
  readonly withheld: number;
  /** What its texts lead to beside: terms, organisations, notes elsewhere. */
  readonly outside: Readonly<Record<NoteId, { readonly seq: number; readonly kind: NoteKind }>>;
  /** Names of then. Who has no account any more is taken out. */
  readonly names: Readonly<Record<PersonId, string>>;
  readonly communities: Readonly<Record<CommunityId, string>>;
}

/** A carnet as it was frozen once. */
export interface EditionRecord {
  readonly carnet: CarnetId;
  /** 1 for the first; never given twice. */
  readonly number: number;
  readonly title: string;
  readonly remark: string | null;
  readonly by: PersonId;
  /** Unix milliseconds. */
  readonly at: number;
  /** The carnet is as after this row of its log. */
  readonly seq: number;
  /** Of what the whole book says. @see editionDigest */
  readonly digest: string;
  /** How it was made into a book. */
  readonly options: BookOptions;
  readonly facts: FrozenFacts;
  /** Who withdrew it; null while it stands. */
  readonly withdrawn: { readonly by: PersonId; readonly at: number } | null;
}

/** The editions of carnets. They go with their carnet. */
export interface EditionStore {
  /** Adds one, with the next number, in one transaction with its trace, in whose lines `value` becomes that number. @returns the number. */
  add(edition: Omit<EditionRecord, 'number' | 'withdrawn'>, trace: Trace): Promise<number>;
  get(carnet: CarnetId, number: number): Promise<EditionRecord | null>;
  /** Newest first. */
  list(carnet: CarnetId): Promise<readonly EditionRecord[]>;
  /** Withdraws one, or (null) puts it back. @returns false where it is so already, or there is none: nothing is written then. */
  withdraw(
    carnet: CarnetId,
    number: number,
    withdrawn: EditionRecord['withdrawn'],
    trace: Trace,
  ): Promise<boolean>;
  /** Takes the name of somebody who has no account any more out of all editions. */
  forgetPerson(person: PersonId): Promise<void>;
}
