import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { type WebSocket, WebSocketServer } from 'ws';
import * as Y from 'yjs';
import type { Ticket, TicketRequest } from '#shared/api/tickets.ts';
import type { Epoch } from '#shared/domain/ids.ts';
import { messageTypes, subprotocols, syncTypes } from '#shared/protocol/messages.ts';
import type { DocumentRole } from '../../renderer/collaboration/CalepinProvider.ts';

/** A write frame as it came: its number on the connection, and the update in it. */
export interface ReceivedWrite {
  readonly index: number;
  readonly update: Uint8Array;
}

/**
 * Speaks `calepin.1` for one document and does what the test says, also what a good relay never would: keep an
 * acknowledgement back, refuse, fall silent, change the epoch. What the real relay does is tested with the real one.
 */
export class ScriptedRelay {
  readonly doc = new Y.Doc();
  epoch = 'e'.repeat(22) as Epoch;
  role: Exclude<DocumentRole, 'none'> = 'author';
  /** Applies and acknowledges writes at once. */
  acknowledges = true;
  answersPings = true;
  /** False: whoever asks for the state waits until `sendState`. */
  sendsState = true;
  /** Set: requests for a ticket fail with this. */
  ticketError: Error | null = null;
  /** It keeps a copy of a document of another relay. */
  isCopy = false;
  /** Write frames of the present connection. */
  readonly writes: ReceivedWrite[] = [];
  readonly ticketRequests: TicketRequest[] = [];
  connections = 0;
  /** How often the state was asked for. */
  questions = 0;
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true, handleProtocols: () => subprotocols.calepin });
  #socket: WebSocket | null = null;
  #settled = 0;

  private constructor(server: Server) {
    this.#server = server;
    server.on('upgrade', (request, socket, head) => {
      this.#sockets.handleUpgrade(request, socket, head, (opened) => this.#accept(opened));
    });
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'client') this.#sync(syncTypes.update, update);
    });
  }

  static async start(): Promise<ScriptedRelay> {
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return new ScriptedRelay(server);
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  readonly requestTicket = async (request: TicketRequest): Promise<Ticket> => {
    this.ticketRequests.push(request);
    if (this.ticketError !== null) throw this.ticketError;
    return { ticket: 't'.repeat(43), role: this.role, epoch: this.epoch, schemaVersion: 1 };
  };

  /** Settles every write that came, and says so. */
  acknowledge(): void {
    for (const { update } of this.writes.slice(this.#settled)) Y.applyUpdate(this.doc, update, 'client');
    this.#settled = this.writes.length;
    this.#send(messageTypes.stored, (encoder) => encoding.writeVarUint(encoder, this.#settled));
  }

  /** Refuses the newest write, and settles it. */
  refuse(code: number): void {
    const index = this.writes.length;
    this.#send(messageTypes.refused, (encoder) => {
      encoding.writeVarUint(encoder, index);
      encoding.writeVarUint(encoder, code);
      encoding.writeVarString(encoder, 'refused');
    });
    this.#settled = index;
    this.#send(messageTypes.stored, (encoder) => encoding.writeVarUint(encoder, index));
  }

  /** The home has the first `settled` writes. */
  tellUpstream(settled: number): void {
    this.#send(messageTypes.upstream, (encoder) => encoding.writeVarUint(encoder, settled));
  }

  tellRole(role: string): void {
    this.#send(messageTypes.access, (encoder) => encoding.writeVarString(encoder, role));
  }

  /** What a client with this state vector lacks; default: of everything. */
  sendState(stateVector?: Uint8Array): void {
    this.#sync(syncTypes.step2, Y.encodeStateAsUpdate(this.doc, stateVector));
    this.#sync(syncTypes.step1, Y.encodeStateVector(this.doc));
    if (this.isCopy) this.tellUpstream(0);
    this.#send(messageTypes.hello, (encoder) => {
      encoding.writeVarString(encoder, this.epoch);
      encoding.writeVarUint(encoder, 7);
      encoding.writeVarUint(encoder, 1);
    });
  }

  /** Closes the present connection. */
  drop(code = 1012): void {
    this.#socket?.close(code);
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  #accept(socket: WebSocket): void {
    this.connections += 1;
    this.#socket = socket;
    this.writes.length = 0;
    this.#settled = 0;
    socket.on('message', (data: Buffer) => this.#read(new Uint8Array(data)));
  }

  #read(bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes);
    const type = decoding.readVarUint(decoder);
    if (type === messageTypes.ping && this.answersPings) {
      const number = decoding.readVarUint(decoder);
      this.#send(messageTypes.pong, (encoder) => encoding.writeVarUint(encoder, number));
    }
    if (type !== messageTypes.sync) return;
    const inner = decoding.readVarUint(decoder);
    const payload = decoding.readVarUint8Array(decoder);
    if (inner === syncTypes.step1) {
      this.questions += 1;
      if (this.sendsState) this.sendState(payload);
      return;
    }
    this.writes.push({ index: this.writes.length + 1, update: payload });
    if (this.acknowledges) this.acknowledge();
  }

  #sync(inner: number, payload: Uint8Array): void {
    this.#send(messageTypes.sync, (encoder) => {
      encoding.writeVarUint(encoder, inner);
      encoding.writeVarUint8Array(encoder, payload);
    });
  }

  #send(type: number, write: (encoder: encoding.Encoder) => void): void {
    if (this.#socket?.readyState !== 1) return;
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, type);
    write(encoder);
    this.#socket.send(encoding.toUint8Array(encoder));
  }
}
