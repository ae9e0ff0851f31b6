import { describe, expect, onTestFinished, test } from 'vitest';
import { CrashImages } from '../../support/disk/CrashImages.ts';
import { type DiskFailure, noShim } from '../../support/disk/diskShim.ts';
import { newRandom } from '../../support/random.ts';
import type { RelayChild } from '../../support/RelayChild.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { type PromisedWriter, typeAlong } from './PromisedWriter.ts';
import { betrayed } from './readLog.ts';
import { newWriters, recordedDisks } from './recordedRelay.ts';

const long = process.env['CALEPIN_LONG'] === '1';
const kinds = ['EIO', 'ENOSPC', 'SHORT'] as const;
const seed = long ? Math.floor(Math.random() * 2 ** 32) : 20_261_123;
const parts = long ? 12 : 1;
const { newDisk, newFolder } = recordedDisks();

const one = (at: number, kind: DiskFailure['kind']): DiskFailure => ({ at, from: 'call', times: 1, kind });
/** A sync fails, and so does what the relay asks next. */
const several = (at: number, times: number, kind: DiskFailure['kind']): DiskFailure => ({
  ...one(at, kind),
  from: 'sync',
  times,
});
/** The WAL cannot be copied into the database file. */
const copying = (at: number, times: number, kind: DiskFailure['kind']): DiskFailure => ({
  ...one(at, kind),
  from: 'main',
  times,
});

/**
 * @param ready - how many calls a relay over a new disk makes before it is ready: it makes its tables. Those after it store what people type.
 */
const failures = (ready: number): readonly DiskFailure[] =>
  long
    ? [
        ...Array.from({ length: ready + 300 }, (_, n) => one(n + 1, kinds[n % 3] ?? 'EIO')),
        ...Array.from({ length: 90 }, (_, n) => several(ready + 2 * n, 2 + (n % 8), kinds[n % 2] ?? 'EIO')),
        ...Array.from({ length: 10 }, (_, n) => copying(ready, 1 + (n % 5), kinds[n % 3] ?? 'EIO')),
      ]
    : [
        one(10, 'EIO'),
        one(30, 'ENOSPC'),
        one(Math.round(ready / 2), 'SHORT'),
        one(ready + 5, 'EIO'),
        one(ready + 50, 'ENOSPC'),
        several(ready + 20, 2, 'EIO'),
        several(ready + 60, 5, 'ENOSPC'),
        one(ready + 90, 'SHORT'),
        copying(ready, 3, 'EIO'),
      ];

const sentence = ({ at, from, times, kind }: DiskFailure): string =>
  `${kind}, ${times} in a row from ${from} ${at}`;

/** How many calls a relay over a new disk makes before it is ready. */
async function callsUntilReady(): Promise<number> {
  const disk = newDisk();
  const relay = await disk.start();
  if (relay === null) throw new Error('the relay did not start');
  await relay.kill();
  return disk.calls().length;
}

/** Those whose connection was ended come back, as clients do. */
async function comeBack(writers: readonly PromisedWriter[], relay: RelayChild): Promise<void> {
  for (const writer of writers) {
    if (writer.isConnected) continue;
    await writer.disconnected();
    await writer.connect(relay);
  }
}

/** People write while the disk fails, and until all of them are stored again. @returns what was promised and is not there, as sentences. */
async function brokenBy(fail: DiskFailure): Promise<string[]> {
  const disk = newDisk();
  const failed = (): number => disk.calls().filter(({ outcome }) => outcome !== 'done').length;
  const first = await disk.start({ fail });
  // One that cannot make its tables says so and ends; its next attempt finds what it left.
  const relay = first ?? (await disk.start());
  if (relay === null) throw new Error('the relay did not start once the disk worked again');
  onTestFinished(() => relay.kill());
  const writers = newWriters();
  const stopTyping = typeAlong(writers);
  await retryUntil(
    'the disk to fail and to work again',
    async () => {
      await comeBack(writers, relay);
      return failed() >= (first === null ? 1 : fail.times);
    },
    60_000,
  );
  const typed = writers.map((writer) => writer.typed);
  await retryUntil(
    'writing to go on',
    async () => {
      await comeBack(writers, relay);
      return writers.every((writer, at) => writer.acknowledged > (typed[at] ?? 0));
    },
    60_000,
  );
  await relay.kill();
  stopTyping();

  const calls = disk.calls();
  const from = writers.map((writer) => writer.firstKeptAt).reduce((a, b) => (a < b ? a : b));
  const end = process.hrtime.bigint();
  const crash = new CrashImages(calls);
  const place = newFolder();
  const broken: string[] = [];
  for (const part of [1n, 2n, 3n, 4n]) {
    const moment = from + ((end - from) * part) / 4n;
    broken.push(...betrayed(crash.write(moment, place, newRandom(seed)), writers, moment));
  }
  const nothingElse = new CrashImages(calls).write(end, place, null);
  return [...broken, ...betrayed(nothingElse, writers, end)];
}

describe.skipIf(noShim !== null)(`a failing disk${noShim === null ? '' : ` (not run: ${noShim})`}`, () => {
  test.each(Array.from({ length: parts }, (_, part) => part))(
    '[R6] nothing is acknowledged that is not on it, and writing goes on by itself afterwards (part %i)',
    async (part) => {
      const mine = failures(await callsUntilReady()).filter((_, at) => at % parts === part);
      for (const failure of mine) {
        const broken = await brokenBy(failure).catch((error: unknown) => [String(error)]);
        expect(broken, sentence(failure)).toEqual([]);
      }
      // For docs/reliability.md.
      if (long) {
        process.stdout.write(
          `failing disk: part ${part} of ${parts}, ${mine.length} failures, seed ${seed}\n`,
        );
      }
    },
    long ? 1_800_000 : 600_000,
  );

  test.each(long ? [100, 150, 200, 300, 400, 500] : [200])(
    '[R6, R9] a relay whose disk syncs nothing any more, %i calls after it was ready, is killed: what the next one finds is not acknowledged before it is safe',
    async (after) => {
      const at = (await callsUntilReady()) + after;
      const disk = newDisk();
      const failed = (): number => disk.calls().filter(({ outcome }) => outcome !== 'done').length;
      const first = await disk.start({ fail: several(at, 1_000_000, 'EIO') });
      if (first === null) throw new Error('the relay did not start');
      onTestFinished(() => first.kill());
      const writers = newWriters();
      const stopTyping = typeAlong(writers);
      for (const writer of writers) await writer.connect(first);
      await retryUntil(
        'syncs to fail',
        () => failed() > 0 && writers.some((one) => !one.isConnected),
        60_000,
      );
      await first.kill();
      stopTyping();
      for (const writer of writers) await writer.disconnected();

      const next = await disk.start();
      if (next === null) throw new Error('the relay did not start once the disk worked again');
      onTestFinished(() => next.kill());
      // Everybody says again what they have, and nothing else: some of it the relay may have found.
      await retryUntil(
        'a promise of everything',
        async () => {
          await comeBack(writers, next);
          return writers.every((writer) => writer.acknowledged === writer.typed);
        },
        60_000,
      );
      await next.kill();
      const end = process.hrtime.bigint();
      const image = new CrashImages(disk.calls()).write(end, newFolder(), null);
      expect(betrayed(image, writers, end)).toEqual([]);
    },
    long ? 1_800_000 : 600_000,
  );
});
