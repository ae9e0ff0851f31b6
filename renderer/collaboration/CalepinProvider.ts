import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { applyAwarenessUpdate, type Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { Ticket, TicketRequest } from '#shared/api/tickets.ts';
import type { DeviceId, DocumentId, Epoch } from '#shared/domain/ids.ts';
import {
  type CollectionRole,
  collectionRoles,
  type NoteRole,
  noteRoles,
} from '#shared/permissions/permissions.ts';
import { encodePing, encodeResume, encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { messageTypes, subprotocols, syncTypes } from '#shared/protocol/messages.ts';
import {
  readAccess,
  readHello,
  readPong,
  readPosition,
  readProof,
  readRefused,
  readStored,
  readUpstream,
} from '#shared/protocol/readRelayMessage.ts';
import type { SignedHead } from '#shared/protocol/SignedHead.ts';
import { FrameLedger } from './FrameLedger.ts';
import type { NumberedUpdate } from './joinUpdates.ts';
import { LinkWatch } from './LinkWatch.ts';
import { OwnPresence } from './OwnPresence.ts';
import {
  outcomeOfTicketError,
  type ProblemCode,
  problemOfCode,
  problemOfRefusal,
  reasonOfCode,
} from './problems.ts';
import { reconnectDelay } from './backoff.ts';
import { RemoteBatch } from './RemoteBatch.ts';
import type { Link, OfflineReason } from './savingState.ts';
import type { HomeProgress } from './SaveLedger.ts';
import { waitingFrames } from './waitingFrames.ts';

export type DocumentRole = NoteRole | CollectionRole;

/** Where a client takes up again: it has everything of this epoch up to row `seq`. */
export interface ResumePoint {
  readonly epoch: Epoch;
  readonly seq: number;
  /** The first clock of each client id whose structs, from there on, the relay has not acknowledged. */
  readonly unacknowledged: ReadonlyMap<number, number>;
}

/** What a connection tells the session that owns it. Each is called synchronously. */
export interface ProviderListener {
  /** @returns false when this ticket must not be used (its epoch is not the one of the open document). */
  onTicket(ticket: Ticket): boolean;
  onLink(link: Link): void;
  /** The connection will not come back by itself. */
  onEnded(problem: ProblemCode): void;
  /** The whole document is here, and what this device had is on its way. */
  onSynced(hello: { epoch: Epoch; seq: number }): void;
  onRole(role: DocumentRole): void;
  /** The relay took up where this client stopped: what it has not acknowledged is to be sent now. */
  onResumed(): void;
  /** Everything up to this row of the relay's log is in the document. */
  onPosition(seq: number): void;
  /** The relay's signed word about the log. */
  onProof(head: SignedHead, publicKey: Uint8Array): void;
  /**
   * A sync step 2 leaves, with everything that the document has.
   * @param isFirst - on this connection: what waited may be sent before it.
   * @returns the number of the newest local change in it.
   */
  onStep2(isFirst: boolean): number;
  /** The relay has every local change up to `through`, durable. */
  onAcknowledged(through: number): void;
  /**
   * How much of what the relay has is at the document's home. Told before the document is synced, and as it grows.
   */
  onHome(home: HomeProgress): void;
  /** A write was refused and stays out of the document for everyone else. */
  onRefused(problem: ProblemCode): void;
}

export interface ProviderOptions {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly documentId: DocumentId;
  readonly deviceId: DeviceId;
  /** The relay's origin, `https://…` or `http://…`. */
  readonly origin: string;
  readonly schemaVersion: number;
  /** Asks for the single-use right to open one socket; throws an error whose `code` is one of errorCodes.ts. */
  readonly requestTicket: (request: TicketRequest) => Promise<Ticket>;
  /** The epoch that the open document belongs to; null when it is empty. */
  readonly epoch: () => Epoch | null;
  /** Null when the copy is not known to be whole. */
  readonly resumePoint: () => ResumePoint | null;
  readonly listener: ProviderListener;
  /** For Node. Default: the browser's. */
  readonly WebSocketPolyfill?: typeof WebSocket;
  /** Default: `Math.random`. */
  readonly random?: () => number;
}

/** How long a ticket and a socket may take to come, and then the answer to a first ping, before they are given up, in milliseconds. */
const openTimeoutMs = 15_000;
/** How long it may then take to bring the document's state: one message, which says nothing of itself while it comes. On a line of 1 Mbit/s, 7 MB. */
const stateTimeoutMs = 60_000;
/** The ping of an opening socket; those of `LinkWatch` count from 1. */
const openingPing = 0;

const roles: readonly string[] = [...noteRoles, ...collectionRoles];

/**
 * The renderer's side of `calepin.1`. y-websocket's provider opens the socket, starts the exchange and decodes frames; what it does
 * not do is here: a fresh ticket before each connection and our own waiting between them (its own reconnection is off, since a
 * ticket serves once), counted write frames, a resume from the last row, remote updates in batches, pings, and only our own presence.
 */
export class CalepinProvider {
  /** Origin of the transactions that apply what the relay sent. */
  readonly remoteOrigin = { name: 'relay' };
  readonly #options: ProviderOptions;
  readonly #wire: WebsocketProvider;
  readonly #batch: RemoteBatch;
  readonly #watch: LinkWatch;
  readonly #presence: OwnPresence;
  #frames = new FrameLedger();
  #failures = 0;
  #attempt = 0;
  #isWanted = false;
  #isResuming = false;
  /** The relay of this connection said that it is not the home. */
  #isCopy = false;
  /** The relay has, or is being sent, all that this device had when the connection was made. */
  #hasAllOut = false;
  #hasStep2In = false;
  #hello: { epoch: Epoch; seq: number } | null = null;
  #isSynced = false;
  #retryTimer: ReturnType<typeof setTimeout> | null = null;
  #openTimer: ReturnType<typeof setTimeout> | null = null;

  constructor(options: ProviderOptions) {
    this.#options = options;
    this.#batch = new RemoteBatch(options.doc, this.remoteOrigin, () => this.#lose('resync'));
    const server = `${options.origin.replace(/^http/, 'ws').replace(/\/$/, '')}/sync`;
    const wire = new WebsocketProvider(server, options.documentId, options.doc, {
      connect: false,
      disableBc: true,
      awareness: options.awareness,
      shouldReconnect: () => false,
      ...(options.WebSocketPolyfill === undefined ? {} : { WebSocketPolyfill: options.WebSocketPolyfill }),
    });
    this.#wire = wire;
    this.#watch = new LinkWatch({
      sendPing: (number) => this.#sendRaw(encodePing(number)),
      buffered: () => wire.ws?.bufferedAmount ?? 0,
      unsettledSince: () => this.#frames.waitingSince,
      onLost: () => this.#lose('link_lost'),
    });
    this.#presence = new OwnPresence(options.awareness, (message) => this.#sendRaw(message));
    // Updates go through the session's queue, merged and counted; other people's presence is never repeated.
    options.doc.off('update', wire._updateHandler);
    options.awareness.off('update', wire._awarenessUpdateHandler);
    wire.messageHandlers = this.#handlers();
    wire.on('status', ({ status }) => {
      if (status === 'connected') this.#onOpen();
    });
    wire.on('connection-close', (event) => this.#onClose(event));
  }

  /** True when local changes may be sent one by one: the relay has, or is being sent, all that came before. */
  get canSend(): boolean {
    return this.#hasAllOut && this.#wire.wsconnected;
  }

  /** Opens the connection and keeps it. The document must be loaded completely before. */
  connect(): void {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#failures = 0;
    void this.#open();
  }

  /** Tries now instead of waiting: the device is back on a network, or the window is looked at again. */
  retryNow(): void {
    if (this.#retryTimer === null) return;
    clearTimeout(this.#retryTimer);
    this.#retryTimer = null;
    void this.#open();
  }

  /** The device says that it has no network: no need to wait for a missing answer. */
  giveUpLink(reason: OfflineReason): void {
    if (!this.#isWanted) return;
    this.#lose(reason);
  }

  /**
   * Sends local changes as one write frame.
   * @param through - number of the last local change in it.
   */
  send(update: Uint8Array, through: number): void {
    this.#frames.sent(through, Date.now());
    this.#sendRaw(encodeUpdate(update));
  }

  /** Sends local changes that waited: a row of the relay's log each, with its time on this device, where that was kept. */
  sendRows(rows: readonly NumberedUpdate[]): void {
    for (const { bytes, through } of waitingFrames(rows)) {
      // Each row is a write frame to the relay.
      for (const last of through) this.#frames.sent(last, Date.now());
      this.#sendRaw(bytes);
    }
  }

  /** Applies what arrived from others, now. */
  flushRemote(): void {
    this.#batch.flush();
  }

  /** Ends the connection for good. What arrived is applied first. */
  close(): void {
    this.#isWanted = false;
    this.#attempt += 1;
    this.#batch.flush();
    this.#presence.close();
    this.#clearTimers();
    this.#wire.destroy();
  }

  async #open(): Promise<void> {
    this.#attempt += 1;
    const attempt = this.#attempt;
    const { documentId, deviceId, schemaVersion, epoch, requestTicket, listener } = this.#options;
    const known = epoch();
    this.#giveUpAfter(openTimeoutMs);
    let ticket: Ticket;
    try {
      ticket = await requestTicket({
        document: documentId,
        wire: 'calepin.1',
        schema: schemaVersion,
        device: deviceId,
        ...(known === null ? {} : { epoch: known }),
      });
    } catch (error) {
      if (attempt !== this.#attempt || !this.#isWanted) return;
      const outcome = outcomeOfTicketError(error);
      if ('problem' in outcome) this.#end(outcome.problem);
      else this.#lose(outcome.reason);
      return;
    }
    if (attempt !== this.#attempt || !this.#isWanted) return;
    if (!listener.onTicket(ticket)) return;
    listener.onRole(ticket.role);
    this.#frames = new FrameLedger();
    this.#hasAllOut = false;
    this.#hasStep2In = false;
    this.#isSynced = false;
    this.#hello = null;
    this.#isCopy = false;
    this.#giveUpAfter(openTimeoutMs);
    this.#wire.protocols = [subprotocols.calepin, `${subprotocols.ticketPrefix}${ticket.ticket}`];
    this.#wire.connect();
  }

  #onOpen(): void {
    // A proxy that drops the subprotocol would leave us without acknowledgements.
    if (this.#wire.ws?.protocol !== subprotocols.calepin) {
      this.#lose('unreachable');
      return;
    }
    this.#presence.renew();
    // A link may break while it opens: until the relay has answered something, nobody waits for a long document on it.
    this.#giveUpAfter(openTimeoutMs);
    this.#sendRaw(encodePing(openingPing));
    // y-websocket gives up 30 s after the last message; the first may be the whole document.
    this.#wire.wsLastMessageReceived = Date.now() + stateTimeoutMs;
    const point = this.#options.resumePoint();
    this.#isResuming = point !== null;
    // y-websocket's step 1 follows.
    if (point !== null) this.#sendRaw(encodeResume(point.epoch, point.seq, point.unacknowledged));
  }

  #giveUpAfter(milliseconds: number): void {
    if (this.#openTimer !== null) clearTimeout(this.#openTimer);
    this.#openTimer = setTimeout(() => this.#lose('unreachable'), milliseconds);
  }

  #onClose(event: CloseEvent | null): void {
    // Its own reconnection would use the spent ticket.
    this.#wire.shouldConnect = false;
    if (event === null) return;
    const problem = problemOfCode(event.code);
    if (problem !== null) this.#end(problem);
    else this.#lose(reasonOfCode(event.code, event.reason));
  }

  /** The link is down: say so and try again later. */
  #lose(reason: OfflineReason): void {
    this.#attempt += 1;
    this.#clearTimers();
    this.#batch.flush();
    this.#hasAllOut = false;
    if (this.#wire.ws !== null) this.#wire.disconnect();
    if (!this.#isWanted) return;
    // Absent in Node, where nobody looks at it.
    const hasNetwork = (globalThis.navigator as Navigator | undefined)?.onLine !== false;
    this.#options.listener.onLink({ kind: 'offline', reason: hasNetwork ? reason : 'no_network' });
    const delay = reconnectDelay(this.#failures, (this.#options.random ?? Math.random)());
    this.#failures += 1;
    this.#retryTimer = setTimeout(() => {
      this.#retryTimer = null;
      void this.#open();
    }, delay);
  }

  /** The link is down and stays down. */
  #end(problem: ProblemCode): void {
    this.#attempt += 1;
    this.#isWanted = false;
    this.#clearTimers();
    this.#batch.flush();
    this.#hasAllOut = false;
    if (this.#wire.ws !== null) this.#wire.disconnect();
    this.#options.listener.onLink({ kind: 'offline', reason: 'ended' });
    this.#options.listener.onEnded(problem);
  }

  #handlers(): WebsocketProvider['messageHandlers'] {
    const { listener } = this.#options;
    const handlers: WebsocketProvider['messageHandlers'] = [];
    const guarded = (type: number, read: (decoder: decoding.Decoder, reply: encoding.Encoder) => void) => {
      handlers[type] = (reply, decoder) => {
        try {
          read(decoder, reply);
        } catch {
          this.#lose('resync');
        }
      };
    };
    guarded(messageTypes.sync, (decoder, reply) => this.#readSync(decoder, reply));
    guarded(messageTypes.awareness, (decoder) => {
      const update = decoding.readVarUint8Array(decoder);
      this.#batch.afterwards(() => applyAwarenessUpdate(this.#options.awareness, update, this.remoteOrigin));
    });
    guarded(messageTypes.auth, () => {});
    guarded(messageTypes.queryAwareness, () => this.#presence.sendNow());
    guarded(messageTypes.stored, (decoder) => {
      const through = this.#frames.settle(readStored(decoder));
      this.#watch.progressed();
      if (through !== null) listener.onAcknowledged(through);
    });
    guarded(messageTypes.upstream, (decoder) => {
      this.#isCopy = true;
      listener.onHome({ through: this.#frames.settleUpstream(readUpstream(decoder)) });
    });
    guarded(messageTypes.refused, (decoder) => {
      const { index, code, reason } = readRefused(decoder);
      this.#frames.refuse(index);
      listener.onRefused(problemOfRefusal(code, reason));
    });
    guarded(messageTypes.access, (decoder) => {
      const role = readAccess(decoder);
      if (roles.includes(role)) listener.onRole(role as DocumentRole);
    });
    guarded(messageTypes.pong, (decoder) => {
      const number = readPong(decoder);
      if (number !== openingPing) this.#watch.ponged(number);
      else if (!this.#isSynced) this.#giveUpAfter(stateTimeoutMs);
    });
    guarded(messageTypes.position, (decoder) => {
      const seq = readPosition(decoder);
      this.#batch.afterwards(() => listener.onPosition(seq));
    });
    guarded(messageTypes.proof, (decoder) => {
      const { head, publicKey } = readProof(decoder);
      listener.onProof(head, publicKey);
    });
    guarded(messageTypes.hello, (decoder) => {
      const { epoch, seq } = readHello(decoder);
      this.#hello = { epoch: epoch as Epoch, seq };
      if (!this.#isCopy) listener.onHome('relay');
      // The relay did not ask for everything: it took up where we stopped.
      if (this.#isResuming && !this.#hasAllOut) {
        this.#hasAllOut = true;
        listener.onResumed();
      }
      this.#becomeSynced();
    });
    return handlers;
  }

  #readSync(decoder: decoding.Decoder, reply: encoding.Encoder): void {
    const type = decoding.readVarUint(decoder);
    const payload = decoding.readVarUint8Array(decoder);
    if (type === syncTypes.step1) {
      encoding.writeVarUint(reply, messageTypes.sync);
      encoding.writeVarUint(reply, syncTypes.step2);
      encoding.writeVarUint8Array(reply, Y.encodeStateAsUpdate(this.#options.doc, payload));
      this.#frames.sent(this.#options.listener.onStep2(!this.#hasAllOut), Date.now());
      this.#hasAllOut = true;
      // The reply leaves when this handler returns.
      queueMicrotask(() => this.#becomeSynced());
      return;
    }
    this.#batch.add(payload);
    if (type !== syncTypes.step2) return;
    this.#batch.flush();
    this.#hasStep2In = true;
    this.#becomeSynced();
  }

  #becomeSynced(): void {
    if (this.#isSynced || !this.#hasStep2In || !this.#hasAllOut || this.#hello === null) return;
    this.#isSynced = true;
    this.#failures = 0;
    // Not before: an answer to a ping would wait behind the state.
    this.#watch.start();
    if (this.#openTimer !== null) clearTimeout(this.#openTimer);
    this.#openTimer = null;
    this.#batch.flush();
    this.#options.listener.onSynced(this.#hello);
    this.#options.listener.onLink({ kind: 'online' });
  }

  #sendRaw(bytes: Uint8Array): void {
    const socket = this.#wire.ws;
    if (socket === null || !this.#wire.wsconnected || socket.readyState !== socket.OPEN) return;
    socket.send(bytes as Uint8Array<ArrayBuffer>);
  }

  #clearTimers(): void {
    for (const timer of [this.#retryTimer, this.#openTimer]) if (timer !== null) clearTimeout(timer);
    this.#retryTimer = null;
    this.#openTimer = null;
    this.#watch.stop();
    this.#presence.pause();
  }
}
