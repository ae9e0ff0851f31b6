import { limits } from '#shared/protocol/messages.ts';

export interface LinkWatchOptions {
  readonly sendPing: (number: number) => void;
  /** Bytes that wait in the socket. */
  readonly buffered: () => number;
  /** When the oldest write frame that is not settled was sent; null when all are. */
  readonly unsettledSince: () => number | null;
  readonly onLost: () => void;
}

/**
 * Notices a link that no longer answers (threat model, 3.3): a ping every 10 s that goes unanswered for 5 s, or an update that is not
 * acknowledged for 5 s. Looks once a second.
 */
export class LinkWatch {
  readonly #options: LinkWatchOptions;
  #timer: ReturnType<typeof setInterval> | null = null;
  #ping = 0;
  #pingSentAt: number | null = null;
  #lastPingAt = 0;
  #lastBuffered = 0;
  #progressAt = 0;

  constructor(options: LinkWatchOptions) {
    this.#options = options;
  }

  /** The socket is open. */
  start(): void {
    this.stop();
    this.#pingSentAt = null;
    this.#lastPingAt = Date.now();
    this.#lastBuffered = 0;
    this.#progressAt = Date.now();
    this.#timer = setInterval(() => this.#look(), 1_000);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** The relay answered this ping. */
  ponged(number: number): void {
    if (number === this.#ping) this.#pingSentAt = null;
  }

  /** The relay settled something. */
  progressed(): void {
    this.#progressAt = Date.now();
  }

  #look(): void {
    const now = Date.now();
    const { buffered, unsettledSince, sendPing, onLost } = this.#options;
    const waiting = buffered();
    // A large paste on a slow line is not silence: bytes still leave.
    if (waiting < this.#lastBuffered) this.#progressAt = now;
    this.#lastBuffered = waiting;
    const waitingSince = [this.#pingSentAt, unsettledSince()].filter((time) => time !== null);
    const since = Math.max(Math.min(...waitingSince, Infinity), this.#progressAt);
    if (waitingSince.length > 0 && now - since > limits.clientPongTimeoutMs) {
      onLost();
      return;
    }
    if (this.#pingSentAt === null && now - this.#lastPingAt >= limits.clientPingMs) {
      this.#ping += 1;
      this.#pingSentAt = now;
      this.#lastPingAt = now;
      sendPing(this.#ping);
    }
  }
}
