import type { Logger } from 'pino';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import type { Checkpointer } from '../log/Checkpointer.ts';
import type { GroupCommit } from '../log/GroupCommit.ts';
import type { ReadableDocument } from '../log/loadReadable.ts';
import type { SignedHeads } from '../log/SignedHeads.ts';
import type { Meter } from '../metrics/Meter.ts';
import type { UpdateLog } from '../storage/ports/UpdateLog.ts';
import type { LargeUpdates } from './update/LargeUpdates.ts';
import type { WhoIsWho } from './ClientOwners.ts';
import type { RelayLimits } from './RelayLimits.ts';

/** What all rooms share. */
export interface RoomContext {
  readonly log: UpdateLog;
  /** What a document is opened from, as far as it can be read. @see loadReadable */
  load(document: DocumentId): Promise<ReadableDocument | null>;
  readonly commits: GroupCommit;
  readonly checkpoints: Checkpointer;
  readonly largeUpdates: LargeUpdates;
  readonly limits: RelayLimits;
  readonly logger: Logger;
  readonly meter: Meter;
  readonly storage: StorageHealth;
  /** The names of people, as who may see the history is told them; who is unknown is absent. */
  namesOf(people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, string>>;
  readonly whoIsWho: WhoIsWho | undefined;
  /** The relay's signed word about its logs. */
  readonly heads: SignedHeads;
  appended(event: { document: DocumentId; seq: number; person: PersonId | null }): void;
  /** Nobody is in the room and nothing of it is on its way. */
  emptied(room: { readonly document: DocumentId; readonly isOver: boolean }): void;
}

/** Whether commits succeed. After a failure, writes are refused at once until it is time to try again. */
export interface StorageHealth {
  isFailing(): boolean;
  failed(): void;
  succeeded(): void;
}
