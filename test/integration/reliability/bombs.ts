import * as encoding from 'lib0/encoding';
import { encodeAwareness, encodeStep1, encodeStep2, encodeUpdate } from '#shared/protocol/encodeMessage.ts';

/** What the relay must do about a frame: close the connection, refuse the write, ask for what is missing; or take it, since it is harmless. */
export type Answer = `closed ${number}` | `refused ${number}` | 'asked' | 'taken';
export interface Bomb {
  readonly name: string;
  readonly answer: Answer;
  readonly frame: () => Uint8Array;
}

type Write = (encoder: encoding.Encoder) => void;
const KiB = 1024;
const MiB = 1024 * KiB;
const reservedNames = ['__proto__', 'constructor', 'prototype'];

const encode = (...writes: Write[]): Uint8Array =>
  encoding.encode((encoder) => {
    for (const write of writes) write(encoder);
  });
const uint =
  (...numbers: number[]): Write =>
  (encoder) => {
    for (const number of numbers) encoding.writeVarUint(encoder, number);
  };
const byte =
  (...numbers: number[]): Write =>
  (encoder) => {
    for (const number of numbers) encoding.writeUint8(encoder, number);
  };
const raw =
  (bytes: Uint8Array): Write =>
  (encoder) => {
    encoding.writeUint8Array(encoder, bytes);
  };
const string =
  (text: string): Write =>
  (encoder) => {
    encoding.writeVarString(encoder, text);
  };
/** A string whose bytes are given, whatever they are. */
const stringOf =
  (bytes: Uint8Array): Write =>
  (encoder) => {
    encoding.writeVarUint8Array(encoder, bytes);
  };
const times =
  (count: number, write: (n: number) => Write): Write =>
  (encoder) => {
    for (let n = 0; n < count; n++) write(n)(encoder);
  };
const nothing: Write = () => {};

/** Numbers of Yjs's format. */
const ref = {
  gc: 0,
  deleted: 1,
  json: 2,
  binary: 3,
  string: 4,
  embed: 5,
  format: 6,
  type: 7,
  any: 8,
  doc: 9,
  skip: 10,
};
const withOrigin = 128;
const withKey = 32;

/** An item under the root type `text`: its content follows. */
const item = (content: number, ...writes: Write[]): Write[] => [
  byte(content),
  uint(1),
  string('text'),
  ...writes,
];
/** One client's structs, and nothing deleted. */
const update = (count: number, ...structs: Write[]): Uint8Array =>
  encode(uint(1, count, 7, 0), ...structs, uint(0));
const one = (content: number, ...writes: Write[]): Uint8Array => update(1, ...item(content, ...writes));
/** A struct of many clocks, so that much can be deleted. */
const vast = [byte(ref.gc), uint(2 ** 40)];
const deletions = (clients: number, ...ranges: Write[]): Uint8Array =>
  encode(uint(1, 1, 7, 0), ...vast, uint(clients), ...ranges);

const nested =
  (depth: number, open: Write, core: Write): Write =>
  (encoder) => {
    for (let level = 0; level < depth; level++) open(encoder);
    core(encoder);
  };
const anyArray = byte(117, 1);
const anyObject: Write = (encoder) => {
  byte(118, 1)(encoder);
  string('a')(encoder);
};
const anyNull = byte(126);
const jsonArrays = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const jsonObjects = (depth: number): string => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);

const write = (name: string, answer: Answer, payload: () => Uint8Array): Bomb => ({
  name,
  answer,
  frame: () => encodeUpdate(payload()),
});

const claims: Bomb[] = [2 ** 20, 2 ** 31, 2 ** 48].flatMap((count) => [
  write(`${count} clients`, 'refused 4422', () => encode(uint(count))),
  write(`${count} structs`, 'refused 4422', () => encode(uint(1, count, 7, 0), byte(0), uint(1))),
  write(`${count} clients in the delete set`, 'refused 4422', () => encode(uint(0, count))),
  write(`${count} deletions`, 'refused 4422', () => deletions(1, uint(7, count, 0, 1))),
  write(`${count} values`, 'refused 4422', () => one(ref.any, uint(count), anyNull)),
  write(`an array of ${count}`, 'refused 4422', () => one(ref.any, uint(1), byte(117), uint(count), anyNull)),
  write(`an object of ${count} keys`, 'refused 4422', () =>
    one(ref.any, uint(1), byte(118), uint(count), string('a')),
  ),
  write(`${count} JSON values`, 'refused 4422', () => one(ref.json, uint(count), string('1'))),
  write(`bytes of ${count}`, 'closed 4400', () => one(ref.binary, uint(count), byte(1))),
  write(`a string of ${count}`, 'closed 4400', () => one(ref.string, uint(count), byte(97))),
]);

