import { MemoryUpdateLog } from '#server/storage/memory/MemoryUpdateLog.ts';
import { describeCopiedLog } from './copiedLog.ts';
import { describeUpdateLog } from './updateLog.ts';

describeUpdateLog('MemoryUpdateLog', async () => {
  const log = new MemoryUpdateLog();
  return { log, close: () => log.close() };
});
describeCopiedLog('MemoryUpdateLog', async () => {
  const log = new MemoryUpdateLog();
  return { log, close: () => log.close() };
});
