import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import {
  encodeAwareness,
  encodePing,
  encodeQueryAwareness,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
} from '#shared/protocol/encodeMessage.ts';
import { randomEdit } from '../integration/convergence/randomEdit.ts';
import type { Random } from './random.ts';

const oddNumbers = [0, 1, 2, 127, 128, 255, 16_384, 2 ** 31, 2 ** 32, 2 ** 49, Number.MAX_SAFE_INTEGER];
const names = [
  'default',
  'title',
  'paragraph',
  'blockId',
  '',
  '__proto__',
  'constructor',
  'é',
  '🌱',
  'a'.repeat(300),
];
const jsons = [
  '{}',
  'null',
  '[1,{"a":2}]',
  '{"bold":true}',
  '{"__proto__":1}',
  '{',
  '""',
  '1e400',
  '"\\ud800"',
];
const states = [
  'null',
  '{}',
  '{"user":{"id":"x","name":"Eve"}}',
  '[]',
  '{"cursor":3}',
  '',
  '{"constructor":1}',
  '7',
];

/** Frames that a client may send, well formed and not: valid ones that were altered, and others made by the rules of the format with odd values. */
export class FrameFuzzer {
  private readonly random: Random;
  private readonly valid: readonly Uint8Array[];
  /** Client ids that its structs are under. */
  private readonly clients: readonly number[];

  /** @param clients - ids that are the sender's own, and some that are not. */
  constructor(random: Random, clients: readonly number[]) {
    this.random = random;
    this.clients = clients;
    this.valid = validFrames(random, clients);
  }

  next(): Uint8Array {
    const dice = this.random.int(10);
    if (dice < 6) return this.altered(this.random.pick(this.valid));
    if (dice < 7) return encodeUpdate(this.altered(this.payload(this.random.pick(this.valid))));
    return this.made();
  }

  /** What stands behind the type, the inner type and the length of a short sync frame. */
  private payload(frame: Uint8Array): Uint8Array {
    return frame.subarray(3);
  }

  private altered(frame: Uint8Array): Uint8Array {
    let bytes = Uint8Array.from(frame);
    for (let times = 1 + this.random.int(3); times > 0; times--) bytes = this.alter(bytes);
    return bytes;
  }

  private alter(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    const { random } = this;
    const at = random.int(bytes.length + 1);
    const until = Math.min(bytes.length, at + 1 + random.int(8));
    const put = (middle: ArrayLike<number>, after = at): Uint8Array<ArrayBuffer> =>
      Uint8Array.from([...bytes.subarray(0, at), ...Array.from(middle), ...bytes.subarray(after)]);
    switch (random.int(9)) {
      case 0:
        if (at < bytes.length) bytes[at] = (bytes[at] as number) ^ (1 << random.int(8));
        return bytes;
      case 1:
        return put([random.pick([0, 1, 127, 128, 255, random.int(256)])], Math.min(bytes.length, at + 1));
      case 2:
        return bytes.slice(0, at);
      case 3:
        return put([], until);
      case 4:
        return put(bytes.subarray(at, until));
      case 5:
        return put(
          encoding.encode((e) => encoding.writeVarUint(e, random.pick(oddNumbers))),
          until,
        );
      case 6:
        // A number written longer than it needs.
        return put([(bytes[at] ?? 0) | 128, 0], Math.min(bytes.length, at + 1));
      case 7: {
        const other = random.pick(this.valid);
        return put(other.subarray(random.int(other.length)), bytes.length);
      }
      default:
        return put(new Uint8Array(1 + random.int(64)));
    }
  }

  private number(): number {
    return this.random.int(3) === 0 ? this.random.pick(oddNumbers) : this.random.int(40);
  }

  private made(): Uint8Array {
    const { random } = this;
    switch (random.int(12)) {
      case 0:
        return encodeStep1(
          encoding.encode((e) => {
            const count = random.int(4);
            encoding.writeVarUint(e, random.int(8) === 0 ? this.number() : count);
            for (let n = 0; n < count * 2; n++) encoding.writeVarUint(e, this.number());
          }),
        );
      case 1:
      case 2:
        return encodeAwareness(
          Array.from({ length: random.int(4) }, () => ({
            client: random.pick(this.clients),
            clock: this.number(),
            state: random.pick(states),
          })),
        );
      case 3:
        return encoding.encode((e) => {
          for (let n = 1 + random.int(4); n > 0; n--) encoding.writeVarUint(e, this.number());
        });
      case 4:
        return encodeStep2(this.update());
      default:
        return encodeUpdate(this.update());
    }
  }

