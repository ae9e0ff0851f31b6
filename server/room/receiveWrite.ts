import { closeCodes } from '#shared/protocol/closeCodes.ts';
import { encodeStep1 } from '#shared/protocol/encodeMessage.ts';
import type { Connection } from '../ws/Connection.ts';
import { frameUpdate } from '../ws/frame.ts';
import { mayWrite, type Member } from './Member.ts';
import type { RoomFace } from './RoomFace.ts';
import type { AcceptedRow } from './RoomContent.ts';
import type { News } from './update/DocumentState.ts';
import { InvalidContentError } from './update/InvalidContentError.ts';
import { MissingStructsError, parseUpdate } from './update/parseUpdate.ts';
import { trimUpdate } from './update/trimUpdate.ts';

const resyncWindowMs = 10_000;
const maxResyncs = 3;

/** How an update came. */
export interface Arrival extends Pick<AcceptedRow['row'], 'via' | 'deviceTime'> {
  /** What it counts against the rate of write frames. */
  readonly cost: number;
}

const live: Arrival = { via: 'socket', deviceTime: null, cost: 1 };

/**
 * A sync step 2 or an update from a member. In this order: size, grammar, what is missing, what is known already, rights, ownership; then it is stored,
 * acknowledged and shown to the others.
 * @returns false when it was not kept: it builds on something that is missing here, and was asked for.
 * @throws MalformedError
 */
export function receiveWrite(
  room: RoomFace,
  connection: Connection,
  member: Member,
  kind: 'step2' | 'update',
  bytes: Uint8Array,
  arrival = live,
): boolean {
  const { limits, logger, storage } = room.context;
  const { content } = room;
  const size = bytes.length;
  const index = connection.receiveWrite(size, arrival.cost);
  // A step 2 says everything that the client has: what was held back for want of a predecessor is in it.
  const held = kind === 'step2' ? connection.takeHeld() : [];
  const settle = (): void => {
    for (const one of held) connection.settle(one, 0);
    connection.settle(index, size);
  };
  const refuse = (code: Parameters<Connection['refuse']>[2], reason: string): void => {
    logger.warn(
      { document: room.document, person: connection.session.person?.id, code, reason },
      'write refused',
    );
    for (const one of held) connection.settle(one, 0);
    connection.refuse(index, size, code, reason);
  };

  if (size > limits.maxUpdateBytes) {
    refuse(closeCodes.tooLarge, 'too_large');
    return true;
  }
  let parsed;
  let news: News | null;
  try {
    parsed = parseUpdate(bytes, limits);
    news = content.state.compare(parsed);
  } catch (error) {
    if (error instanceof MissingStructsError) {
      resync(room, connection, member, index, size, held);
      return false;
    }
    if (!(error instanceof InvalidContentError)) throw error;
    refuse(closeCodes.invalidContent, 'invalid_content');
    return true;
  }
  if (news === null) {
    resync(room, connection, member, index, size, held);
    return false;
  }
  if (news.structs.length === 0 && news.deletes.length === 0) {
    // Known already, perhaps from a row that is not on the disk yet.
    room.whenStored(settle);
    return true;
  }
  if (!mayWrite(member.role)) {
    refuse(closeCodes.notAllowed, 'not_allowed');
    return true;
  }
  if (content.readOnly !== null) {
    refuse(closeCodes.invalidContent, 'document_damaged');
    return true;
  }
  const owner = { person: connection.session.person?.id ?? null, device: connection.session.device };
  for (const { client } of news.structs) {
    const whose = content.owners.whose(client, owner);
    if (whose === 'otherPerson') {
      refuse(closeCodes.notAllowed, 'client_id_of_another');
      return true;
    }
    if (whose === 'otherDevice') {
      connection.close(closeCodes.clientIdTaken, 'client_id_taken');
      return true;
    }
  }
  if (content.bytes + size > limits.maxDocumentBytes) {
    refuse(closeCodes.invalidContent, 'document_too_large');
    return true;
  }
  if (storage.isFailing()) {
    connection.close(closeCodes.storage, 'storage_failed');
    return true;
  }
  room.store(
    accepted(room, owner, trimUpdate(bytes, parsed, news), news, arrival, parsed.isPlain),
    connection,
    settle,
  );
  return true;
}

function accepted(
  room: RoomFace,
  owner: Pick<AcceptedRow['row'], 'person' | 'device'>,
  update: Uint8Array,
  news: News,
  { via, deviceTime }: Arrival,
  isPlain: boolean,
): AcceptedRow {
  const { frame, bytes } = frameUpdate(update);
  return {
    row: {
      document: room.document,
      time: Date.now(),
      ...owner,
      deviceTime,
      via,
      operation: null,
      bytes,
      clients: room.content.owners.toStore(news.structs),
    },
    news,
    frame,
    isPlain,
  };
}

/** The update builds on something that the relay does not have: it is not kept, and the client is asked for everything that is missing. */
function resync(
  room: RoomFace,
  connection: Connection,
  member: Member,
  index: number,
  size: number,
  held: readonly number[],
): void {
  for (const one of held) connection.hold(one, 0);
  connection.hold(index, size);
  const now = Date.now();
  member.resyncs = member.resyncs.filter((time) => now - time < resyncWindowMs);
  member.resyncs.push(now);
  if (member.resyncs.length >= maxResyncs) connection.close(closeCodes.resync, 'resync');
  else connection.send(encodeStep1(room.content.stateVector));
}
