import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import { newDatabase } from '../../support/newDatabase.ts';
import { testId } from '../../support/newRelay.ts';
import { newRandom } from '../../support/random.ts';
import { RelayChild } from '../../support/RelayChild.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { promisedTo, PromisedWriter, typeAlong } from './PromisedWriter.ts';
import { newReading, readLog } from './readLog.ts';

const long = process.env['CALEPIN_LONG'] === '1';
const runs = long ? 10 : 1;
const kills = long ? 100 : 40;
/** Letters that are acknowledged before an end. */
const longestLife = 300;
const firstSeed = long ? Math.floor(Math.random() * 2 ** 32) : 20_261_123;

test.each(Array.from({ length: runs }, (_, run) => firstSeed + run))(
  `[R5] killed ${kills} times at random under 20 writers, the relay has all that it acknowledged, each letter once, and nothing else (seed %i)`,
  async (seed) => {
    const random = newRandom(seed);
    const { database, file, close } = await newDatabase();
    await database.close();
    onTestFinished(close);
    const writers = Array.from(
      { length: 20 },
      (_, n) => new PromisedWriter(testId<DocumentId>(1 + (n % 4)), testId<PersonId>(100 + n)),
    );
    const reading = newReading();
    const startsMs: number[] = [];
    for (let round = 0; round < kills; round += 1) {
      const begun = performance.now();
      const relay = await RelayChild.start(file);
      if (relay === null) throw new Error('the relay did not start again');
      onTestFinished(() => relay.kill());
      startsMs.push(performance.now() - begun);
      const stopTyping = typeAlong(writers, () => random.int(3) === 0);
      const connecting = (async () => {
        for (const writer of writers) await writer.connect(relay);
      })();
      // Some die while the first frames are on their way, some in the middle of it all.
      const before = promisedTo(writers);
      const [connected, promised] = [
        Math.min(writers.length, random.int(2 * writers.length)),
        random.int(longestLife),
      ];
      const isTime = (): boolean =>
        writers.filter((writer) => writer.isConnected).length >= connected &&
        (connected < writers.length || promisedTo(writers) - before >= promised);
      await retryUntil('the moment of its end', isTime, 60_000);
      await sleep(random.int(4));
      await relay.kill();
      stopTyping();
      await connecting;
      for (const writer of writers) await writer.disconnected();
      readLog(file, writers, reading);
      for (const writer of writers) {
        const count = reading.letters.get(writer) ?? 0;
        expect(count, 'acknowledged is stored').toBeGreaterThanOrEqual(writer.acknowledged);
        expect(count, 'nothing that was not typed').toBeLessThanOrEqual(writer.typed);
      }
    }
    expect(promisedTo(writers)).toBeGreaterThan(kills * 10);
    const last = await RelayChild.start(file);
    if (last === null) throw new Error('the relay did not start again');
    for (const writer of writers) await writer.connect(last);
    await retryUntil(
      'everything to be acknowledged',
      () => writers.every((writer) => writer.acknowledged === writer.typed),
      60_000,
    );
    await last.kill();
    readLog(file, writers, reading);
    for (const writer of writers) expect(reading.letters.get(writer) ?? 0).toBe(writer.typed);
    if (long) {
      // For docs/reliability.md.
      startsMs.sort((a, b) => a - b);
      const startAt = (share: number): string =>
        (startsMs[Math.round(share * (startsMs.length - 1))] ?? NaN).toFixed(0);
      process.stdout.write(
        `kills: ${kills}, seed ${seed}, ${promisedTo(writers)} letters acknowledged, ready after ${startAt(0.5)} ms (median), ${startAt(0.99)} ms (99 %), ${startAt(1)} ms (slowest)\n`,
      );
    }
  },
  long ? 1_800_000 : 600_000,
);
