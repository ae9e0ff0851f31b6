import type { DocumentId } from '#shared/domain/ids.ts';
import { PresenceElsewhere } from './PresenceElsewhere.ts';
import { Room } from './Room.ts';
import type { RoomContext } from './RoomContext.ts';

/** The open rooms. A document is loaded once however many ask for it, and let go when nobody needs it. */
export class RoomRegistry {
  /** Who is in documents at their homes. */
  readonly elsewhere: PresenceElsewhere;
  private readonly rooms = new Map<DocumentId, Room>();
  private readonly opening = new Map<DocumentId, Promise<Room | null>>();
  private readonly context: RoomContext;

  constructor(context: RoomContext) {
    this.context = context;
    this.elsewhere = new PresenceElsewhere(context.limits.maxAwarenessBytes);
  }

  get size(): number {
    return this.rooms.size;
  }

  all(): Iterable<Room> {
    return this.rooms.values();
  }

  /** The room if it is open. */
  peek(document: DocumentId): Room | null {
    return this.rooms.get(document) ?? null;
  }

  /**
   * The room, read from the log if it is not open; held: call `release` on it.
   * @returns null for an unknown document.
   * @throws AppError `storage_failed`: an empty room is never opened over a document that cannot be read. Of a damaged one, what is sound is opened, to be read.
   */
  async open(document: DocumentId): Promise<Room | null> {
    const known = this.rooms.get(document);
    if (known !== undefined) {
      known.hold();
      return known;
    }
    let opening = this.opening.get(document);
    if (opening === undefined) {
      opening = this.load(document).finally(() => this.opening.delete(document));
      this.opening.set(document, opening);
    }
    const room = await opening;
    // Between the load and now the room may have been emptied by another who waited.
    if (room !== null && this.rooms.get(document) !== room) return this.open(document);
    room?.hold();
    return room;
  }

  /** Lets a room go that nobody needs; everything of it is in the log. */
  remove(room: Pick<Room, 'document'>): void {
    const known = this.rooms.get(room.document);
    if (known === undefined || known !== room) return;
    this.rooms.delete(room.document);
    known.close();
  }

  private async load(document: DocumentId): Promise<Room | null> {
    const loaded = await this.context.load(document);
    if (loaded === null) return null;
    const room = new Room(loaded, this.context, this.elsewhere);
    this.rooms.set(document, room);
    return room;
  }
}
