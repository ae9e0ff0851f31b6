import type { CloseCode } from '#shared/protocol/closeCodes.ts';
import { encodeRefused, encodeStored, encodeUpstream } from '#shared/protocol/encodeMessage.ts';
import { encodeClosed } from '#shared/protocol/mirrorMessages.ts';
import type { ClientSocket } from './ClientSocket.ts';
import { endOfTurn } from './endOfTurn.ts';
import { frameMessage, prefixFrames } from './frame.ts';
import type { Session } from './Session.ts';
import { WriteLedger } from './WriteLedger.ts';

/** A document that shares its socket with others. */
export interface Share {
  /** What stands before each of its messages. */
  readonly prefix: Uint8Array;
  /** Called once, when the relay closed the document; the socket stays. */
  readonly closed: () => void;
}

/**
 * One document on a socket, as its room sees it: for whom it is open, and what became of the writes that came through it. It has the socket for itself, or shares
 * it: then each message is prefixed, and closing ends the document alone.
 */
export class Connection {
  readonly session: Session;
  /** Null when the socket is for this document alone. */
  private readonly share: Share | null;
  private readonly socket: ClientSocket;
  private readonly ledger = new WriteLedger();
  /** Of a copy: which of them its home has. */
  private readonly upstreamLedger = new WriteLedger();
  private storedScheduled = false;
  private upstreamScheduled = false;
  private unsettledFrames = 0;
  private unsettledBytes = 0;
  private ended = false;

  constructor(socket: ClientSocket, session: Session, share: Share | null = null) {
    this.socket = socket;
    this.session = session;
    this.share = share;
  }

  get isCalepin(): boolean {
    return this.session.wire === 'calepin.1';
  }

  /** A mirror's: it may send batches, and is sent rows as they are. */
  get isMirror(): boolean {
    return this.share !== null;
  }

  get closed(): boolean {
    return this.ended || this.socket.closed;
  }

  /** True while so much waits for this reader that presence is left out. */
  get isBehind(): boolean {
    return this.socket.isBehind;
  }

  /** Sends a message of this connection's own, with what else this turn brings. */
  send(message: Uint8Array): void {
    if (!this.closed) this.socket.send(this.own(frameMessage(message)));
  }

  /** Writes whole frames now; after the state, when that is still on its way. */
  write(frames: Buffer): void {
    if (!this.ended) this.socket.write(this.own(frames));
  }

  /** Runs what sends this document's state when no other state is on its way to the socket. */
  inTurn(work: () => Promise<void>): Promise<void> {
    return this.socket.inTurn(work);
  }

  /**
   * Sends the document's state, waiting for the socket between parts; everything else sent meanwhile follows it. Only in its turn.
   * @param frames - whole frames, in order.
   */
  async sendState(frames: readonly Buffer[]): Promise<void> {
    if (this.ended) return;
    await this.socket.sendState(this.share === null ? frames : frames.map((one) => this.own(one)));
  }

  /**
   * Counts a write frame against the session's limits.
   * @param cost - in frames of the rate.
   * @returns its number.
   */
  receiveWrite(bytes: number, cost = 1): number {
    this.unsettledFrames++;
    this.unsettledBytes += bytes;
    this.socket.receiveWrite(bytes, cost);
    return this.ledger.receive();
  }

  /** Counts a question for the state like a write: answering one costs as much. */
  receiveQuestion(): void {
    this.socket.receiveQuestion();
  }

  /** @returns false when there is too much presence: this one is to be left for later. */
  receivePresence(): boolean {
    return this.socket.receivePresence();
  }

  /** Nothing more is read from the socket until `releaseReading`. */
  holdReading(): void {
    this.socket.holdReading();
  }

  releaseReading(): void {
    this.socket.releaseReading();
  }

  /** A write frame could not be taken: it does not wait for the disk, and is settled with the step 2 that repeats it. */
  hold(index: number, bytes: number): void {
    this.release(1, bytes);
    this.ledger.hold(index);
  }

  /** The frames that a step 2 repeats, to be settled or held with it. */
  takeHeld(): number[] {
    const held = this.ledger.takeHeld();
    this.release(-held.length, 0);
    return held;
  }

  /** A write frame's fate is decided, and durable. A `calepin.1` client is told, once a turn. */
  settle(index: number, bytes: number): void {
    this.release(1, bytes);
    if (!this.ledger.settle(index) || !this.isCalepin || this.storedScheduled) return;
    this.storedScheduled = true;
    endOfTurn(() => {
      this.storedScheduled = false;
      // Not with what the next turn brings: nobody is to see the change before its author knows.
      this.write(frameMessage(encodeStored(this.ledger.settled)));
    });
  }

  /** How many of the first write frames the document's home has. */
  get upstream(): number {
    return this.upstreamLedger.settled;
  }

  /** The document's home has what a write frame brought, or it was refused here. A `calepin.1` client is told, once a turn, and not before it knows that it is stored here. */
  settleUpstream(index: number): void {
    if (!this.upstreamLedger.settle(index) || !this.isCalepin || this.upstreamScheduled) return;
    this.upstreamScheduled = true;
    endOfTurn(() => {
      this.upstreamScheduled = false;
      this.write(frameMessage(encodeUpstream(this.upstream)));
    });
  }

  /** Refuses a write frame: said to a `calepin.1` client, which keeps its copy apart; the end of a stock client's connection. */
  refuse(index: number, bytes: number, code: CloseCode, reason: string): void {
    if (!this.isCalepin) {
      this.close(code, reason);
      return;
    }
    this.socket.meter.refused(code);
    this.send(encodeRefused(index, code, reason));
    this.settle(index, bytes);
  }

  /** Ends the socket; one that carries other documents is told, and stays. */
  close(code: CloseCode, reason: string): void {
    if (this.share === null) {
      this.socket.close(code, reason);
      return;
    }
    if (this.closed) return;
    this.send(encodeClosed({ code, reason }));
    this.end();
    this.share.closed();
  }

  /** The document is not open any more: what of it was on its way to the disk does not count against the socket. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.socket.settled(this.unsettledFrames, this.unsettledBytes);
  }

  private release(frames: number, bytes: number): void {
    if (this.ended) return;
    this.unsettledFrames -= frames;
    this.unsettledBytes -= bytes;
    this.socket.settled(frames, bytes);
  }

  private own(frames: Buffer): Buffer {
    return this.share === null ? frames : prefixFrames(frames, this.share.prefix);
  }
}
