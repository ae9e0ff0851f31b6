import fc from 'fast-check';
import { createDecoder } from 'lib0/decoding';
import { describe, expect, test } from 'vitest';
import { bytesFromId, idFromBytes } from '#shared/domain/ids.ts';
import type { DeviceId, DocumentId, PersonId } from '#shared/domain/ids.ts';
import {
  encodeAbout,
  encodeAttributed,
  encodeBatch,
  encodeClose,
  encodeClosed,
  encodeOpen,
  encodeOpened,
  encodeStatedRows,
  nameInRow,
  nobody,
  prefixOf,
  readAbout,
  readAttributed,
  readBatch,
  readClose,
  readClosed,
  readNameInRow,
  readOpen,
  readOpened,
  readStatedRows,
  type AttributedRow,
} from '#shared/protocol/mirrorMessages.ts';
import { encodeUpstream } from '#shared/protocol/encodeMessage.ts';
import { readUpstream } from '#shared/protocol/readRelayMessage.ts';
import { MalformedError } from '#shared/protocol/StrictReader.ts';

const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 });
const id = sixteen.map((bytes) => idFromBytes<DocumentId>(bytes));
const whole = fc.maxSafeNat();
const text = fc.string({ maxLength: 20, unit: 'grapheme' });
const row = fc.record<AttributedRow>({
  seq: whole,
  time: whole,
  person: fc.option(id.map((one) => one as string as PersonId)),
  name: text,
  device: fc.option(id.map((one) => one as string as DeviceId)),
  deviceTime: fc.option(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })),
  via: fc.constantFrom('socket', 'operation', 'mirror'),
  operation: fc.option(fc.constantFrom('seed', 'restore')),
  bytes: fc.uint8Array({ maxLength: 200 }),
});

/** Each message: any value of it, its encoder, its reader. */
const messages = [
  ['open', fc.record({ schema: whole, epoch: id, seq: whole }), encodeOpen, readOpen],
  [
    'opened',
    fc.record({ role: text, epoch: text, seq: whole, schemaVersion: whole }),
    encodeOpened,
    readOpened,
  ],
  ['close', fc.constant(undefined), encodeClose, readClose],
  ['closed', fc.record({ code: whole, reason: text }), encodeClosed, readClosed],
  [
    'batch',
    fc.array(
      fc.record({
        deviceTime: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
        update: fc.uint8Array({ maxLength: 50 }),
      }),
      { minLength: 1, maxLength: 20 },
    ),
    encodeBatch,
    readBatch,
  ],
  [
    'stated',
    fc.record({
      person: sixteen.map((bytes) => idFromBytes(bytes)),
      rows: fc.array(
        fc.record({
          deviceTime: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
          update: fc.uint8Array({ maxLength: 50 }),
        }),
        { minLength: 1, maxLength: 20 },
      ),
    }),
    encodeStatedRows,
    readStatedRows,
  ],
  ['attributed', row, encodeAttributed, readAttributed],
] as [string, fc.Arbitrary<unknown>, (value: unknown) => Uint8Array, (bytes: Uint8Array) => unknown][];

describe.each(messages)('%s', (_, value, encode, read) => {
  test('comes back as it went', () => {
    fc.assert(
      fc.property(value, (one) => {
        expect(read(encode(one))).toEqual(one);
      }),
    );
  });

  test('cut short, with something behind it, or as another message, is malformed', () => {
    fc.assert(
      fc.property(value, fc.nat(), (one, at) => {
        const bytes = encode(one);
        const cut = bytes.subarray(0, at % bytes.length);
        const long = Uint8Array.of(...bytes, 0);
        const other = Uint8Array.of((bytes[0] ?? 0) ^ 1, ...bytes.subarray(1));
        for (const bad of [cut, long, other]) expect(() => read(bad)).toThrow(MalformedError);
      }),
    );
  });

  test('whatever bytes come, it is read or malformed, and what is read is written the same', () => {
    fc.assert(
      fc.property(value, fc.nat(), fc.nat({ max: 255 }), (one, at, byte) => {
        const bytes = encode(one);
        bytes[at % bytes.length] = byte;
        let again: Uint8Array;
        try {
          again = encode(read(bytes));
        } catch (error) {
          if (!(error instanceof MalformedError)) throw error;
          again = bytes;
        }
        expect(again).toEqual(bytes);
      }),
    );
  });
});

test('the bytes are those of PROTOCOL.md', () => {
  const document = idFromBytes<DocumentId>(Uint8Array.from({ length: 16 }, (_, at) => at));
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
  expect(document).toBe('AAECAwQFBgcICQoLDA0ODw');
  expect(hex(encodeAbout(prefixOf(document), encodeOpen({ schema: 1, epoch: null, seq: 0 })))).toBe(
    '000102030405060708090a0b0c0d0e0f1a010000',
  );
  expect(hex(encodeClosed({ code: 4403, reason: 'not_allowed' }))).toBe('1cb3220b6e6f745f616c6c6f776564');
  expect(hex(encodeBatch([{ deviceTime: 300, update: Uint8Array.of(0, 0) }]))).toBe('1d01ac02020000');
  expect(hex(encodeUpstream(3))).toBe('1f03');
  expect(readUpstream(createDecoder(Uint8Array.of(3)))).toBe(3);
});

test('a document stands before its messages, zeros before those about the socket', () => {
  fc.assert(
    fc.property(id, fc.uint8Array({ minLength: 1, maxLength: 20 }), (document, message) => {
      const { document: read, message: rest } = readAbout(encodeAbout(prefixOf(document), message));
      expect(rest).toEqual(message);
      expect(read).toBe(document === idFromBytes(nobody) ? null : document);
    }),
  );
  expect(readAbout(encodeAbout(nobody, Uint8Array.of(19, 1))).document).toBeNull();
  expect(() => readAbout(nobody)).toThrow(MalformedError);
});

test('an id is its 16 bytes', () => {
  fc.assert(
    fc.property(sixteen, (bytes) => {
      expect(bytesFromId(idFromBytes(bytes))).toEqual(bytes);
    }),
  );
});

test('the name of who is stated says by whom; no other name does', () => {
  for (const person of [{ name: 'Zoé' }, { name: 'Zoé', statedBy: 'Ada' }, { name: 'Zoé', statedBy: 'A\nB' }])
    expect(readNameInRow(nameInRow(person))).toEqual(person);
});

test('a copy has rows only of an epoch, and a row of a batch its time', () => {
  expect(() => readOpen(encodeOpen({ schema: 1, epoch: null, seq: 4 }))).toThrow(MalformedError);
  expect(() => readBatch(encodeBatch([{ deviceTime: 0, update: Uint8Array.of(0, 0) }]))).toThrow(
    MalformedError,
  );
});
