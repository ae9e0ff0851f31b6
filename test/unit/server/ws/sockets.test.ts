import { expect, test } from 'vitest';
import type { DocumentId } from '#shared/domain/ids.ts';
import { encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { frameMessage, frameUpdate, prefixFrames } from '#server/ws/frame.ts';
import { TicketOffice, type TicketValues } from '#server/ws/TicketOffice.ts';
import { TokenBucket } from '#server/ws/TokenBucket.ts';
import { WriteLedger } from '#server/ws/WriteLedger.ts';
import { testId } from '../../../support/newRelay.ts';

test.each([0, 5, 121, 122, 125, 126, 127, 128, 16_000, 16_383, 16_384, 65_500, 65_535, 65_536, 300_000])(
  'an update of %d bytes is framed as its message is',
  (length) => {
    const update = new Uint8Array(length).fill(3);
    const { frame, bytes } = frameUpdate(update);
    expect(frame.equals(frameMessage(encodeUpdate(update)))).toBe(true);
    expect(Buffer.from(bytes).equals(Buffer.from(update))).toBe(true);
  },
);

test('frames are prefixed one by one, whatever their lengths', () => {
  const prefix = Uint8Array.of(7, 8, 9);
  const messages = [0, 1, 122, 123, 125, 126, 65_532, 65_533, 65_536].map((length) =>
    new Uint8Array(length).fill(length % 251),
  );
  const prefixed = prefixFrames(Buffer.concat(messages.map(frameMessage)), prefix);
  const expected = messages.map((message) => frameMessage(Uint8Array.of(...prefix, ...message)));
  expect(prefixed.equals(Buffer.concat(expected))).toBe(true);
  expect(prefixFrames(frameMessage(Uint8Array.of(1)), prefix)).toEqual(
    frameMessage(Uint8Array.of(7, 8, 9, 1)),
  );
});

test('the ledger counts what is settled without gaps', () => {
  const ledger = new WriteLedger();
  const [one, two, three] = [ledger.receive(), ledger.receive(), ledger.receive()];
  expect([ledger.settle(two), ledger.settled]).toEqual([false, 0]);
  expect([ledger.settle(one), ledger.settled]).toEqual([true, 2]);
  ledger.hold(three);
  expect([ledger.settled, ledger.takeHeld(), ledger.takeHeld()]).toEqual([2, [three], []]);
  expect([ledger.settle(three), ledger.settled]).toEqual([true, 3]);
});

test('a bucket lets a burst through, then says how long to wait', () => {
  const bucket = new TokenBucket(10, 2, 0);
  expect([bucket.take(0), bucket.take(0), bucket.take(0), bucket.take(0)]).toEqual([0, 0, 100, 200]);
  expect(bucket.take(1_000)).toBe(0);
});

test('a ticket is good once, for its document and wire, for 30 s', () => {
  let now = 0;
  const office = new TicketOffice(() => now);
  const document = testId<DocumentId>(1);
  const values: TicketValues = {
    document,
    person: null,
    sessionId: 's',
    device: null,
    wire: 'calepin.1',
    schema: 1,
    epoch: null,
  };
  const ticket = office.issue(values);
  expect(Buffer.from(ticket, 'base64url').length).toBe(32);
  expect(office.redeem(ticket, document, 'calepin.1')).toEqual(values);
  expect(office.redeem(ticket, document, 'calepin.1')).toBeNull();
  expect(office.redeem(office.issue(values), testId(2), 'calepin.1')).toBeNull();
  expect(office.redeem(office.issue(values), document, 'y-sync.1')).toBeNull();
  const late = office.issue(values);
  now = 30_001;
  expect(office.redeem(late, document, 'calepin.1')).toBeNull();
});