const frames: Bomb[] = [2 ** 31, 2 ** 48].flatMap((count): Bomb[] => [
  { name: `an update of ${count} bytes`, answer: 'closed 4400', frame: () => encode(uint(0, 2, count, 0)) },
  {
    name: `a state vector of ${count} bytes`,
    answer: 'closed 4400',
    frame: () => encode(uint(0, 0, count, 0)),
  },
  {
    name: `a state vector of ${count} clients`,
    answer: 'closed 4400',
    frame: () => encodeStep1(encode(uint(count, 1, 1))),
  },
  {
    name: `presence of ${count} clients`,
    answer: 'closed 4400',
    frame: () => encode(uint(1), stringOf(encode(uint(count, 1, 1)))),
  },
  { name: `message ${count}`, answer: 'closed 4400', frame: () => encode(uint(count)) },
  { name: `sync message ${count}`, answer: 'closed 4400', frame: () => encode(uint(0, count, 0)) },
]);

const depths: Bomb[] = [66, 1_000, 100_000].flatMap((depth) => [
  write(`arrays ${depth} deep`, 'refused 4422', () =>
    one(ref.any, uint(1), nested(depth, anyArray, anyNull)),
  ),
  write(`objects ${depth} deep`, 'refused 4422', () =>
    one(ref.any, uint(1), nested(depth, anyObject, anyNull)),
  ),
  write(`JSON arrays ${depth} deep`, 'refused 4422', () => one(ref.embed, string(jsonArrays(depth)))),
  write(`a format ${depth} deep`, 'refused 4422', () =>
    one(ref.format, string('a'), string(jsonObjects(Math.min(depth, 40_000)))),
  ),
  write(`a JSON value ${depth} deep`, 'refused 4422', () =>
    one(ref.json, uint(1), string(jsonArrays(depth))),
  ),
]);

const names: Bomb[] = reservedNames.flatMap((name) => [
  write(`a root called ${name}`, 'refused 4422', () =>
    update(1, byte(ref.string), uint(1), string(name), string('a')),
  ),
  write(`an attribute ${name}`, 'refused 4422', () =>
    update(1, byte(ref.string | withKey), uint(1), string('text'), string(name), string('a')),
  ),
  write(`an element ${name}`, 'refused 4422', () => one(ref.type, uint(3), string(name))),
  write(`a format ${name}`, 'refused 4422', () => one(ref.format, string(name), string('{}'))),
  write(`a key ${name}`, 'refused 4422', () => one(ref.any, uint(1), byte(118, 1), string(name), anyNull)),
  write(`a key ${name} in an array`, 'refused 4422', () =>
    one(ref.any, uint(1), byte(117, 1, 118, 1), string(name), anyNull),
  ),
  write(`a JSON key ${name}`, 'refused 4422', () => one(ref.embed, string(`{"${name}":1}`))),
  write(`a JSON key ${name} in an array`, 'refused 4422', () =>
    one(ref.embed, string(`[{"a":{"${name}":1}}]`)),
  ),
  write(`a key ${name} of a format's value`, 'refused 4422', () =>
    one(ref.format, string('a'), string(`{"${name}":1}`)),
  ),
  write(`an escaped key ${name}`, 'refused 4422', () =>
    one(ref.embed, string(`{"\\u00${name.charCodeAt(0).toString(16)}${name.slice(1)}":1}`)),
  ),
  {
    name: `presence with ${name}`,
    answer: 'closed 4400',
    frame: () => encodeAwareness([{ client: 7, clock: 1, state: `{"${name}":1}` }]),
  },
  {
    name: `presence with ${name} inside`,
    answer: 'closed 4400',
    frame: () => encodeAwareness([{ client: 7, clock: 1, state: `{"a":[{"${name}":1}]}` }]),
  },
]);

