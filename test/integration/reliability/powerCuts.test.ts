import { describe, expect, onTestFinished, test } from 'vitest';
import { CrashImages } from '../../support/disk/CrashImages.ts';
import { noShim } from '../../support/disk/diskShim.ts';
import type { DiskCall } from '../../support/disk/readTrace.ts';
import { newRandom } from '../../support/random.ts';
import type { RelayChild } from '../../support/RelayChild.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { promisedTo, type PromisedWriter, typeAlong } from './PromisedWriter.ts';
import { betrayed } from './readLog.ts';
import { newWriters, recordedDisks, walRestarts } from './recordedRelay.ts';

const long = process.env['CALEPIN_LONG'] === '1';
const runs = long ? 25 : 1;
const images = long ? 200 : 100;
const firstSeed = long ? Math.floor(Math.random() * 2 ** 32) : 20_261_123;
const timeout = long ? 1_800_000 : 600_000;
const { newDisk, newFolder } = recordedDisks();

/** What a relay asked of the disk and what it promised, until some time after its WAL had begun anew; then it was killed. */
async function record(): Promise<{ calls: DiskCall[]; writers: PromisedWriter[] }> {
  const disk = newDisk();
  const relay = await disk.start();
  if (relay === null) throw new Error('the relay did not start');
  onTestFinished(() => relay.kill());
  const writers = newWriters();
  for (const writer of writers) await writer.connect(relay);
  const stopTyping = typeAlong(writers);
  await retryUntil('the WAL to begin anew', () => walRestarts(disk.file) > 0, 60_000);
  const before = promisedTo(writers);
  await retryUntil('more to be promised', () => promisedTo(writers) > before + 200, 60_000);
  await relay.kill();
  stopTyping();
  return { calls: disk.calls(), writers };
}

/** Which of the moments leave an image that is not sound, or in which something promised is missing. */
function brokenAt(
  moments: readonly bigint[],
  calls: readonly DiskCall[],
  writers: readonly PromisedWriter[],
  seed: number,
): string[] {
  const crash = new CrashImages(calls);
  const random = newRandom(seed);
  const place = newFolder();
  return moments.flatMap((moment) => {
    const database = crash.write(moment, place, random);
    try {
      return betrayed(database, writers, moment);
    } catch (error) {
      return [String(error)];
    }
  });
}

const without = (calls: readonly DiskCall[], file: DiskCall['file']): DiskCall[] =>
  calls.filter((call) => call.op !== 'sync' || call.file !== file);

describe.skipIf(noShim !== null)(`power cuts${noShim === null ? '' : ` (not run: ${noShim})`}`, () => {
  test.each(Array.from({ length: runs }, (_, run) => firstSeed + run))(
    `[R1] at ${images} moments, what was not synced lost, torn or out of order: the file is sound and every letter acknowledged is there (seed %i)`,
    async (seed) => {
      const { calls, writers } = await record();
      const from = writers.map((writer) => writer.firstKeptAt).reduce((a, b) => (a < b ? a : b));
      const to = calls.at(-1)?.ended ?? 0n;
      const random = newRandom(seed);
      const moments = Array.from({ length: images }, () => from + BigInt(random.int(Number(to - from)))).sort(
        (a, b) => (a < b ? -1 : 1),
      );
      expect(brokenAt(moments, calls, writers, seed)).toEqual([]);

      // The proof that this looks: with one kind of sync taken away, promises are broken.
      const some = moments.filter((_, at) => at % 5 === 0);
      expect(brokenAt(some, without(calls, '-wal'), writers, seed).length).toBeGreaterThan(some.length / 2);
      expect(brokenAt([to, to, to], without(calls, ''), writers, seed).length).toBeGreaterThan(0);
      if (long) {
        // For docs/reliability.md.
        process.stdout.write(
          `power cuts: ${images} images of ${calls.length} calls, seed ${seed}, ${promisedTo(writers)} letters acknowledged\n`,
        );
      }
    },
    timeout,
  );

  test(
    '[R9] after a relay was killed between a write and its sync: what the next one finds is not acknowledged before it is synced',
    async () => {
      const disk = newDisk();
      const writers = newWriters();
      const allPromised = (): boolean => writers.every((writer) => writer.acknowledged === writer.typed);
      const open = async (syncMs: number): Promise<RelayChild> => {
        const relay = await disk.start({ syncMs });
        if (relay === null) throw new Error('the relay did not start');
        onTestFinished(() => relay.kill());
        for (const writer of writers) await writer.connect(relay);
        return relay;
      };
      const kill = async (relay: RelayChild): Promise<void> => {
        await relay.kill();
        for (const writer of writers) await writer.disconnected();
      };
      const first = await open(0);
      for (const writer of writers) writer.type();
      await retryUntil('a promise of everything', allPromised, 60_000);
      await kill(first);

      const isUnsynced = (): boolean => disk.calls().findLast(({ file }) => file === '-wal')?.op === 'write';
      const killed = await open(3_000);
      writers[0]?.type();
      await retryUntil('a sync to be awaited', isUnsynced, 60_000);
      await kill(killed);
      expect(isUnsynced()).toBe(true);
      expect(allPromised()).toBe(false);

      // Everybody says again what the relay has already.
      const next = await open(0);
      await retryUntil('a promise of everything', allPromised, 60_000);
      await kill(next);
      const end = process.hrtime.bigint();
      const image = new CrashImages(disk.calls()).write(end, newFolder(), null);
      expect(betrayed(image, writers, end)).toEqual([]);
    },
    timeout,
  );
});
