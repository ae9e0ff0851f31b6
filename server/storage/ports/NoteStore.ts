import type { CommunityId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { AuthorMode, Note, NoteKind } from '#shared/domain/Note.ts';
import type { Region } from '#shared/domain/regions.ts';
import type { Asker } from '#shared/permissions/permissions.ts';
import type { Trace } from './Trace.ts';
import type { Statement } from './UpdateLog.ts';

/** What a person is to a note by name, in the order in which they became it. */
export type NotePersonRole = 'author' | 'commenter' | 'reader';

/** The catalogue's part of a note, with the people that the policy asks about. */
export interface NoteRecord extends Note {
  /** By name; by its `authorMode`, the responsables of the linked community as they are now, and then those who asked and were let in. */
  readonly authors: readonly PersonId[];
  /** Invited to read and to comment. */
  readonly commenters: readonly PersonId[];
  /** Invited to read. */
  readonly readers: readonly PersonId[];
}

/** Which notes to list. Only notes that the policy of shared/permissions lets `asker` read are listed, and counted. */
export interface NoteListQuery {
  readonly asker: Asker;
  /** True: those in the trash; false: those that are not. */
  readonly trashed: boolean;
  /** Only those of one kind; default: all. */
  readonly kind?: NoteKind | undefined;
  /** Only those with this in their folded title or, of a term, in one of its forms; folded too. */
  readonly named?: string | undefined;
  /** Only templates. */
  readonly template?: true | undefined;
  /** Only those whose sheet says this region. */
  readonly region?: Region | undefined;
  /** Only those that this person is an author of, by name or as a responsable of the linked community. */
  readonly author?: PersonId | undefined;
  /** `modified` and `created`: newest first. `title`: by folded title, untitled ones last. */
  readonly sort: 'modified' | 'created' | 'title';
  readonly limit: number;
  readonly offset: number;
}

/** Whose a note is. */
export interface NoteHolder {
  readonly id: NoteId;
  /** Who alone of those who are here is an author of it, by name; null for several, for nobody, or for the responsables of a community. */
  readonly soleAuthor: PersonId | null;
  readonly community: CommunityId | null;
}

/** The notes of the catalogue: who may see and change them, and their dates. */
export interface NoteStore {
  add(note: NoteRecord): Promise<void>;
  /** What `add` writes, for the transaction that makes its document; null where this adapter shares none with the log. */
  statementsToAdd(note: NoteRecord): readonly Statement[] | null;
  get(id: NoteId): Promise<NoteRecord | null>;
  getMany(ids: readonly NoteId[]): Promise<ReadonlyMap<NoteId, NoteRecord>>;
  list(query: NoteListQuery): Promise<{ notes: readonly NoteRecord[]; total: number }>;
  /** Those that a person is an author of, by name or as a responsable of the linked community, in the trash or not; oldest first. */
  ofAuthor(person: PersonId): Promise<readonly NoteRecord[]>;
  /** How many organisations that the policy lets `asker` read are in each region, out of the trash; a region without any is absent. */
  organisationCounts(asker: Asker): Promise<ReadonlyMap<Region, number>>;
  /** Whose each note is, in the trash or not, in no order. */
  holders(): Promise<readonly NoteHolder[]>;
  /** Those linked to a community, oldest first. */
  ofCommunity(id: CommunityId): Promise<readonly NoteRecord[]>;
  /** Changes what is given, in one transaction with its trace; an unknown note is left unknown. */
  change(
    id: NoteId,
    change: Partial<
      Pick<
        Note,
        'kind' | 'visibility' | 'publishedAt' | 'trashedAt' | 'community' | 'licence' | 'lock' | 'isTemplate'
      >
    >,
    trace?: Trace,
  ): Promise<void>;
  /**
   * Says who the authors are. `community`: those by name may go on reading and commenting. `people`: the responsables of the linked community become authors by name.
   * The link may be taken away by the same act.
   */
  setAuthorMode(
    id: NoteId,
    mode: AuthorMode,
    at: number,
    trace: Trace,
    change?: Partial<
      Pick<Note, 'kind' | 'visibility' | 'publishedAt' | 'community' | 'licence' | 'isTemplate'>
    >,
  ): Promise<void>;
  /** Gives a role by name, in place of a weaker one; a stronger one stays. Who becomes an author asks no more. */
  addPerson(id: NoteId, person: PersonId, role: NotePersonRole, at: number, trace?: Trace): Promise<void>;
  /** @returns false when the person was the last author by name who is here: nobody is taken out then. */
  removeAuthor(id: NoteId, person: PersonId, trace?: Trace): Promise<boolean>;
  /** Sets a term aside for a note, for good: it is suggested for it no more; null takes that back. */
  dismissTerm(id: NoteId, term: NoteId, at: number | null): Promise<void>;
  /** Those that were set aside for a note. */
  dismissedTerms(id: NoteId): Promise<readonly NoteId[]>;
  /** Takes off somebody who was invited to read or to comment. */
  removeGuest(id: NoteId, person: PersonId, trace: Trace): Promise<void>;
}
