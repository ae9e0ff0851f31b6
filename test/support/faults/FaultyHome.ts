import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { titleOf } from '#shared/document/fields.ts';
import type { Ticket } from '#shared/api/tickets.ts';
import type { Epoch } from '#shared/domain/ids.ts';
import { readBatch } from '#shared/protocol/mirrorMessages.ts';
import { messageTypes, subprotocols, syncTypes } from '#shared/protocol/messages.ts';
import { readClientFrame } from '#shared/protocol/readClientFrame.ts';
import { wordsIn } from './FaultyDisk.ts';

/** A link of one client, both ends of it. Frames lie on it until the test carries them. */
export interface FaultyLink {
  readonly toHome: Uint8Array[];
  readonly toClient: Uint8Array[];
  /** Frames that came and are not on the home's disk. */
  readonly received: Uint8Array[];
  settled: number;
  /** The client's end. */
  readonly socket: FaultySocket;
  resume: { readonly seq: number } | null;
}

/** The home of one document: its disk, and links on which everything happens when the test says so. */
export class FaultyHome {
  /** What `requestTicket` does. */
  tickets: 'given' | 'unreachable' | 'silent' | 'not_allowed' | 'not_signed_in' = 'given';
  /** Of a link that is lost: how many of the frames that came still get to the disk. */
  keepsOfLost = 0;
  epoch = 'e'.repeat(22) as Epoch;
  /** Updates that are on its disk, in order. */
  #log: Uint8Array[] = [];
  #doc = new Y.Doc();
  /** Everything that was ever on its disk, also before it went back to a backup. */
  readonly words = new Set<string>();
  link: FaultyLink | null = null;
  #epochs = 0;
  #page = 0;

  readonly requestTicket = (): Promise<Ticket> => {
    if (this.tickets === 'silent') return new Promise(() => {});
    if (this.tickets === 'unreachable') return Promise.reject(new TypeError('fetch failed'));
    if (this.tickets !== 'given')
      return Promise.reject(Object.assign(new Error('no'), { code: this.tickets }));
    return Promise.resolve({ ticket: 't'.repeat(43), role: 'author', epoch: this.epoch, schemaVersion: 1 });
  };

