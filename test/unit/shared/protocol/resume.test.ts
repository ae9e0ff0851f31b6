import * as decoding from 'lib0/decoding';
import { describe, expect, test } from 'vitest';
import { encodePosition, encodeResume, encodeStateVector } from '#shared/protocol/encodeMessage.ts';
import { messageTypes } from '#shared/protocol/messages.ts';
import { readClientFrame } from '#shared/protocol/readClientFrame.ts';
import { readPosition } from '#shared/protocol/readRelayMessage.ts';
import { MalformedError } from '#shared/protocol/StrictReader.ts';

const epoch = 'e'.repeat(22);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('resume', () => {
  test('has the bytes of PROTOCOL.md', () => {
    expect(hex(encodeResume(epoch, 300, new Map()))).toBe(`1616${'65'.repeat(22)}ac020100`);
  });

  test.each([
    [0, new Map<number, number>()],
    [300, new Map([[7, 12]])],
    [
      2 ** 40,
      new Map([
        [4_294_967_295, 1],
        [1, 2 ** 35],
      ]),
    ],
  ])('is read as it was written (row %i)', (seq, unacknowledged) => {
    const frame = readClientFrame(encodeResume(epoch, seq, unacknowledged), true);
    expect(frame).toEqual({ kind: 'resume', epoch, seq, unacknowledged });
  });

  test('is not spoken by a stock client', () => {
    expect(() => readClientFrame(encodeResume(epoch, 1, new Map()), false)).toThrow(MalformedError);
  });

  test('is malformed when cut anywhere, continued, or written longer than it needs', () => {
    const whole = encodeResume(epoch, 300, new Map([[7, 12]]));
    const bad = [
      ...Array.from({ length: whole.length }, (_, length) => whole.slice(0, length)),
      Uint8Array.of(...whole, 0),
      // 300 in three bytes, a count of clients that the bytes cannot hold, an epoch that is no id.
      Uint8Array.of(...whole.slice(0, 24), 0xac, 0x82, 0x00, ...whole.slice(26)),
      Uint8Array.of(...whole.slice(0, 26), 1, 5),
      encodeResume('e'.repeat(21), 300, new Map()),
      encodeResume('é'.repeat(11), 300, new Map()),
    ];
    const taken = bad.filter((bytes) => {
      try {
        readClientFrame(bytes, true);
        return true;
      } catch (error) {
        return !(error instanceof MalformedError);
      }
    });
    expect(taken).toEqual([]);
  });
});

describe('position', () => {
  test('is read as it was written', () => {
    const decoder = decoding.createDecoder(encodePosition(300));
    expect([decoding.readVarUint(decoder), readPosition(decoder), decoding.hasContent(decoder)]).toEqual([
      messageTypes.position,
      300,
      false,
    ]);
  });

  test('is malformed from a client', () => {
    expect(() => readClientFrame(encodePosition(300), true)).toThrow(MalformedError);
  });
});

test('first clocks are written like a state vector', () => {
  const clocks = new Map([[7, 12]]);
  expect(hex(encodeResume(epoch, 1, clocks))).toContain(hex(encodeStateVector(clocks)));
});
