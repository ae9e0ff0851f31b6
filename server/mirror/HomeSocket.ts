import { WebSocket } from 'ws';
import { AppError } from '#shared/api/errorCodes.ts';
import { mirrorTicketSchema } from '#shared/api/tickets.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { closeCodes } from '#shared/protocol/closeCodes.ts';
import { encodePing } from '#shared/protocol/encodeMessage.ts';
import { limits, messageTypes } from '#shared/protocol/messages.ts';
import { encodeAbout, nobody, prefixOf, readAbout } from '#shared/protocol/mirrorMessages.ts';
import { MalformedError } from '#shared/protocol/StrictReader.ts';
import type { FollowedRelay, FollowedRelays } from './FollowedRelays.ts';

/** Why there is no way to a home. */
export type LinkProblem = 'home_unreachable' | 'not_signed_in';

export interface HomeSocketOptions {
  readonly relays: Pick<FollowedRelays, 'get' | 'fetch' | 'socket'>;
  readonly relay: FollowedRelay['id'];
  /** The socket is open: documents may be opened on it. */
  readonly onOpen: () => void;
  /** A message about a document, a view that is good for this call. */
  readonly onMessage: (document: DocumentId, message: Uint8Array) => void;
  /** There is no socket (any more). Called after each attempt that failed too. */
  readonly onLost: (problem: LinkProblem) => void;
  /** In [0, 1); default `Math.random`. */
  readonly random?: () => number;
}

/** Shortest and longest wait before the next attempt, with full jitter, in ms. */
const shortestMs = 500;
const longestMs = 30_000;

/** The socket to a followed relay: it is opened again whenever it is lost, and given up when it does not answer. */
export class HomeSocket {
  private readonly options: HomeSocketOptions;
  private socket: WebSocket | null = null;
  private timer: NodeJS.Timeout | null = null;
  private watch: NodeJS.Timeout | null = null;
  private failures = 0;
  /** Counts attempts: what an earlier one brings is passed over. */
  private attempt = 0;
  /** A ticket is being asked for. */
  private isTrying = false;
  private ended = false;
  private pinged: number | null = null;
  private heardAt = 0;

  constructor(options: HomeSocketOptions) {
    this.options = options;
  }

  get isOpen(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  /** Connects now, unless it is connected or about to be. */
  connect(): void {
    if (this.ended || this.isTrying || this.socket !== null) return;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    void this.open(++this.attempt);
  }

  /** Connects now, and not when it is time: a person asked. What is being tried goes on. */
  retry(): void {
    this.failures = 0;
    this.connect();
  }

  send(document: DocumentId, message: Uint8Array): void {
    if (this.isOpen) this.socket?.send(encodeAbout(prefixOf(document), message));
  }

  close(): void {
    this.ended = true;
    if (this.timer !== null) clearTimeout(this.timer);
    this.drop();
  }

  private async open(attempt: number): Promise<void> {
    const { relays, relay } = this.options;
    const known = relays.get(relay);
    if (known === null) return;
    this.isTrying = true;
    try {
      const body = JSON.stringify({ device: known.device });
      const headers = { 'content-type': 'application/json' };
      const answer = await relays.fetch(relay, '/api/tickets/mirror', { method: 'POST', headers, body });
      if (!answer.ok) throw new AppError('home_unreachable', `a ticket was refused: ${answer.status}`);
      const { ticket } = mirrorTicketSchema.parse(await answer.json());
      if (attempt !== this.attempt || this.ended) return;
      this.isTrying = false;
      this.take(relays.socket(relay, '/sync', ['calepin.1', `ticket.${ticket}`]));
    } catch (error) {
      if (attempt !== this.attempt || this.ended) return;
      this.lost(
        error instanceof AppError && error.code === 'not_signed_in' ? 'not_signed_in' : 'home_unreachable',
      );
    }
  }

  private take(socket: WebSocket): void {
    this.socket = socket;
    socket.binaryType = 'nodebuffer';
    const isMine = (): boolean => this.socket === socket;
    socket.on('open', () => {
      if (!isMine()) return;
      this.failures = 0;
      this.heardAt = Date.now();
      this.pinged = null;
      this.watch = setInterval(() => this.look(), 1_000);
      this.options.onOpen();
    });
    socket.on('message', (data: Buffer) => {
      if (isMine()) this.hear(data);
    });
    socket.on('close', (code) => {
      if (isMine()) this.lost(code === closeCodes.signIn ? 'not_signed_in' : 'home_unreachable');
    });
    // Its end follows.
    socket.on('error', () => null);
  }

  private hear(data: Buffer): void {
    this.heardAt = Date.now();
    this.pinged = null;
    try {
      const { document, message } = readAbout(data);
      // About the socket itself: pong, or that the home is there.
      if (document !== null && message[0] !== messageTypes.pong) this.options.onMessage(document, message);
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      this.drop();
      this.lost('home_unreachable');
    }
  }

  /** A home that says nothing is asked; one that does not answer is lost. */
  private look(): void {
    const now = Date.now();
    if (this.pinged !== null && now - this.pinged > limits.clientPongTimeoutMs) {
      this.drop();
      this.lost('home_unreachable');
    } else if (this.pinged === null && now - this.heardAt >= limits.clientPingMs) {
      this.pinged = now;
      this.socket?.send(encodeAbout(nobody, encodePing(1)));
    }
  }

  private drop(): void {
    this.attempt++;
    this.isTrying = false;
    if (this.watch !== null) clearInterval(this.watch);
    this.watch = null;
    const { socket } = this;
    this.socket = null;
    socket?.terminate();
  }

  private lost(problem: LinkProblem): void {
    this.drop();
    if (this.ended) return;
    this.options.onLost(problem);
    // A person must sign in first: `retry` is called then.
    if (problem === 'not_signed_in') return;
    const { random = Math.random } = this.options;
    const ceiling = Math.min(longestMs, shortestMs * 2 ** (Math.min(this.failures, 16) + 1));
    this.failures++;
    this.timer = setTimeout(() => this.connect(), shortestMs + random() * (ceiling - shortestMs));
    this.timer.unref();
  }
}