  private update(): Uint8Array {
    const { random } = this;
    return encoding.encode((e) => {
      const sections = random.int(3);
      encoding.writeVarUint(e, random.int(20) === 0 ? this.number() : sections);
      for (let n = 0; n < sections; n++) this.section(e);
      const deleted = random.int(3);
      encoding.writeVarUint(e, random.int(20) === 0 ? this.number() : deleted);
      for (let n = 0; n < deleted; n++) {
        encoding.writeVarUint(e, random.pick(this.clients));
        const ranges = random.int(3);
        encoding.writeVarUint(e, ranges);
        for (let at = 0; at < ranges * 2; at++) encoding.writeVarUint(e, this.number());
      }
    });
  }

  private section(e: encoding.Encoder): void {
    const { random } = this;
    const structs = 1 + random.int(4);
    encoding.writeVarUint(e, random.int(20) === 0 ? this.number() : structs);
    encoding.writeVarUint(e, random.pick(this.clients));
    encoding.writeVarUint(e, random.int(2) === 0 ? 0 : this.number());
    for (let n = 0; n < structs; n++) this.struct(e);
  }

  private struct(e: encoding.Encoder): void {
    const { random } = this;
    const content = random.int(12);
    const flags = random.int(3) === 0 ? random.int(8) << 5 : 0;
    encoding.writeUint8(e, content | flags);
    if (content === 0 || content === 10) {
      encoding.writeVarUint(e, this.number());
      return;
    }
    for (const flag of [128, 64]) {
      if ((flags & flag) === 0) continue;
      encoding.writeVarUint(e, random.pick(this.clients));
      encoding.writeVarUint(e, this.number());
    }
    if ((flags & 192) === 0) {
      const isNamed = random.int(3) > 0;
      encoding.writeVarUint(e, isNamed ? 1 : 0);
      if (isNamed) encoding.writeVarString(e, random.pick(names));
      else {
        encoding.writeVarUint(e, random.pick(this.clients));
        encoding.writeVarUint(e, this.number());
      }
      if ((flags & 32) !== 0) encoding.writeVarString(e, random.pick(names));
    }
    this.content(e, content);
  }

  private content(e: encoding.Encoder, content: number): void {
    const { random } = this;
    if (content === 1) encoding.writeVarUint(e, this.number());
    else if (content === 2 || content === 8) {
      const count = random.int(3);
      encoding.writeVarUint(e, count);
      for (let n = 0; n < count; n++) {
        if (content === 2) encoding.writeVarString(e, random.pick(jsons));
        else encoding.writeAny(e, random.pick([null, 1, 2.5, 'a', [1, [2]], { a: { b: 1 } }, true]));
      }
    } else if (content === 3) encoding.writeVarUint8Array(e, new Uint8Array(random.int(9)));
    else if (content === 4) encoding.writeVarString(e, random.pick(names));
    else if (content === 5) encoding.writeVarString(e, random.pick(jsons));
    else if (content === 6) {
      encoding.writeVarString(e, random.pick(names));
      encoding.writeVarString(e, random.pick(jsons));
    } else if (content === 7) {
      const type = random.int(8);
      encoding.writeVarUint(e, type);
      if (type === 3 || type === 5) encoding.writeVarString(e, random.pick(names));
    } else encoding.writeVarUint(e, this.number());
  }
}

function validFrames(random: Random, clients: readonly number[]): Uint8Array[] {
  const frames = [encodePing(7), encodeQueryAwareness(), encodeStep1(Uint8Array.of(0))];
  for (const client of clients) {
    const doc = new Y.Doc();
    doc.clientID = client;
    doc.on('update', (update: Uint8Array) => frames.push(encodeUpdate(update)));
    for (let edits = 12; edits > 0; edits--) randomEdit(doc, random);
    frames.push(encodeStep2(Y.encodeStateAsUpdate(doc)), encodeStep1(Y.encodeStateVector(doc)));
    frames.push(encodeAwareness([{ client, clock: 3, state: '{"cursor":1}' }]));
  }
  return frames;
}
