import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { closeCodes, type CloseCode } from '#shared/protocol/closeCodes.ts';
import { encodeAwareness } from '#shared/protocol/encodeMessage.ts';
import { limits as wireLimits } from '#shared/protocol/messages.ts';
import { encodeAbout, nobody } from '#shared/protocol/mirrorMessages.ts';
import { type Meter, noMeter } from '../metrics/Meter.ts';
import type { RelayLimits } from '../room/RelayLimits.ts';
import { endOfTurn } from './endOfTurn.ts';
import { frameMessage } from './frame.ts';
import type { Speaker } from './Session.ts';
import { TokenBucket } from './TokenBucket.ts';

const never = Number.POSITIVE_INFINITY;
/** Presence of nobody: says only that the relay is there. */
const nothing = encodeAwareness([]);
const keepAlive = frameMessage(nothing);
const keepAliveOfMany = frameMessage(encodeAbout(nobody, nothing));

/** One socket: whom it speaks for, how much it may still send, what waits for it. It knows nothing of documents: a `Connection` is one of them on it. */
export class ClientSocket {
  readonly speaker: Speaker;
  readonly limits: RelayLimits;
  readonly meter: Meter;
  /** When the last message went to it: stock clients give up on a silent relay. */
  lastSentAt: number;
  /** Pings that were not answered. */
  missedPongs = 0;
  closed = false;
  private states: Promise<void> = Promise.resolve();
  private readonly carriesMany: boolean;
  private readonly webSocket: WebSocket;
  private readonly duplex: Duplex;
  private readonly updates: TokenBucket;
  private readonly presence: TokenBucket;
  private pending: Buffer[] = [];
  /** What is sent after a document's state, which leaves in parts. Null when no state is on its way. */
  private late: Buffer[] | null = null;
  private lateBytes = 0;
  private unstoredFrames = 0;
  private unstoredBytes = 0;
  private holds = 0;
  private pausedSince = never;
  private drainingSince = never;
  private resumeTimer: NodeJS.Timeout | null = null;

  /**
   * @param duplex - the stream of the upgrade: frames that many sockets share are written to it directly.
   * @param carriesMany - documents, each of whose messages says which it is about.
   */
  constructor(
    webSocket: WebSocket,
    duplex: Duplex,
    speaker: Speaker,
    limits: RelayLimits,
    meter = noMeter,
    carriesMany = false,
  ) {
    this.meter = meter;
    this.carriesMany = carriesMany;
    this.webSocket = webSocket;
    this.duplex = duplex;
    this.speaker = speaker;
    this.limits = limits;
    const now = Date.now();
    this.lastSentAt = now;
    this.updates = new TokenBucket(limits.updatesPerSecond, limits.updateBurst, now);
    this.presence = new TokenBucket(limits.presencePerSecond, limits.presencePerSecond, now);
  }

  /** True while so much waits for this reader that presence is left out. */
  get isBehind(): boolean {
    return this.late === null && this.duplex.writableLength > this.limits.dropPresenceBytes;
  }

  /** Writes one frame with what else this turn brings. */
  send(frame: Buffer): void {
    if (this.closed) return;
    if (this.pending.push(frame) > 1) return;
    endOfTurn(() => {
      const frames = this.pending;
      this.pending = [];
      this.write(frames.length === 1 ? (frames[0] as Buffer) : Buffer.concat(frames));
    });
  }

  /** Writes whole frames now; after the state, when one is still on its way. */
  write(frames: Buffer): void {
    if (this.closed) return;
    if (this.late !== null) {
      this.late.push(frames);
      this.lateBytes += frames.length;
      if (this.lateBytes > this.limits.maxQueuedBytes) this.close(closeCodes.slowReader, 'slow_reader');
      return;
    }
    this.lastSentAt = Date.now();
    if (this.duplex.write(frames)) return;
    if (this.drainingSince === never) {
      this.drainingSince = Date.now();
      this.duplex.once('drain', () => {
        this.drainingSince = never;
      });
    }
    if (this.duplex.writableLength > this.limits.maxQueuedBytes)
      this.close(closeCodes.slowReader, 'slow_reader');
  }

