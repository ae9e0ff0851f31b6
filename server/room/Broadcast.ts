import type { Connection } from '../ws/Connection.ts';
import { endOfTurn } from '../ws/endOfTurn.ts';

interface Queued {
  readonly frame: Buffer;
  readonly author: Connection | null;
  readonly droppable: boolean;
}

/**
 * Sends what one turn of the event loop brought to everyone in a room: framed once, and one write per socket. Whoever wrote nothing in the turn gets one shared
 * buffer; a writer gets everyone else's.
 */
export class Broadcast {
  private readonly audience: () => Iterable<Connection>;
  private queued: Queued[] = [];

  constructor(audience: () => Iterable<Connection>) {
    this.audience = audience;
  }

  /** @param droppable - presence: left out for a reader that is behind. */
  push(frame: Buffer, author: Connection | null, droppable = false): void {
    if (this.queued.push({ frame, author, droppable }) === 1) {
      endOfTurn(() => {
        this.flush();
      });
    }
  }

  private flush(): void {
    const queued = this.queued;
    this.queued = [];
    const authors = new Set(queued.map((one) => one.author));
    let shared: Buffer | null = null;
    for (const connection of this.audience()) {
      if (connection.isBehind || authors.has(connection)) {
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
