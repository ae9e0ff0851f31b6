import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { PersonId } from '#shared/domain/ids.ts';
import { newSmallDisk, noSmallDisk } from '../../support/disk/smallDisk.ts';
import { testId } from '../../support/newRelay.ts';
import { rawClient } from '../../support/rawClient.ts';
import { RelayChild } from '../../support/RelayChild.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { type PromisedWriter, promisedTo, typeAlong } from './PromisedWriter.ts';
import { betrayed } from './readLog.ts';
import { newWriters } from './recordedRelay.ts';

const long = process.env['CALEPIN_LONG'] === '1';
/** How many commits find the disk full before there is space again. */
const refusals = long ? 20 : 3;

/** Reads a writer's document as somebody who opens it now. @returns how many letters there are; null when a failed commit ended the room meanwhile. */
async function lettersSeen(relay: RelayChild, writer: PromisedWriter): Promise<number | null> {
  const person = { id: testId<PersonId>(250), name: 'L', colour: 'azur' };
  const ticket = await relay.ticket(writer.document, { person, wire: 'calepin.1' });
  const reader = rawClient(relay.url, writer.document, ticket ?? '');
  const doc = await reader.join();
  const isWhole = reader.heard.some(({ kind }) => kind === 'step2');
  reader.socket.terminate();
  return isWhole ? doc.getText(`of ${writer.doc.clientID}`).length : null;
}

test.skipIf(noSmallDisk !== null)(
  `[R6] while the disk is full everything can be read and 4503 says why nothing is stored; with space again, writing goes on without a restart${noSmallDisk === null ? '' : ` (not run: ${noSmallDisk})`}`,
  async () => {
    const disk = newSmallDisk(4);
    onTestFinished(() => disk.close());
    const file = path.join(disk.folder, 'calepin.sqlite');
    const relay = await RelayChild.start(file);
    if (relay === null) throw new Error('the relay did not start');
    onTestFinished(() => relay.kill());
    const writers = newWriters();
    for (const writer of writers) await writer.connect(relay);
    const stopTyping = typeAlong(writers);
    onTestFinished(stopTyping);
    await retryUntil('promises', () => writers.every((writer) => writer.acknowledged > 20), 60_000);

    disk.fill();
    let found = 0;
    let readings = 0;
    const comeBack = async (): Promise<void> => {
      for (const writer of writers) {
        if (writer.isConnected) continue;
        const end = await writer.disconnected();
        expect(end?.code).toBe(4503);
        if (end?.reason === 'storage_full') found += 1;
        await writer.connect(relay);
      }
    };
    const read = writers[0] as PromisedWriter;
    await retryUntil(
      'the disk to be found full',
      async () => {
        await comeBack();
        const must = read.acknowledged;
        const seen = await lettersSeen(relay, read);
        if (seen !== null) readings += 1;
        expect(seen ?? must).toBeGreaterThanOrEqual(must);
        // A commit that finds it full ends everyone's connection.
        return found >= refusals * writers.length && readings >= refusals;
      },
      long ? 300_000 : 60_000,
    );
    const before = promisedTo(writers);

    disk.free();
    const freedAt = performance.now();
    const typed = writers.map((writer) => writer.typed);
    await retryUntil(
      'writing to go on',
      async () => {
        await comeBack();
        return writers.every((writer, at) => writer.acknowledged > (typed[at] ?? 0));
      },
      60_000,
    );
    const backMs = performance.now() - freedAt;
    expect(promisedTo(writers)).toBeGreaterThan(before);
    await relay.kill();
    stopTyping();
    expect(betrayed(file, writers, process.hrtime.bigint())).toEqual([]);
    if (long) {
      // For docs/reliability.md.
      process.stdout.write(
        `full disk: ${found} connections ended with 4503, all writing again after ${backMs.toFixed(0)} ms\n`,
      );
    }
    expect(backMs).toBeLessThan(long ? 5_000 : 60_000);
  },
  600_000,
);
