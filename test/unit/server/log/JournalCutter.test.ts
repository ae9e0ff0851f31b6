import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import type { DocumentId, Epoch } from '#shared/domain/ids.ts';
import { JournalCutter } from '#server/log/JournalCutter.ts';
import { segmentLimits } from '#server/storage/journal/segments.ts';
import { MemoryUpdateLog } from '#server/storage/memory/MemoryUpdateLog.ts';
import { testId } from '../../../support/newRelay.ts';
import { retryUntil } from '../../../support/retryUntil.ts';

const [first, second] = [testId<DocumentId>(1), testId<DocumentId>(2)];

/** Two documents of as many rows, all of them in the checkpoint, and a cutter of their log. */
async function open(
  rows: number,
  cutDelayMs: number,
  isOpen: (document: DocumentId) => boolean = () => false,
) {
  const log = new MemoryUpdateLog();
  const bytes = new Uint8Array([0, 0]);
  const more = {
    time: 0,
    person: null,
    device: null,
    deviceTime: null,
    via: 'socket',
    operation: null,
  } as const;
  for (const document of [first, second]) {
    const row = { ...more, document, bytes, clients: [] };
    await log.create(
      { document, kind: 'note', epoch: testId<Epoch>(3), schemaVersion: 1 },
      Array.from({ length: rows }, () => row),
    );
    await log.saveCheckpoint({ document, seq: rows, bytes, stateVector: bytes, deleteSetAt: 1 });
  }
  const limits = { cutRows: 2_000, unloadCutRows: 100, cutDelayMs };
  const cutter = new JournalCutter({ log, logger: pino({ level: 'silent' }), limits, isOpen });
  onTestFinished(() => cutter.close());
  const packed = async (document: DocumentId) => (await log.segments(document)).at(-1)?.last ?? 0;
  return { cutter, packed };
}

test('[R90] of a document that is open, a segment is cut while there are many rows; at least a thousand remain', async () => {
  const { cutter, packed } = await open(3_500, 60_000, () => true);
  cutter.request(first);
  await retryUntil('two segments', async () => (await packed(first)) === 2_000);
  await cutter.close();
  expect([await packed(first), await packed(second)]).toEqual([2_000, 0]);
});

test('[R90] of a document that nobody has opened for a while, all but the last rows', async () => {
  const { cutter, packed } = await open(1_400, 20);
  cutter.request(first);
  await retryUntil(
    'what may be packed',
    async () => (await packed(first)) === 1_400 - segmentLimits.keptRows,
  );
  expect(await packed(second)).toBe(0);
});

test('[R90] what an earlier process left is packed too', async () => {
  const { cutter, packed } = await open(200, 20, (document) => document === second);
  cutter.start();
  await retryUntil('what may be packed', async () => (await packed(first)) === 200 - segmentLimits.keptRows);
  expect(await packed(second)).toBe(0);
});
