import { expect, test } from 'vitest';
import { ClockRanges } from '#server/room/update/ClockRanges.ts';
import { newRandom } from '../../../../support/random.ts';

test('packed or not, again and again, the ranges of every client are what was added', () => {
  const seed = 20_261_126;
  const random = newRandom(seed);
  const clients = [0, 5, 7, 2 ** 31, 2 ** 32 - 1, 2 ** 53 - 1];
  const ranges = new ClockRanges();
  const known = new Map(clients.map((client) => [client, new Set<number>()]));
  for (let round = 0; round < 400; round++) {
    const client = clients[random.int(clients.length)] as number;
    const from = random.int(300);
    const to = from + 1 + random.int(12);
    ranges.add(client, from, to);
    for (let clock = from; clock < to; clock++) known.get(client)?.add(clock);
    if (random.int(5) === 0) ranges.pack();
  }
  for (const packs of [false, true]) {
    if (packs) ranges.pack();
    for (const client of clients) {
      const missing: number[] = [];
      ranges.eachMissing(client, 0, 330, (from, to) => {
        for (let clock = from; clock < to; clock++) missing.push(clock);
      });
      const expected = Array.from({ length: 330 }, (_, clock) => clock).filter(
        (clock) => known.get(client)?.has(clock) === false,
      );
      expect(missing, `seed ${seed}`).toEqual(expected);
    }
    for (let turn = 0; turn < 200; turn++) {
      const client = clients[random.int(clients.length)] as number;
      const from = random.int(320);
      const to = from + 1 + random.int(6);
      const clocks = Array.from({ length: to - from }, (_, at) => from + at);
      const none = clocks.every((clock) => known.get(client)?.has(clock) === false);
      expect(ranges.lacks(client, from, to), `seed ${seed}: ${from} to ${to}`).toBe(none);
    }
    const strange: number[] = [];
    ranges.eachMissing(6, 0, 3, (from, to) => strange.push(from, to));
    expect(strange).toEqual([0, 3]);
  }
});
