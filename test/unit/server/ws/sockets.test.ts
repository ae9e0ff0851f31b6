import { expect, test } from 'vitest';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import { encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { relayLimits } from '#server/room/RelayLimits.ts';
import { frameMessage, frameUpdate, prefixFrames } from '#server/ws/frame.ts';
import { TicketOffice, type TicketValues } from '#server/ws/TicketOffice.ts';
import { OpeningPace } from '#server/ws/OpeningPace.ts';
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

test('[R57] with the usual limits a hundred openings are let in at once, the next wait in turn for up to 5 s, and one refused counts for nothing', () => {
  const pace = new OpeningPace(relayLimits);
  const [alice, benoit] = [testId<PersonId>(1), testId<PersonId>(2)];
  const opened = (count: number, now: number) => Array.from({ length: count }, () => pace.take(alice, now));
  expect(opened(100, 0)).toEqual(Array.from({ length: 100 }, () => 0));
  expect(opened(27, 0)).toEqual([...Array.from({ length: 25 }, (_, n) => 200 * (n + 1)), null, null]);
  expect(pace.take(benoit, 0)).toBe(0);
  // However often somebody came in vain.
  expect(opened(1_000, 0).every((wait) => wait === null)).toBe(true);
  expect(opened(2, 200)).toEqual([5_000, null]);
  expect(opened(1, 5_200)).toEqual([200]);
});

test('[R57] who has not opened anything for so long that it makes no difference is forgotten', () => {
  const pace = new OpeningPace({ openingsPerSecond: 5, openingBurst: 10, openingWaitMs: 1_000 });
  for (let n = 1; n <= 100; n++) pace.take(testId<PersonId>(n), n);
  expect(pace.size).toBe(100);
  pace.take(testId<PersonId>(1), 3_250);
  expect(pace.size).toBe(51);
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
