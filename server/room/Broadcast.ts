import type { Connection } from '../ws/Connection.ts';
import { endOfTurn } from '../ws/endOfTurn.ts';

type Audience = ReadonlyMap<Connection, { readonly joined: boolean }>;

interface Queued {
  readonly frame: Buffer;
  readonly author: Connection | null;
  readonly droppable: boolean;
}

/** Queued frames that do not wait any longer. */
const manyFrames = 64;

/**
 * Sends what came to everyone in a room: framed once, and one write per socket. Whoever wrote nothing of it gets one shared buffer; a writer gets everyone else's.
 *
 * What one turn of the event loop brings leaves together. In a room of many, so does what comes within a few milliseconds: a write to a socket costs as much as
 * handling an update, and there is one for everybody in the room. The first after a pause leaves at once.
 */
export class Broadcast {
  private readonly members: Audience;
  private readonly maxSpacingMs: number;
  private queued: Queued[] = [];
  private flushedAt = Number.NEGATIVE_INFINITY;
  private timer: NodeJS.Timeout | null = null;
  private leaving = false;

  /**
   * @param members - of the room; only who has joined is spoken to.
   * @param maxSpacingMs - longest time between two writes in a busy room; a room of few has a millisecond for each member.
   */
  constructor(members: Audience, maxSpacingMs: number) {
    this.members = members;
    this.maxSpacingMs = maxSpacingMs;
  }

  /** @param droppable - presence: left out for a reader that is behind. */
  push(frame: Buffer, author: Connection | null, droppable = false): void {
    this.queued.push({ frame, author, droppable });
    if (this.leaving) return;
    const wait = this.flushedAt + Math.min(this.maxSpacingMs, this.members.size) - performance.now();
    if (wait > 1 && this.queued.length < manyFrames) {
      this.timer ??= setTimeout(() => {
        this.flush();
      }, wait);
      return;
    }
    this.leaving = true;
    endOfTurn(() => {
      if (this.leaving) this.flush();
    });
  }

  /** Sends what waits, now. */
  flush(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.leaving = false;
    if (this.queued.length === 0) return;
    this.flushedAt = performance.now();
    const queued = this.queued;
    this.queued = [];
    const only = queued.length === 1 ? queued[0] : undefined;
    const authors = only === undefined ? new Set(queued.map((one) => one.author)) : null;
    let shared: Buffer | null = null;
    for (const [connection, { joined }] of this.members) {
      if (!joined) continue;
      if (connection.isBehind || (authors?.has(connection) ?? connection === only?.author)) {
        const own = queued.filter(
          (one) => one.author !== connection && !(one.droppable && connection.isBehind),
        );
        if (own.length > 0) connection.write(join(own));
      } else connection.write((shared ??= join(queued)));
    }
  }
}

function join(queued: readonly Queued[]): Buffer {
  return queued.length === 1 ? (queued[0] as Queued).frame : Buffer.concat(queued.map((one) => one.frame));
}
