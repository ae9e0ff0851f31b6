import { beforeEach, expect, test } from 'vitest';
import { AbsenceWatch } from '../../../../renderer/collaboration/AbsenceWatch.ts';
import { SaveLedger } from '../../../../renderer/collaboration/SaveLedger.ts';

const second = 1_000;
let ledger: SaveLedger;
let watch: AbsenceWatch;

beforeEach(() => {
  ledger = new SaveLedger();
  watch = new AbsenceWatch(ledger);
});

const acknowledgeAll = (): void => {
  ledger.acknowledge(ledger.made);
  watch.settle();
};

test('work without the home is told once the home has all of it', () => {
  watch.left(12, 0);
  ledger.change();
  watch.left(14, 10 * second);
  watch.cameBack(40 * second);
  expect(watch.last).toBeNull();
  acknowledgeAll();
  expect(watch.last).toEqual({ fromSeq: 12, since: 0, wrote: true });
});

test('a hiccup is not told, nor a short time in which nothing was written', () => {
  watch.left(12, 0);
  ledger.change();
  watch.cameBack(20 * second);
  acknowledgeAll();
  watch.left(14, 60 * second);
  watch.cameBack(300 * second);
  expect(watch.last).toBeNull();
});

test('a long time in which somebody only read is told as such', () => {
  watch.left(12, 0);
  watch.cameBack(700 * second);
  expect(watch.last).toEqual({ fromSeq: 12, since: 0, wrote: false });
});

test('lost again before all was sent, it is one absence', () => {
  watch.left(12, 0);
  const first = ledger.change();
  ledger.change();
  watch.cameBack(40 * second);
  ledger.acknowledge(first);
  watch.settle();
  watch.left(15, 50 * second);
  expect(watch.last).toBeNull();
  watch.cameBack(60 * second);
  acknowledgeAll();
  expect(watch.last).toEqual({ fromSeq: 12, since: 0, wrote: true });
});

test('nothing is told of a copy that is not known to be whole, nor of coming back without having left', () => {
  watch.left(null, 0);
  ledger.change();
  watch.cameBack(40 * second);
  acknowledgeAll();
  expect(watch.last).toBeNull();
});
