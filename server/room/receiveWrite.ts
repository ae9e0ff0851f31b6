import type { PersonId } from '#shared/domain/ids.ts';
import { closeCodes, type CloseCode } from '#shared/protocol/closeCodes.ts';
import { encodeStep1 } from '#shared/protocol/encodeMessage.ts';
import { MalformedError } from '#shared/protocol/StrictReader.ts';
import type { Connection } from '../ws/Connection.ts';
import { frameUpdate } from '../ws/frame.ts';
import { mayWrite, type Member } from './Member.ts';
import type { RoomFace } from './RoomFace.ts';
import type { AcceptedRow } from './RoomContent.ts';
import type { News } from './update/DocumentState.ts';
import { InvalidContentError } from './update/InvalidContentError.ts';
import { MissingStructsError, type ParsedUpdate, parseUpdate } from './update/parseUpdate.ts';
import { trimUpdate } from './update/trimUpdate.ts';

const resyncWindowMs = 10_000;
const maxResyncs = 3;

/** How an update came. */
export interface Arrival extends Pick<AcceptedRow['row'], 'via' | 'deviceTime'> {
  /** What it counts against the rate of write frames. */
  readonly cost: number;
  /** Whose it is, where whoever speaks states another; null: theirs. */
  readonly author: PersonId | null;
}

const live: Arrival = { via: 'socket', deviceTime: null, cost: 1, author: null };

/** A write frame whose fate is being decided. */
interface Write {
  readonly room: RoomFace;
  readonly connection: Connection;
  readonly member: Member;
  readonly bytes: Uint8Array;
  readonly arrival: Arrival;
  /** Its number on the connection. */
  readonly index: number;
  /** The frames that it repeats: held back for want of a predecessor, they are settled with it. */
  readonly held: readonly number[];
}

/**
 * A sync step 2 or an update from a member. In this order: size, grammar, what is missing, what is known already, rights, ownership; then it is stored,
 * acknowledged and shown to the others. A large one is read in a worker, and the member's later frames wait for it.
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
  const { limits } = room.context;
  const index = connection.receiveWrite(bytes.length, arrival.cost);
  // A step 2 says everything that the client has: what was held back for want of a predecessor is in it.
  const held = kind === 'step2' ? connection.takeHeld() : [];
  const write: Write = { room, connection, member, bytes, arrival, index, held };
  if (bytes.length > limits.maxUpdateBytes) {
    refuse(write, closeCodes.tooLarge, 'too_large');
    return true;
  }
  if (bytes.length > limits.inlineUpdateBytes) {
    void receiveLarge(write);
    return true;
  }
  try {
    const parsed = parseUpdate(bytes, limits);
    const news = check(write, parsed);
    if (typeof news === 'boolean') return news;
    keep(write, parsed, news, trimUpdate(bytes, parsed, news));
    return true;
  } catch (error) {
    return fail(write, error);
  }
}

/** Reads a large update in the worker. What the document holds may change meanwhile: what is new is looked at again. */
async function receiveLarge(write: Write): Promise<void> {
  const { room, connection, member, bytes } = write;
  const { largeUpdates, limits, logger } = room.context;
  const queue: Uint8Array[] = [];
  member.queue = queue;
  connection.holdReading();
  try {
    const parsed = await largeUpdates.parse(bytes, limits);
    let news = connection.closed || check(write, parsed);
    while (typeof news !== 'boolean') {
      if (news.whole) {
        // Nothing was waited for since: it is as it was found. Comparing a million deletions once more would take a tenth of a second.
        keep(write, parsed, news, bytes);
        break;
      }
      const trimmed = await largeUpdates.trim(bytes, news);
      const again = connection.closed || check(write, parsed);
      if (typeof again !== 'boolean' && isSame(news, again)) {
        keep(write, parsed, again, trimmed);
        break;
      }
      news = again;
    }
  } catch (error) {
    try {
      fail(write, error);
    } catch {
      if (!(error instanceof MalformedError)) {
        logger.error({ err: error, document: room.document }, 'a frame could not be handled');
      }
      connection.close(closeCodes.malformed, 'malformed');
    }
  } finally {
    member.queue = null;
    connection.releaseReading();
    for (const frame of queue) room.receive(connection, frame);
  }
}

function isEqual(one: ArrayLike<number>, other: ArrayLike<number>): boolean {
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return one.length === other.length;
}

const isSame = (one: News, other: News): boolean =>
  one.whole === other.whole &&
  one.structs.length === other.structs.length &&
  one.structs.every((struct, at) => struct.from === other.structs[at]?.from) &&
  isEqual(one.deletes, other.deletes);

