import * as Y from 'yjs';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import { encodeStep2, encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { type RawClient, rawClient } from '../../support/rawClient.ts';
import type { RelayChild } from '../../support/RelayChild.ts';

/** Where a writer gets in. */
export type Door = Pick<RelayChild, 'url' | 'ticket'>;

/** Letters are typed in the order of the alphabet, so that each one's place can be checked. */
export const letterOf = (index: number): string => String.fromCharCode(97 + (index % 26));

/** A promise of the relay: at this moment (ns, monotonic) it had said to have the first `count` letters. */
interface Kept {
  readonly at: bigint;
  readonly count: number;
}

/** Somebody who types into a text of their own, a letter an update, and remembers what was promised. */
export class PromisedWriter {
  readonly doc = new Y.Doc();
  readonly document: DocumentId;
  readonly person: PersonId;
  readonly #kept: Kept[] = [];
  readonly #updates: Uint8Array[] = [];
  #client: RawClient | null = null;

  constructor(document: DocumentId, person: PersonId) {
    this.document = document;
    this.person = person;
    this.doc.on('update', (update: Uint8Array) => this.#updates.push(update));
  }

  get typed(): number {
    return this.#updates.length;
  }

  /** How many letters the relay has said to have. */
  get acknowledged(): number {
    return this.#kept.at(-1)?.count ?? 0;
  }

  /** The same, at a moment. */
  acknowledgedAt(moment: bigint): number {
    return this.#kept.findLast(({ at }) => at <= moment)?.count ?? 0;
  }

  /** When the first promise was made. */
  get firstKeptAt(): bigint {
    return this.#kept[0]?.at ?? 0n;
  }

  /** False when the relay ended the connection, or is gone. */
  get isConnected(): boolean {
    const socket = this.#client?.socket;
    return socket !== undefined && socket.readyState <= socket.OPEN;
  }

  /** Opens a socket, and says in its first frame everything that was typed so far. Nothing happens when the relay ends meanwhile. */
  async connect(relay: Door): Promise<void> {
    const person = { id: this.person, name: 'P', colour: 'azur' };
    const ticket = await relay.ticket(this.document, { person, wire: 'calepin.1' });
    if (ticket === null) return;
    const client = rawClient(relay.url, this.document, ticket);
    const inFirst = this.typed;
    this.#client = client;
    client.socket.on('message', () => {
      const last = client.heard.at(-1);
      if (last?.kind === 'refused') throw new Error(`the relay refused a letter: ${last.reason}`);
      if (last?.kind !== 'stored' || last.settled === 0) return;
      const count = inFirst + last.settled - 1;
      if (count > this.acknowledged) this.#kept.push({ at: process.hrtime.bigint(), count });
    });
    client.send(encodeStep2(Y.encodeStateAsUpdate(this.doc)));
  }

  type(): void {
    const text = this.doc.getText(`of ${this.doc.clientID}`);
    text.insert(text.length, letterOf(text.length));
    this.#client?.send(encodeUpdate(this.#updates.at(-1) ?? new Uint8Array()));
  }

  /** Resolves when the socket has ended. @returns how; null when there was none. */
  async disconnected(): Promise<{ code: number; reason: string } | null> {
    const end = this.#client?.closed ?? null;
    this.#client = null;
    return end;
  }
}

/** Has them type, each now and then, until what it returns is called. */
export function typeAlong(
  writers: readonly PromisedWriter[],
  isTurn: () => boolean = () => true,
): () => void {
  const typing = setInterval(() => {
    for (const writer of writers) if (writer.isConnected && isTurn()) writer.type();
  }, 1);
  return () => clearInterval(typing);
}

/** How many letters were promised to all of them. */
export const promisedTo = (writers: readonly PromisedWriter[]): number =>
  writers.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
