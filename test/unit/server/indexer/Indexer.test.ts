import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DocumentId } from '#shared/domain/ids.ts';
import { Indexer } from '#server/indexer/Indexer.ts';
import type { IndexerOptions } from '#server/indexer/IndexerOptions.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

const document = 'note' as DocumentId;

/** An indexer of a document that takes so long to read, and somebody who writes in it. */
async function newIndexer(readMs: number) {
  let reads = 0;
  let told: (() => void) | null = null;
  const options = {
    logger: pino({ level: 'silent' }),
    documents: {
      onAppended: (listener: (event: { document: DocumentId }) => void) => {
        told = () => listener({ document });
        return () => undefined;
      },
    },
    log: {
      documents: () => Promise.resolve([]),
      head: async () => {
        reads += 1;
        await new Promise((resolve) => setTimeout(resolve, readMs));
        return null;
      },
    },
    catalogue: { derived: { indexedSeqs: () => Promise.resolve(new Map()) } },
  };
  // What reading a note takes beyond this is not asked for: there is no note.
  const indexer = new Indexer(options as unknown as IndexerOptions);
  await indexer.start();
  return {
    indexer,
    reads: () => reads,
    writeFor: async (ms: number) => {
      for (let at = 0; at < ms; at += 100) {
        told?.();
        await vi.advanceTimersByTimeAsync(100);
      }
    },
  };
}

test('a note that is read at once follows who writes in it every two seconds', async () => {
  const { writeFor, reads } = await newIndexer(10);
  await writeFor(20_000);
  expect(reads()).toBeGreaterThanOrEqual(9);
});

test('the longer a note takes to read the longer it rests, and is read to its end all the same', async () => {
  const { writeFor, reads } = await newIndexer(500);
  await writeFor(20_000);
  // A read of 0.5 s, then 5 s of rest.
  expect(reads()).toBeLessThanOrEqual(4);
  const before = reads();
  await vi.advanceTimersByTimeAsync(5_500);
  expect(reads()).toBe(before + 1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reads()).toBe(before + 1);
});

test('a note that takes very long rests a quarter of a minute, and not at all when it is asked for or the relay stops', async () => {
  const { indexer, writeFor, reads } = await newIndexer(4_000);
  await writeFor(60_000);
  expect(reads()).toBeGreaterThanOrEqual(3);
  await vi.advanceTimersByTimeAsync(30_000);
  const before = reads();
  void indexer.indexNow(document);
  await vi.advanceTimersByTimeAsync(10);
  expect(reads()).toBe(before + 1);
  await writeFor(100);
  const closed = indexer.close();
  await vi.advanceTimersByTimeAsync(10_000);
  await closed;
  expect(reads()).toBe(before + 2);
});