const notUtf8: readonly (readonly [string, readonly number[]])[] = [
  ['a lone continuation', [0x80]],
  ['a long form of /', [0xc0, 0xaf]],
  ['a long form of three', [0xe0, 0x80, 0xaf]],
  ['half of a pair', [0xed, 0xa0, 0x80]],
  ['both halves apart', [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]],
  ['a sign cut short', [0xf0, 0x9f, 0x98]],
  ['a number beyond the last', [0xf4, 0x90, 0x80, 0x80]],
  ['five bytes', [0xf8, 0x88, 0x80, 0x80, 0x80]],
  ['0xff', [0xff, 0xfe]],
];
const texts: Bomb[] = notUtf8.flatMap(([name, numbers]) => {
  const bad = stringOf(Uint8Array.from(numbers));
  return [
    write(`text: ${name}`, 'closed 4400', () => one(ref.string, bad)),
    write(`a name: ${name}`, 'closed 4400', () => update(1, byte(ref.string), uint(1), bad, string('a'))),
    write(`JSON: ${name}`, 'closed 4400', () => one(ref.embed, bad)),
  ];
});

const numbers: Bomb[] = [
  ['zero in two bytes', [0x80, 0]],
  ['one in three bytes', [0x81, 0x80, 0]],
  ['more than 2^53', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]],
  ['ten bytes', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]],
].flatMap(([name, number]): Bomb[] => {
  const long = raw(Uint8Array.from(number as number[]));
  return [
    { name: `a type: ${String(name)}`, answer: 'closed 4400', frame: () => encode(long) },
    write(`a client: ${String(name)}`, 'closed 4400', () =>
      encode(uint(1, 1), long, uint(0), byte(0), uint(1, 0)),
    ),
    write(`a length: ${String(name)}`, 'closed 4400', () => update(1, byte(ref.gc), long)),
    write(`a deletion: ${String(name)}`, 'closed 4400', () => encode(uint(0, 1, 7, 1, 0), long)),
  ];
});

const sizes: Bomb[] = [
  write('4 MiB and a byte', 'refused 4413', () => new Uint8Array(4 * MiB + 1)),
  write('4 MiB of zeros', 'closed 4400', () => new Uint8Array(4 * MiB)),
  write('4 MiB of 0x80', 'closed 4400', () => new Uint8Array(4 * MiB).fill(0x80)),
  write('4 MiB of 0xff', 'closed 4400', () => new Uint8Array(4 * MiB).fill(0xff)),
  { name: 'a frame of 8 MiB of zeros', answer: 'closed 4400', frame: () => new Uint8Array(8 * MiB) },
  {
    name: 'a frame of 8 MiB of 0x80',
    answer: 'closed 4400',
    frame: () => new Uint8Array(8 * MiB).fill(0x80),
  },
  write('a string of 256 KiB and a byte', 'refused 4422', () =>
    one(ref.string, string('a'.repeat(256 * KiB + 1))),
  ),
  write('a name of 256 KiB and a byte', 'refused 4422', () =>
    update(1, byte(ref.string), uint(1), string('a'.repeat(256 * KiB + 1)), string('a')),
  ),
  write('bytes of 256 KiB and one', 'refused 4422', () =>
    one(ref.binary, stringOf(new Uint8Array(256 * KiB + 1))),
  ),
  write('a value of 256 KiB and a byte', 'refused 4422', () =>
    one(ref.any, uint(1), byte(119), string('a'.repeat(256 * KiB + 1))),
  ),
  write('JSON of 4 MiB', 'refused 4422', () => one(ref.embed, string(`"${'a'.repeat(4 * MiB - 200)}"`))),
  write('a text of zeros', 'taken', () => one(ref.string, string('\0'.repeat(200 * KiB)))),
];

