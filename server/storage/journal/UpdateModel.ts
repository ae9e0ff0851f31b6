/** What is expected next of one person on one device. */
export interface Author {
  /** The Yjs client id of the last structs; −1 before the first. */
  client: number;
  /** The item before the caret. */
  caretClient: number;
  caretClock: number;
  /** The item after the caret. */
  rightClient: number;
  rightClock: number;
}

/** What the updates so far say of the next, the same on the way in and on the way out. */
export class UpdateModel {
  /** Client ids in the order in which they came. */
  readonly clients: number[] = [];
  private readonly places = new Map<number, number>();
  private readonly nextClocks = new Map<number, number>();
  private readonly authors = new Map<number, Author>();

  author(index: number): Author {
    let author = this.authors.get(index);
    if (author === undefined) {
      author = { client: -1, caretClient: -1, caretClock: 0, rightClient: -1, rightClock: 0 };
      this.authors.set(index, author);
    }
    return author;
  }

  nextClock(client: number): number {
    return this.nextClocks.get(client) ?? 0;
  }

  setNextClock(client: number, clock: number): void {
    this.nextClocks.set(client, clock);
  }

  /** Where a client id is in `clients`, or −1. */
  placeOf(client: number): number {
    return this.places.get(client) ?? -1;
  }

  addClient(client: number): void {
    this.places.set(client, this.clients.length);
    this.clients.push(client);
  }
}
