import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import { closeCodes } from '#shared/protocol/closeCodes.ts';
import { limits } from '#shared/protocol/messages.ts';
import { encodeAttributed } from '#shared/protocol/mirrorMessages.ts';
import type { LogRow, NewRow } from '../storage/ports/UpdateLog.ts';
import type { Connection } from '../ws/Connection.ts';
import { frameMessage } from '../ws/frame.ts';
import { Broadcast } from './Broadcast.ts';
import type { RoomContext } from './RoomContext.ts';

const firstPageRows = 16;
const maxPageRows = 1_000;

interface Follower {
  /** The last row that it was sent from the log. */
  last: number;
  /** It was sent every row there was: it hears what is new. */
  joined: boolean;
}

/** Rows as the log holds them, for the mirrors of who may see the history: those that a copy lacks, then each as it is stored, in order and once, its author's too. */
export class RowFeed {
  /** To those who have every row: the next, and who is present. */
  readonly broadcast: Broadcast;
  private readonly document: DocumentId;
  private readonly context: RoomContext;
  private readonly followers = new Map<Connection, Follower>();
  private readonly names = new Map<PersonId, string>();
  /** The last row that went to the broadcast. */
  private fed = 0;
  private readonly waiting = new Map<number, NewRow>();
  private feeding = false;
  /** What is said of rows up to one that is not fed yet. */
  private later: { readonly seq: number; readonly message: Uint8Array } | null = null;

  constructor(document: DocumentId, context: RoomContext) {
    this.document = document;
    this.context = context;
    this.broadcast = new Broadcast(this.followers, context.limits.broadcastSpacingMs);
  }

  get isEmpty(): boolean {
    return this.followers.size === 0;
  }

  /**
   * Sends the rows after one, and from then on each that is stored. Resolves when the follower has all there are, or is one no more.
   * @param stored - the last row that is stored.
   */
  async add(connection: Connection, after: number, stored: number): Promise<void> {
    if (this.isEmpty) {
      this.fed = stored;
      this.waiting.clear();
    }
    const follower: Follower = { last: after, joined: false };
    this.followers.set(connection, follower);
    try {
      let pageRows = firstPageRows;
      while (this.isBehind(connection, follower)) {
        await connection.inTurn(async () => {
          const bytes = await this.sendPage(connection, follower, pageRows);
          if (bytes * 2 > limits.maxPartBytes) pageRows = Math.max(1, Math.floor(pageRows / 2));
          else pageRows = Math.min(maxPageRows, pageRows * 2);
        });
      }
      // What waits for its time was read from the log.
      this.broadcast.flush();
      follower.joined = true;
    } catch (error) {
      const code = error instanceof AppError ? error.code : 'internal';
      this.context.logger.error({ err: error, document: this.document, code }, 'rows could not be sent');
      connection.close(closeCodes.storage, code);
    }
  }

  remove(connection: Connection): void {
    this.followers.delete(connection);
  }

  /** A row was stored. */
  push(row: NewRow, seq: number): void {
    if (this.isEmpty || seq <= this.fed) return;
    this.waiting.set(seq, row);
    if (!this.feeding) void this.feed();
  }

  /** Tells who has every row something about those up to `seq`: never before them. */
  tell(seq: number, message: Uint8Array): void {
    if (this.isEmpty) return;
    if (seq > this.fed) {
      this.later = { seq, message };
      return;
    }
    this.broadcast.flush();
    for (const [connection, { joined }] of this.followers) if (joined) connection.send(message);
  }

  private isBehind(connection: Connection, follower: Follower): boolean {
    return this.followers.get(connection) === follower && !connection.closed && follower.last < this.fed;
  }

  /** @returns the bytes that were sent. */
  private async sendPage(connection: Connection, follower: Follower, count: number): Promise<number> {
    const upTo = Math.min(follower.last + count, this.fed);
    const rows = await this.context.log.read(this.document, follower.last, upTo);
    const last = rows.at(-1);
    if (last === undefined) throw new AppError('document_damaged', 'rows are missing');
    await this.learnNames(rows);
    // The right to see the history may have gone meanwhile.
    if (!this.isBehind(connection, follower)) return 0;
    follower.last = last.seq;
    const frames = rows.map((row) => this.frame(row));
    await connection.sendState(frames);
    return frames.reduce((sum, frame) => sum + frame.length, 0);
  }

  private async feed(): Promise<void> {
    this.feeding = true;
    // A row of an operation may be told of after later ones: the next in order is waited for.
    for (;;) {
      const seq = this.fed + 1;
      const row = this.waiting.get(seq);
      if (row === undefined) break;
      const next = { ...row, seq };
      if (this.lacksName(next)) await this.learnNames([next]);
      // Everyone left meanwhile, and somebody came.
      if (this.fed + 1 !== seq) continue;
      this.waiting.delete(seq);
      this.fed = seq;
      this.broadcast.push(this.frame(next), null);
      const { later } = this;
      if (later === null || later.seq > seq) continue;
      this.later = null;
      this.tell(later.seq, later.message);
    }
    this.feeding = false;
  }

  private frame(row: LogRow): Buffer {
    const name = (row.person === null ? null : this.names.get(row.person)) ?? '';
    return frameMessage(encodeAttributed({ ...row, name }));
  }

  private lacksName({ person }: LogRow): boolean {
    return person !== null && !this.names.has(person);
  }

  private async learnNames(rows: readonly LogRow[]): Promise<void> {
    const unknown = new Set(
      rows.flatMap(({ person }) => (person === null || this.names.has(person) ? [] : [person])),
    );
    if (unknown.size === 0) return;
    try {
      const names = await this.context.namesOf([...unknown]);
      for (const person of unknown) this.names.set(person, names.get(person) ?? '');
    } catch (error) {
      this.context.logger.error({ err: error, document: this.document }, 'names could not be looked up');
    }
  }
}
