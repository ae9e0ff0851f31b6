import type { DocumentId, Epoch } from '#shared/domain/ids.ts';
import { closeCodes } from '#shared/protocol/closeCodes.ts';
import { encodePong } from '#shared/protocol/encodeMessage.ts';
import { messageTypes } from '#shared/protocol/messages.ts';
import {
  encodeAbout,
  nobody,
  type OpenRequest,
  prefixOf,
  readAbout,
  readClose,
  readOpen,
} from '#shared/protocol/mirrorMessages.ts';
import { readClientFrame } from '#shared/protocol/readClientFrame.ts';
import { MalformedError } from '#shared/protocol/StrictReader.ts';
import type { RelayCore } from '../room/createDocuments.ts';
import type { Room } from '../room/Room.ts';
import type { ClientSocket } from './ClientSocket.ts';
import { Connection } from './Connection.ts';
import { endOfTurn } from './endOfTurn.ts';
import { frameMessage } from './frame.ts';

interface OpenDocument {
  readonly connection: Connection;
  /** Null until it is loaded. */
  room: Room | null;
}

/** A mirror's socket: the documents that are open on it, each in its room as if it had a socket of its own. */
export class MirrorSocket {
  private readonly relay: RelayCore;
  private readonly socket: ClientSocket;
  private readonly documents = new Map<DocumentId, OpenDocument>();
  /** Documents are brought in one after the other: a mirror that comes back opens hundreds. */
  private opening: Promise<void> = Promise.resolve();

  constructor(relay: RelayCore, socket: ClientSocket) {
    this.relay = relay;
    this.socket = socket;
  }

  /** One binary frame. Whatever it holds, nothing is thrown. */
  receive(bytes: Uint8Array): void {
    try {
      const { document, message } = readAbout(bytes);
      if (document === null) this.receiveOwn(message);
      else if (message[0] === messageTypes.open) this.open(document, readOpen(message));
      else if (message[0] === messageTypes.close) this.close(document, message);
      else this.pass(document, message);
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      this.socket.close(closeCodes.malformed, 'malformed');
    }
  }

  /** The socket is gone. */
  end(): void {
    for (const document of this.documents.keys()) this.leave(document);
  }

  /** A message about the socket itself. */
  private receiveOwn(message: Uint8Array): void {
    const frame = readClientFrame(message, true);
    if (frame.kind !== 'ping') throw new MalformedError('not about the socket');
    this.socket.send(frameMessage(encodeAbout(nobody, encodePong(frame.number))));
  }

  private open(document: DocumentId, { schema, epoch, seq }: OpenRequest): void {
    this.socket.receiveQuestion();
    if (this.documents.has(document)) throw new MalformedError('open already');
    const session = { ...this.socket.speaker, schema, epoch: epoch as Epoch | null };
    const connection = new Connection(this.socket, session, {
      prefix: prefixOf(document),
      closed: () => {
        // Whoever closed it is in the middle of something in the room.
        const { room } = this.documents.get(document) ?? { room: null };
        this.documents.delete(document);
        endOfTurn(() => room?.leave(connection));
      },
    });
    const opened: OpenDocument = { connection, room: null };
    const isTooMany = this.documents.size >= this.socket.limits.documentsPerSocket;
    this.documents.set(document, opened);
    if (isTooMany) connection.close(closeCodes.tooFast, 'too_many_documents');
    else this.opening = this.opening.then(() => this.bring(document, opened, seq));
  }

  private async bring(document: DocumentId, opened: OpenDocument, seq: number): Promise<void> {
    const { connection } = opened;
    if (connection.closed) return;
    const room = await this.relay.connect(document, connection);
    if (room === null) return;
    if (connection.closed) {
      room.leave(connection);
      return;
    }
    opened.room = room;
    room.openForMirror(connection, seq);
  }

  private close(document: DocumentId, message: Uint8Array): void {
    readClose(message);
    this.leave(document);
  }

  private leave(document: DocumentId): void {
    const opened = this.documents.get(document);
    if (opened === undefined) return;
    this.documents.delete(document);
    opened.connection.end();
    opened.room?.leave(opened.connection);
  }

  /** What is said about a document that is not open (any more) was on its way when it was closed: it is passed over, and nothing is acknowledged. */
  private pass(document: DocumentId, message: Uint8Array): void {
    const opened = this.documents.get(document);
    if (opened?.room) opened.room.receive(opened.connection, message);
    else this.socket.receiveQuestion();
  }
}