const crowds: Bomb[] = [
  write('500,000 new client ids', 'refused 4422', () =>
    encode(
      uint(500_000),
      times(500_000, (n) => uint(1, n, 0, 0, 1)),
      uint(0),
    ),
  ),
  write('30,000 new client ids', 'refused 4422', () =>
    encode(
      uint(30_000),
      times(30_000, (n) => uint(1, n, 0, 0, 1)),
      uint(0),
    ),
  ),
  write('1,000 clients of whom one is named twice', 'closed 4400', () =>
    encode(
      uint(1_000),
      times(999, (n) => uint(1, n, 0, 0, 1)),
      uint(1, 5, 0, 0, 1, 0),
    ),
  ),
  write('1,000 new client ids', 'taken', () =>
    encode(
      uint(1_000),
      times(1_000, (n) => uint(1, n, 0, 0, 1)),
      uint(0),
    ),
  ),
  write('1,001 new client ids', 'refused 4422', () =>
    encode(
      uint(1_001),
      times(1_001, (n) => uint(1, n, 0, 0, 1)),
      uint(0),
    ),
  ),
  write('a client named twice in the delete set', 'closed 4400', () =>
    deletions(2, uint(7, 1, 0, 1), uint(7, 1, 5, 1)),
  ),
  write('1,000,000 structs', 'taken', () =>
    encode(
      uint(1, 1_000_000, 7, 0),
      times(1_000_000, () => uint(0, 1)),
      uint(0),
    ),
  ),
  write('100,000 letters of one client', 'taken', () =>
    encode(
      uint(1, 100_000, 7, 0),
      ...item(ref.string, string('a')),
      times(99_999, (n) => (e) => {
        byte(ref.string | withOrigin)(e);
        uint(7, n)(e);
        string('a')(e);
      }),
      uint(0),
    ),
  ),
  write('origins in 200,000 clients that nobody knows', 'asked', () =>
    encode(
      uint(1, 200_000, 7, 0),
      times(200_000, (n) => (e) => {
        byte(ref.string | withOrigin)(e);
        uint(1000 + n, 0)(e);
        string('a')(e);
      }),
      uint(0),
    ),
  ),
  write('1,000,000 deletions that touch', 'taken', () =>
    deletions(
      1,
      uint(7, 1_000_000),
      times(1_000_000, (n) => uint(n, 1)),
    ),
  ),
  write('500,000 deletions apart', 'taken', () =>
    deletions(
      1,
      uint(7, 500_000),
      times(500_000, (n) => uint(2 * n, 1)),
    ),
  ),
  write('500,000 deletions, the last first', 'closed 4400', () =>
    deletions(
      1,
      uint(7, 500_000),
      times(500_000, (n) => uint(2_000_000 - 2 * n, 1)),
    ),
  ),
  write('500,000 deletions of the same', 'closed 4400', () =>
    deletions(
      1,
      uint(7, 500_000),
      times(500_000, () => uint(3, 1000)),
    ),
  ),
  write('deletions of 300,000 clients that nobody knows', 'asked', () =>
    encode(
      uint(0, 300_000),
      times(300_000, (n) => uint(n + 10, 1, 0, 1)),
    ),
  ),
  write('30,000 clients who delete in 30,000', 'refused 4422', () =>
    encode(
      uint(30_000),
      times(30_000, (n) => uint(1, n, 0, 0, 1)),
      uint(30_000),
      times(30_000, (n) => uint(n, 1, 0, 1)),
    ),
  ),
  write('900,000 values', 'taken', () =>
    one(
      ref.any,
      uint(900_000),
      times(900_000, () => anyNull),
    ),
  ),
  write('900,000 arrays', 'taken', () =>
    one(
      ref.any,
      uint(900_000),
      times(900_000, () => byte(117, 0)),
    ),
  ),
  write('1,000,000 JSON values', 'taken', () =>
    one(
      ref.json,
      uint(1_000_000),
      times(1_000_000, () => string('1')),
    ),
  ),
  write('JSON of 80,000 keys', 'taken', () =>
    one(ref.embed, string(`{${Array.from({ length: 20_000 }, (_, n) => `"${n}":1`).join(',')}}`)),
  ),
  write('100,000 keys', 'taken', () =>
    one(
      ref.any,
      uint(1),
      byte(118),
      uint(100_000),
      times(100_000, (n) => (e) => {
        string(String(n))(e);
        anyNull(e);
      }),
    ),
  ),
  {
    name: 'a state vector of 1,500,000 clients',
    answer: 'closed 4413',
    frame: () =>
      encodeStep1(
        encode(
          uint(1_500_000),
          times(1_500_000, (n) => uint(n, 1)),
        ),
      ),
  },
  {
    name: 'a state vector of 100,000 clients',
    answer: 'asked',
    frame: () =>
      encodeStep1(
        encode(
          uint(100_000),
          times(100_000, (n) => uint(n, 1)),
        ),
      ),
  },
  {
    name: 'presence of 1,000,000 clients',
    answer: 'closed 4413',
    frame: () =>
      encode(
        uint(1),
        stringOf(
          encode(
            uint(1_000_000),
            times(1_000_000, (n) => uint(n, 1, 0)),
          ),
        ),
      ),
  },
  {
    name: 'presence of 50,000 clients',
    answer: 'taken',
    frame: () =>
      encodeAwareness(Array.from({ length: 50_000 }, (_, n) => ({ client: n + 8, clock: 1, state: '{}' }))),
  },
  {
    name: 'one presence of 8 MB',
    answer: 'closed 4413',
    frame: () => encodeAwareness([{ client: 7, clock: 1, state: `{"a":"${'x'.repeat(8_000_000)}"}` }]),
  },
  {
    name: 'presence of 4,000 signs of three bytes',
    answer: 'closed 4413',
    frame: () => encodeAwareness([{ client: 7, clock: 1, state: `{"a":"${'€'.repeat(4_000)}"}` }]),
  },
  {
    name: 'presence 1,300 deep',
    answer: 'closed 4400',
    frame: () => encodeAwareness([{ client: 7, clock: 1, state: `{"a":${jsonArrays(1_300)}}` }]),
  },
  {
    name: 'presence at the last clock there is',
    answer: 'closed 4400',
    frame: () => encodeAwareness([{ client: 7, clock: Number.MAX_SAFE_INTEGER, state: '{}' }]),
  },
  {
    name: 'presence that is an array',
    answer: 'closed 4400',
    frame: () => encodeAwareness([{ client: 7, clock: 1, state: '[]' }]),
  },
  {
    name: 'presence that is no JSON',
    answer: 'closed 4400',
    frame: () => encodeAwareness([{ client: 7, clock: 1, state: '{' }]),
  },
];

