import { AppError } from '#shared/api/errorCodes.ts';
import { closeCodes } from '#shared/protocol/closeCodes.ts';
import {
  emptyUpdate,
  encodeAccess,
  encodeAwareness,
  encodeHello,
  encodeProof,
  encodeStep1,
  encodeStep2,
  encodeUpstream,
} from '#shared/protocol/encodeMessage.ts';
import { limits as wireLimits } from '#shared/protocol/messages.ts';
import { readStateVector, type ResumePoint } from '#shared/protocol/readClientFrame.ts';
import type { Connection } from '../ws/Connection.ts';
import { frameMessage } from '../ws/frame.ts';
import { maySeeDeleted, type Member } from './Member.ts';
import { framesSince } from './resume.ts';
import type { RoomContent } from './RoomContent.ts';
import type { RoomFace } from './RoomFace.ts';

/**
 * Sends a member what it lacks: as updates, and last an empty step 2, so that a stock client calls itself synced only when it has everything. Then asks for what
 * the relay lacks (not of who resumes: it sends what it has unsent), and tells who is present. One question at a time; of those that come meanwhile, the last is answered next.
 * @throws MalformedError
 */
export function answerStep1(
  room: RoomFace,
  connection: Connection,
  member: Member,
  stateVector: Uint8Array,
): void {
  if (stateVector.length > wireLimits.maxListBytes) {
    connection.close(closeCodes.tooLarge, 'too_large');
    return;
  }
  const known = readStateVector(stateVector);
  if (member.answering) {
    member.nextQuestion = new Uint8Array(stateVector);
    return;
  }
  member.answering = true;
  void connection
    .inTurn(() => answer(room, connection, member, known))
    .catch((error: unknown) => {
      const code = error instanceof AppError ? error.code : 'internal';
      const { logger } = room.context;
      // That the document is damaged was said when it was set aside.
      if (code === 'document_damaged')
        logger.warn({ document: room.document, code }, 'a damaged document was not sent');
      else logger.error({ err: error, document: room.document, code }, 'a document could not be sent');
      connection.close(closeCodes.storage, code);
    })
    .finally(() => {
      member.answering = false;
      const next = member.nextQuestion;
      member.nextQuestion = null;
      if (next !== null && !connection.closed) answerStep1(room, connection, member, next);
    });
}

async function answer(
  room: RoomFace,
  connection: Connection,
  member: Member,
  known: ReadonlyMap<number, number>,
): Promise<void> {
  const { content } = room;
  const point = member.resume;
  member.resume = null;
  const { wholeTo } = content;
  const missed =
    point === null || wholeTo !== null
      ? null
      : await framesSince(content, point, known, maySeeDeleted(member.role));
  const encoded = missed === null ? await content.read(!maySeeDeleted(member.role)) : null;
  // From here to `joined` nothing waits: what is stored later is heard as news. What the others are still to hear is in the state already, without what was deleted.
  room.broadcast.flush();
  const frames = encoded === null ? (missed ?? []) : content.frames(encoded, known);
  frames.push(frameMessage(encodeStep2(emptyUpdate)));
  if (missed === null) frames.push(frameMessage(encodeStep1(content.stateVector)));
  if (!member.greeted && connection.isCalepin) {
    // What a damaged document cannot show a client does not have; unless it had it before.
    const has = wholeTo === null ? content.settledSeq : Math.max(wholeTo, rowNamedBy(point, content));
    // Before: whoever has heard hello and not this takes the copy for the home.
    if (content.upstream !== null) frames.push(frameMessage(encodeUpstream(connection.upstream)));
    frames.push(frameMessage(encodeHello(content.epoch, has, content.schemaVersion)));
    frames.push(frameMessage(encodeAccess(member.role)));
  }
  const isFirst = !member.greeted;
  member.greeted = true;
  const { present } = room;
  if (present.length > 0) frames.push(frameMessage(encodeAwareness(present)));
  member.joined = !member.follows;
  await connection.sendState(frames);
  if (isFirst && connection.isCalepin) await prove(room, connection);
}

/** The row up to which a client said to have everything, if it can be of this log; else 0. */
function rowNamedBy(point: ResumePoint | null, { epoch, seq }: RoomContent): number {
  return point !== null && point.epoch === epoch && point.seq <= seq ? point.seq : 0;
}

/** Sends the relay's latest signed word about the log, if there is one: nobody waits for it, and its absence says nothing. */
export async function prove({ context, content, document }: RoomFace, connection: Connection): Promise<void> {
  const { heads, logger } = context;
  // It speaks of more than a damaged document can show; the word about a copy is its home's.
  if (content.wholeTo !== null || content.homeSeq !== null) return;
  try {
    const head = await heads.latest(document);
    if (head?.epoch === content.epoch) connection.send(encodeProof(head, heads.publicKey));
  } catch (error) {
    logger.warn({ err: error, document }, 'a signed head could not be read');
  }
}
