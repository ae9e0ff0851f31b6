import type { DocumentId } from '#shared/domain/ids.ts';
import type { PresenceEntry } from '#shared/protocol/readClientFrame.ts';
import type { Connection } from '../ws/Connection.ts';
import type { Broadcast } from './Broadcast.ts';
import type { Presence } from './Presence.ts';
import type { AcceptedRow, RoomContent } from './RoomContent.ts';
import type { RoomContext } from './RoomContext.ts';

/** What the handlers of a room's messages see of it. @see Room */
export interface RoomFace {
  readonly document: DocumentId;
  readonly context: RoomContext;
  readonly content: RoomContent;
  readonly presence: Presence;
  /** Everyone who is present, also at the document's home. */
  readonly present: readonly PresenceEntry[];
  readonly broadcast: Broadcast;
  receive(connection: Connection, bytes: Uint8Array): void;
  store(row: AcceptedRow, author: Connection | null, done: (seq: number) => void): void;
  /** Shows everyone else who is present, or left. */
  showPresence(entry: PresenceEntry, author: Connection | null): void;
  whenStored(run: () => void): void;
}
