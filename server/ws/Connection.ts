import type { CloseCode } from '#shared/protocol/closeCodes.ts';
import { encodeRefused, encodeStored } from '#shared/protocol/encodeMessage.ts';
import type { ClientSocket } from './ClientSocket.ts';
import { endOfTurn } from './endOfTurn.ts';
import { frameMessage } from './frame.ts';
import type { Session } from './Session.ts';
import { WriteLedger } from './WriteLedger.ts';

/** One document on a socket, as its room sees it: for whom it is open, and what became of the writes that came through it. */
export class Connection {
  readonly session: Session;
  private readonly socket: ClientSocket;
  private readonly ledger = new WriteLedger();
  private storedScheduled = false;

  constructor(socket: ClientSocket, session: Session) {
    this.socket = socket;
    this.session = session;
  }

  get isCalepin(): boolean {
    return this.session.wire === 'calepin.1';
  }

  get closed(): boolean {
    return this.socket.closed;
  }

  /** True while so much waits for this reader that presence is left out. */
  get isBehind(): boolean {
    return this.socket.isBehind;
  }

  /** Sends a message of this connection's own, with what else this turn brings. */
  send(message: Uint8Array): void {
    if (!this.closed) this.socket.send(frameMessage(message));
  }

  /** Writes whole frames now; after the state, when that is still on its way. */
  write(frames: Buffer): void {
    this.socket.write(frames);
  }

  /**
   * Sends the document's state, waiting for the socket between parts; everything else sent meanwhile follows it.
   * @param frames - whole frames, in order.
   */
  async sendState(frames: readonly Buffer[]): Promise<void> {
    await this.socket.sendState(frames);
  }

  /** Counts a write frame against the session's limits. @returns its number. */
  receiveWrite(bytes: number): number {
    this.socket.receiveWrite(bytes);
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

  /** A write frame could not be taken; it is settled with the step 2 that repeats it. */
  hold(index: number, bytes: number): void {
    this.socket.settled(0, bytes);
    this.ledger.hold(index);
  }

  /** The frames that a step 2 repeats: settle them with it. */
  takeHeld(): number[] {
    return this.ledger.takeHeld();
  }

  /** A write frame's fate is decided, and durable. A `calepin.1` client is told, once a turn. */
  settle(index: number, bytes: number): void {
    this.socket.settled(1, bytes);
    if (!this.ledger.settle(index) || !this.isCalepin || this.storedScheduled) return;
    this.storedScheduled = true;
    endOfTurn(() => {
      this.storedScheduled = false;
      this.send(encodeStored(this.ledger.settled));
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

  close(code: CloseCode, reason: string): void {
    this.socket.close(code, reason);
  }
}