  /**
   * Sends a document's state, waiting for the socket between parts; everything else sent meanwhile follows it.
   * @param frames - whole frames, in order.
   */
  async sendState(frames: readonly Buffer[]): Promise<void> {
    if (this.closed) return;
    const late: Buffer[] = [];
    this.late = late;
    this.lateBytes = 0;
    let part: Buffer[] = [];
    let size = 0;
    for (const [index, frame] of frames.entries()) {
      part.push(frame);
      size += frame.length;
      if (size < wireLimits.maxPartBytes && index < frames.length - 1) continue;
      // Corked, the part's frames leave in one write and are not copied into one.
      this.duplex.cork();
      let room = true;
      for (const one of part) room = this.duplex.write(one);
      this.duplex.uncork();
      part = [];
      size = 0;
      if (!room && index < frames.length - 1) await this.drained();
      if (this.closed) return;
    }
    this.late = null;
    this.lastSentAt = Date.now();
    if (late.length > 0) this.write(Buffer.concat(late));
  }

  /** Runs what sends a state. The states of one socket leave one after the other, in the order asked for. */
  inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.states.then(work);
    this.states = done.catch(() => undefined);
    return done;
  }

  /** Counts a write frame against the session's limits, until `settled`. @param cost - in frames of the rate. */
  receiveWrite(bytes: number, cost: number): void {
    this.unstoredFrames++;
    this.unstoredBytes += bytes;
    this.take(cost);
    if (this.isFull) this.pause();
  }

  /** Counts a question for a document's state like a write: answering one costs as much. */
  receiveQuestion(): void {
    this.take(1);
  }

  /** @returns false when there is too much presence: this one is to be left for later. */
  receivePresence(): boolean {
    return this.presence.take(Date.now()) === 0;
  }

  /** Write frames do not wait for the disk any more. */
  settled(frames: number, bytes: number): void {
    this.unstoredFrames -= frames;
    this.unstoredBytes -= bytes;
    if (this.isPaused && this.resumeTimer === null && !this.isFull) this.resume();
  }

  /** Nothing more is read until each `holdReading` was followed by a `releaseReading`. */
  holdReading(): void {
    this.holds++;
    this.pause();
  }

  releaseReading(): void {
    this.holds--;
    this.settled(0, 0);
  }

  close(code: CloseCode, reason: string): void {
    if (this.closed) return;
    const frames = this.pending.concat(this.late ?? []);
    this.pending = [];
    if (frames.length > 0 && code !== closeCodes.slowReader) this.duplex.write(Buffer.concat(frames));
    this.closed = true;
    this.meter.closed(code);
    this.clearTimer();
    this.webSocket.resume();
    this.webSocket.close(code, reason);
  }

  /** The socket is gone. */
  end(): void {
    this.closed = true;
    this.clearTimer();
  }

  /** Says something to who would otherwise hear nothing. */
  keepAlive(): void {
    this.send(this.carriesMany ? keepAliveOfMany : keepAlive);
  }

  ping(): void {
    this.webSocket.ping();
  }

  terminate(): void {
    this.end();
    this.webSocket.terminate();
  }

  /** Ends a reader that does not drain, and a writer whose reading stays paused. Called now and then. */
  checkPatience(now: number): void {
    if (this.late === null && now - this.drainingSince > this.limits.slowMs) {
      this.close(closeCodes.slowReader, 'slow_reader');
    } else if (now - this.pausedSince > this.limits.slowMs) this.close(closeCodes.tooFast, 'too_fast');
  }

  private get isPaused(): boolean {
    return this.pausedSince !== never;
  }

  private get isFull(): boolean {
    return (
      this.holds > 0 ||
      this.unstoredFrames > this.limits.maxUnstoredFrames ||
      this.unstoredBytes > this.limits.maxUnstoredBytes
    );
  }

  private take(count: number): void {
    const wait = this.updates.take(Date.now(), count);
    if (wait > 0) this.pauseFor(wait);
  }

  private pauseFor(milliseconds: number): void {
    this.pause();
    this.clearTimer();
    this.resumeTimer = setTimeout(() => {
      this.resumeTimer = null;
      if (!this.isFull) this.resume();
    }, milliseconds);
  }

  private pause(): void {
    if (this.isPaused || this.closed) return;
    this.pausedSince = Date.now();
    this.webSocket.pause();
  }

  private resume(): void {
    this.pausedSince = never;
    this.webSocket.resume();
  }

  private clearTimer(): void {
    if (this.resumeTimer !== null) clearTimeout(this.resumeTimer);
    this.resumeTimer = null;
  }

  private async drained(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.duplex.once('drain', resolve);
    this.duplex.once('close', resolve);
    await promise;
    this.duplex.off('drain', resolve);
    this.duplex.off('close', resolve);
  }
}
