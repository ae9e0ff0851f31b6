import type { CollectionId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { ArchivePlan } from '../../import/archive/ArchivePlan.ts';
import type { JournalRows } from '../../import/archive/readJournal.ts';
import type { DestroyingContext } from '../destroyDocument.ts';
import type { ArchiveContext } from './ArchiveContext.ts';
import type { ArchivedPeople } from './archivedPeople.ts';

/** What is made of an archive, for whom, and how. */
export interface ArchiveMaking {
  readonly person: PersonId;
  readonly plan: ArchivePlan;
  readonly rowsOf: (file: string, signal: AbortSignal) => Promise<JournalRows | null>;
  /** Whether what comes is as open again as it was, as far as the person may open it, and those who are here have their roles on it again. */
  readonly asBefore: boolean;
  /** Aborted: it stops, and nothing stays. */
  readonly signal: AbortSignal;
  /** Share done, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/** What making it needs. */
export type MakingContext = ArchiveContext & DestroyingContext;

/** Of what comes, the ids under which it comes, and its people. */
export interface Ways {
  readonly ids: ReadonlyMap<NoteId, NoteId>;
  readonly places: ReadonlyMap<CollectionId, CollectionId>;
  readonly people: ArchivedPeople;
}