const grammar: Bomb[] = [
  write('a hole first', 'asked', () => update(2, byte(ref.skip), uint(5), ...item(ref.string, string('a')))),
  write('a hole between', 'asked', () =>
    update(2, ...item(ref.string, string('a')), byte(ref.skip), uint(2 ** 40)),
  ),
  write('a hole of nothing', 'asked', () => update(1, byte(ref.skip), uint(0))),
  write('a beginning far away', 'asked', () => encode(uint(1, 1, 7, 2 ** 40), byte(ref.gc), uint(1, 0))),
  write('a clock past the last', 'closed 4400', () =>
    encode(uint(1, 2, 7, 0), byte(ref.gc), uint(2 ** 53 - 1), byte(ref.gc), uint(2 ** 53 - 1, 0)),
  ),
  write('a struct of no length', 'closed 4400', () => update(1, byte(ref.gc), uint(0))),
  write('deleted content of no length', 'closed 4400', () => one(ref.deleted, uint(0))),
  write('a text of no length', 'closed 4400', () => one(ref.string, string(''))),
  write('a deletion of no length', 'closed 4400', () => deletions(1, uint(7, 1, 0, 0))),
  write('deleted clocks up to 2^52', 'taken', () => one(ref.deleted, uint(2 ** 52))),
  write('a client without structs', 'closed 4400', () => encode(uint(1, 0, 7, 0, 0, 0))),
  write('a struct that refers to itself', 'refused 4422', () =>
    update(1, byte(ref.string | withOrigin), uint(7, 0), string('a')),
  ),
  write('a struct that is its own parent', 'refused 4422', () =>
    update(1, byte(ref.string), uint(0, 7, 0), string('a')),
  ),
  write('a parent of a third kind', 'closed 4400', () =>
    update(1, byte(ref.string), uint(2), string('text'), string('a')),
  ),
  write('a document inside', 'refused 4422', () => one(ref.doc, string('guid'), anyNull)),
  write('an element of another kind', 'refused 4422', () => one(ref.type, uint(5), string('hook'))),
  write('a shared type that does not exist', 'refused 4422', () => one(ref.type, uint(7))),
  ...[11, 15, 31, 32, 96, 224].map((info) =>
    write(`a struct ${info}`, 'closed 4400', () => one(info, nothing)),
  ),
  write('a value of no kind', 'closed 4400', () => one(ref.any, uint(1), byte(7))),
  write('JSON that is cut', 'closed 4400', () => one(ref.embed, string('{"a"'))),
  write('JSON of a number too large', 'taken', () => one(ref.embed, string('1e999999'))),
  write('an update behind an update', 'closed 4400', () => encode(uint(0, 0, 0, 0))),
  {
    name: 'a step 2 with a hole',
    answer: 'asked',
    frame: () => encodeStep2(update(1, byte(ref.skip), uint(5))),
  },
  { name: 'nothing', answer: 'closed 4400', frame: () => new Uint8Array() },
  {
    name: 'a message of the relay',
    answer: 'closed 4400',
    frame: () => encode(uint(17, 1, 4403), string('x')),
  },
];

/** Frames that cost a relay more than they cost their sender, or that only a strict reader refuses. */
export const bombs: readonly Bomb[] = [
  ...claims,
  ...frames,
  ...depths,
  ...names,
  ...texts,
  ...numbers,
  ...sizes,
  ...crowds,
  ...grammar,
];
