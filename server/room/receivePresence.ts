import { closeCodes } from '#shared/protocol/closeCodes.ts';
import { limits as wireLimits } from '#shared/protocol/messages.ts';
import { type PresenceEntry, readAwareness } from '#shared/protocol/readClientFrame.ts';
import type { Connection } from '../ws/Connection.ts';
import type { Member } from './Member.ts';
import type { RoomFace } from './RoomFace.ts';

/**
 * A presence message from a member. Only its own entry counts; what it repeats of others is passed over. A visitor without a name is not shown.
 * @throws MalformedError
 */
export function receivePresence(
  room: RoomFace,
  connection: Connection,
  member: Member,
  update: Uint8Array,
): void {
  if (update.length > wireLimits.maxListBytes) {
    connection.close(closeCodes.tooLarge, 'too_large');
    return;
  }
  const entries = readAwareness(update);
  if (connection.session.person === null) return;
  for (const entry of entries) {
    const own = room.presence.clientOf(connection);
    if (own === entry.client && member.latePresence !== null) member.latePresence.entry = entry;
    else if (own === entry.client && !connection.receivePresence()) delay(room, connection, member, entry);
    else take(room, connection, own, entry, entries.length === 1);
    if (connection.closed) return;
  }
}

/** Too many in a second: the newest of those that come meanwhile is taken then. */
function delay(room: RoomFace, connection: Connection, member: Member, entry: PresenceEntry): void {
  const timer = setTimeout(() => {
    const late = member.latePresence;
    member.latePresence = null;
    if (late !== null && !connection.closed) take(room, connection, late.entry.client, late.entry, false);
  }, 1000 / room.context.limits.presencePerSecond);
  member.latePresence = { entry, timer };
}

function take(
  room: RoomFace,
  connection: Connection,
  own: number | null,
  entry: PresenceEntry,
  alone: boolean,
): void {
  const { presence, content, context } = room;
  const claimed = own ?? claim(room, connection, entry, alone);
  if (claimed === null) return;
  const outcome = presence.accept(connection, claimed, entry, context.limits.maxAwarenessBytes);
  switch (outcome.kind) {
    case 'accepted':
      content.owners.bind(entry.client, ownerOf(connection), false);
      // A caret stands beside text that may be on its way to the disk: it is shown after it, and leaves in the same write.
      room.whenStored(() => {
        room.showPresence(outcome.entry, connection);
      });
      return;
    case 'repeated':
      return;
    case 'forged':
      context.logger.warn(
        { document: room.document, person: connection.session.person?.id },
        'forged presence',
      );
      connection.close(closeCodes.notAllowed, 'presence_of_another');
      return;
    case 'tooLarge':
      connection.close(closeCodes.tooLarge, 'too_large');
      return;
    case 'malformed':
      connection.close(closeCodes.malformed, 'malformed');
  }
}

/**
 * The client id of a connection that is not present yet: the first that it names and that may be its own.
 * @returns null for somebody else's presence that it repeats; an id that somebody else has, and that it claims, ends the connection.
 */
function claim(room: RoomFace, connection: Connection, entry: PresenceEntry, alone: boolean): number | null {
  if (entry.state === 'null') return null;
  const whose = room.content.owners.whose(entry.client, ownerOf(connection));
  if (whose === 'free' || whose === 'own') {
    return room.presence.repeats(connection, entry) ? null : entry.client;
  }
  if (alone && !room.presence.repeats(connection, entry)) {
    connection.close(closeCodes.clientIdTaken, 'client_id_taken');
  }
  return null;
}

function ownerOf({ session }: Connection) {
  return { person: session.person?.id ?? null, device: session.device };
}
