import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import type { DocumentId, Epoch } from '#shared/domain/ids.ts';
import { Checkpointer } from '../../../../server/log/Checkpointer.ts';
import { Rebuilder } from '../../../../server/log/Rebuilder.ts';
import { MemoryUpdateLog } from '../../../../server/storage/memory/MemoryUpdateLog.ts';
import { testId } from '../../../support/newRelay.ts';

const document = testId<DocumentId>(1);

test('many rows are taken in step by step, up to the last that was there', async () => {
  const log = new MemoryUpdateLog();
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (const letter of 'abcdefghijk') doc.getText('text').insert(doc.getText('text').length, letter);
  const row = { document, time: 1, person: null, device: null, deviceTime: null, operation: null };
  await log.create(
    { document, kind: 'note', epoch: 'e'.repeat(22) as Epoch, schemaVersion: 1 },
    updates.map((bytes) => ({ ...row, via: 'socket' as const, bytes, clients: [] })),
  );
  const rebuilder = new Rebuilder(10_000);
  onTestFinished(() => rebuilder.close());
  const saved: number[] = [];
  const checkpointer = new Checkpointer({
    log,
    rebuilder,
    logger: pino({ level: 'silent' }),
    rowsAtOnce: 4,
    onSaved: (_, seq) => saved.push(seq),
    onUnsound: async () => expect.fail('it is sound'),
    onSound: async () => expect.fail('nobody said that it was not'),
  });
  await checkpointer.now(document);
  expect(saved).toEqual([4, 8, 11]);
  const rebuilt = new Y.Doc();
  Y.applyUpdate(rebuilt, (await log.checkpoint(document))?.bytes ?? new Uint8Array());
  expect(rebuilt.getText('text').toJSON()).toBe('abcdefghijk');
});