/** @returns what is new and may be stored; or, when its fate is decided, what `receiveWrite` returns. */
function check(write: Write, parsed: ParsedUpdate): News | boolean {
  const { room, connection, member, bytes } = write;
  const { limits, storage } = room.context;
  const { content } = room;
  const news = content.state.compare(parsed);
  if (news === null) {
    resync(write);
    return false;
  }
  if (news.structs.length === 0 && news.deletes.length === 0) {
    // Known already, perhaps from a row that is not on the disk yet.
    room.whenStored(() => {
      settle(write);
    });
    return true;
  }
  if (!mayWrite(member.role)) {
    refuse(write, closeCodes.notAllowed, member.role === 'keeper' ? 'locked' : 'not_allowed');
    return true;
  }
  if (content.readOnly !== null) {
    refuse(write, closeCodes.invalidContent, 'document_damaged');
    return true;
  }
  const { author } = write.arrival;
  // Also for one that was allowed when the rows before it came: whoever it is may have been confirmed since.
  const speaker = connection.session.person?.id;
  if (author !== null && !(speaker && room.context.whoIsWho?.mayState(speaker, author))) {
    refuse(write, closeCodes.notAllowed, 'not_allowed');
    return true;
  }
  const owner = ownerOf(write);
  for (const { client } of news.structs) {
    const whose = content.owners.whose(client, owner);
    if (whose === 'otherPerson') {
      refuse(write, closeCodes.notAllowed, 'client_id_of_another');
      return true;
    }
    if (whose === 'otherDevice') {
      connection.close(closeCodes.clientIdTaken, 'client_id_taken');
      return true;
    }
  }
  if (content.bytes + bytes.length > limits.maxDocumentBytes) {
    refuse(write, closeCodes.invalidContent, 'document_too_large');
    return true;
  }
  if (storage.isFailing()) {
    connection.close(closeCodes.storage, 'storage_failed');
    return true;
  }
  return news;
}

/** It could not be read, or not be taken as it is. @throws what no client is to blame for, and MalformedError */
function fail(write: Write, error: unknown): boolean {
  if (error instanceof MissingStructsError) {
    resync(write);
    return false;
  }
  if (!(error instanceof InvalidContentError)) throw error;
  refuse(write, closeCodes.invalidContent, 'invalid_content');
  return true;
}

function settle({ room, connection, index, bytes, held }: Write): void {
  for (const one of held) connection.settle(one, 0);
  connection.settle(index, bytes.length);
  for (const one of [...held, index]) room.content.upstream?.frame(connection, one);
}

function refuse({ room, connection, index, bytes, held }: Write, code: CloseCode, reason: string): void {
  room.context.logger.warn(
    { document: room.document, person: connection.session.person?.id, code, reason },
    'write refused',
  );
  for (const one of held) connection.settle(one, 0);
  connection.refuse(index, bytes.length, code, reason);
  for (const one of [...held, index]) room.content.upstream?.frame(connection, one);
}

function ownerOf({ connection, arrival }: Write): Pick<AcceptedRow['row'], 'person' | 'device'> {
  const { person, device } = connection.session;
  return { person: arrival.author ?? person?.id ?? null, device };
}

/** @param update - what of the write is new. */
function keep(write: Write, { risk }: ParsedUpdate, news: News, update: Uint8Array): void {
  const { room, connection, arrival } = write;
  const { frame, bytes } = frameUpdate(update);
  const { person, device } = ownerOf(write);
  const row: AcceptedRow = {
    row: {
      document: room.document,
      time: Date.now(),
      person,
      device,
      deviceTime: arrival.deviceTime,
      via: arrival.via,
      operation: null,
      bytes,
      clients: room.content.owners.toStore(news.structs),
    },
    news,
    frame,
    risk,
  };
  room.store(row, connection, () => {
    settle(write);
  });
}

/** The update builds on something that the relay does not have: it is not kept, and the client is asked for everything that is missing. */
function resync({ room, connection, member, index, bytes, held }: Write): void {
  for (const one of held) connection.hold(one, 0);
  connection.hold(index, bytes.length);
  const now = Date.now();
  member.resyncs = member.resyncs.filter((time) => now - time < resyncWindowMs);
  member.resyncs.push(now);
  if (member.resyncs.length >= maxResyncs) connection.close(closeCodes.resync, 'resync');
  else connection.send(encodeStep1(room.content.stateVector));
}