  /** The class of the sockets that lead here, for one page. */
  socketClass(): typeof WebSocket {
    const page = this.#page;
    const open = (socket: FaultySocket): void => {
      // A page that is gone opens nothing.
      if (page !== this.#page) return;
      // What came by the link before may have been on its way to the disk.
      for (const update of this.link?.received.slice(0, this.keepsOfLost) ?? [])
        this.#keep(update, this.link);
      this.link = { toHome: socket.sent, toClient: [], received: [], settled: 0, socket, resume: null };
    };
    return class extends FaultySocket {
      constructor(_url: string, protocols: readonly string[]) {
        super(protocols[0] ?? '');
        open(this);
      }
    } as unknown as typeof WebSocket;
  }

  /** Somebody else writes. */
  write(word: string): void {
    const before = Y.encodeStateVector(this.#doc);
    titleOf(this.#doc).insert(0, `${word} `);
    this.#keep(Y.encodeStateAsUpdate(this.#doc, before), null);
  }

  /** Takes the oldest frame of the link in. */
  receive(): void {
    const { link } = this;
    const bytes = link?.toHome.shift();
    if (link === null || bytes === undefined) return;
    if (bytes[0] === messageTypes.batch) {
      for (const { update } of readBatch(bytes)) link.received.push(update);
      return;
    }
    const frame = readClientFrame(bytes, true);
    if (frame.kind === 'ping') this.#send(messageTypes.pong, (to) => encoding.writeVarUint(to, frame.number));
    else if (frame.kind === 'resume') {
      if (frame.epoch === this.epoch && frame.seq <= this.#log.length) link.resume = frame;
    } else if (frame.kind === 'step1') this.#answer(link, frame.stateVector);
    else if (frame.kind === 'step2' || frame.kind === 'update') link.received.push(frame.update);
  }

  /** The oldest write frame that came is on the disk, and its writer is told. */
  commit(): void {
    const { link } = this;
    const update = link?.received.shift();
    if (link === null || update === undefined) return;
    this.#keep(update, link);
    this.#settle(link);
  }

  /** It is refused. */
  refuse(code: number): void {
    const { link } = this;
    if (link?.received.shift() === undefined) return;
    this.#send(messageTypes.refused, (to) => {
      encoding.writeVarUint(to, link.settled + 1);
      encoding.writeVarUint(to, code);
      encoding.writeVarString(to, 'refused');
    });
    this.#settle(link);
  }

  /** The oldest frame gets to the client. */
  deliver(): void {
    const bytes = this.link?.toClient.shift();
    if (bytes !== undefined) this.link?.socket.onmessage?.({ data: bytes.slice().buffer });
  }

  /** The link ends; what lay on it is gone. */
  drop(code: number): void {
    const { link } = this;
    if (link === null) return;
    for (const update of link.received.slice(0, this.keepsOfLost)) this.#keep(update, link);
    this.link = null;
    link.socket.end(code);
  }

  /** The page at the other end is gone. */
  leave(): void {
    this.#page += 1;
    this.link?.socket.close();
    this.drop(1001);
  }

  /** It goes on from a backup, which has less. */
  restore(): void {
    this.drop(1012);
    this.#epochs += 1;
    this.epoch = String(this.#epochs).padStart(22, 'e') as Epoch;
    this.#log = this.#log.slice(0, Math.floor(this.#log.length / 2));
    this.#doc = new Y.Doc();
    for (const update of this.#log) Y.applyUpdate(this.#doc, update);
  }

  #answer(link: FaultyLink, stateVector: Uint8Array): void {
    const sync = (type: number, payload: Uint8Array): void =>
      this.#send(messageTypes.sync, (to) => {
        encoding.writeVarUint(to, type);
        encoding.writeVarUint8Array(to, payload);
      });
    if (link.resume === null) {
      sync(syncTypes.step2, Y.encodeStateAsUpdate(this.#doc, stateVector));
      sync(syncTypes.step1, Y.encodeStateVector(this.#doc));
    } else {
      for (const row of this.#log.slice(link.resume.seq)) sync(syncTypes.update, row);
      sync(syncTypes.step2, new Uint8Array(2));
    }
    const seq = this.#log.length;
    this.#send(messageTypes.hello, (to) => {
      encoding.writeVarString(to, this.epoch);
      encoding.writeVarUint(to, seq);
      encoding.writeVarUint(to, 1);
    });
  }

  #keep(update: Uint8Array, from: FaultyLink | null): void {
    this.#log.push(update);
    Y.applyUpdate(this.#doc, update);
    for (const word of wordsIn(titleOf(this.#doc).toJSON())) this.words.add(word);
    if (from !== null || this.link === null) return;
    this.#send(messageTypes.sync, (to) => {
      encoding.writeVarUint(to, syncTypes.update);
      encoding.writeVarUint8Array(to, update);
    });
  }

  #settle(link: FaultyLink): void {
    link.settled += 1;
    this.#send(messageTypes.stored, (to) => encoding.writeVarUint(to, link.settled));
  }

  #send(type: number, write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, type);
    write(encoder);
    this.link?.toClient.push(encoding.toUint8Array(encoder));
  }

  /** The client's end of the link opened. */
  open(): void {
    const socket = this.link?.socket;
    if (socket === undefined || socket.readyState !== 0) return;
    socket.readyState = 1;
    socket.onopen?.();
  }
}

/** As much of a browser's socket as y-websocket uses. */
export class FaultySocket {
  readonly OPEN = 1;
  readonly protocol: string;
  readonly bufferedAmount = 0;
  readonly sent: Uint8Array[] = [];
  readyState = 0;
  binaryType = 'arraybuffer';
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: ((event: object) => void) | null = null;

  constructor(protocol: string) {
    if (protocol !== subprotocols.calepin) throw new Error(`no protocol ${protocol}`);
    this.protocol = protocol;
  }

  send(bytes: Uint8Array): void {
    if (this.readyState === 1) this.sent.push(bytes.slice());
  }

  /** The client hangs up. */
  close(): void {
    this.readyState = 3;
  }

  /** The link is gone. */
  end(code: number): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.({ code, reason: '' });
  }
}
