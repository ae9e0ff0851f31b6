import { expect, test } from 'vitest';
import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId, Epoch } from '#shared/domain/ids.ts';
import { GroupCommit } from '#server/log/GroupCommit.ts';
import { MemoryUpdateLog } from '#server/storage/memory/MemoryUpdateLog.ts';
import type { NewRow } from '#server/storage/ports/UpdateLog.ts';
import { testId } from '../../../support/newRelay.ts';
import { retryUntil } from '../../../support/retryUntil.ts';

class CountingLog extends MemoryUpdateLog {
  readonly groups: number[] = [];
  failures = 0;
  running = 0;
  mostRunning = 0;

  override async append(...args: Parameters<MemoryUpdateLog['append']>) {
    this.groups.push(args[0].length);
    this.running++;
    this.mostRunning = Math.max(this.mostRunning, this.running);
    await new Promise((resolve) => setImmediate(resolve));
    this.running--;
    if (this.failures-- > 0) throw new AppError('storage_full', 'no room');
    return super.append(...args);
  }
}

const row = (document: DocumentId): NewRow => ({
  document,
  time: 0,
  person: null,
  device: null,
  deviceTime: null,
  via: 'socket',
  operation: null,
  bytes: new Uint8Array([0, 0]),
  clients: [],
});

async function open(commitSpacingMs = 0, commitRows = 100) {
  const log = new CountingLog();
  const documents = [testId<DocumentId>(1), testId<DocumentId>(2)];
  for (const document of documents)
    await log.create({ document, kind: 'note', epoch: testId<Epoch>(3), schemaVersion: 1 });
  log.groups.length = 0;
  const commits = new GroupCommit(log, { commitSpacingMs, commitRows });
  const settled: string[] = [];
  const add = (which: number): void => {
    commits.add(
      row(documents[which] as DocumentId),
      (seq) => settled.push(`${which}:${seq}`),
      (error) => settled.push(`${which}:${(error as AppError).code}`),
    );
  };
  return { log, commits, settled, add };
}

test('what comes in one turn is one commit of all rooms; what comes during it is the next', async () => {
  const { log, commits, settled, add } = await open();
  for (const which of [0, 1, 0]) add(which);
  await new Promise((resolve) => setImmediate(resolve));
  expect(log.groups).toEqual([3]);
  for (const which of [0, 1, 1, 1]) add(which);
  await commits.drained();
  expect(log.groups).toEqual([3, 4]);
  expect(log.mostRunning).toBe(1);
  expect(settled).toEqual(['0:1', '1:1', '0:2', '0:3', '1:2', '1:3', '1:4']);
});

test('a commit that fails says so to each of its rows, and the next one works', async () => {
  const { log, commits, settled, add } = await open();
  log.failures = 1;
  add(0);
  add(1);
  await commits.drained();
  add(0);
  await commits.drained();
  expect(settled).toEqual(['0:storage_full', '1:storage_full', '0:1']);
});

test('what came during a commit that failed fails with it: it may build on what is missing', async () => {
  const { log, commits, settled, add } = await open();
  log.failures = 1;
  add(0);
  await new Promise((resolve) => setImmediate(resolve));
  add(0);
  add(1);
  await commits.drained();
  add(1);
  await commits.drained();
  expect(settled).toEqual(['0:storage_full', '0:storage_full', '1:storage_full', '1:1']);
});

test('commits of a busy log begin apart, and everything is stored', async () => {
  const { log, commits, settled, add } = await open(20);
  const begun = performance.now();
  for (let times = 0; times < 10; times++) {
    add(0);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await commits.drained();
  expect(settled.length).toBe(10);
  expect(log.groups.length).toBeLessThanOrEqual(2 + (performance.now() - begun) / 20);
});

test('a commit of a busy log begins before its time when enough rows wait', async () => {
  const { log, commits, settled, add } = await open(1_000_000, 3);
  add(0);
  await new Promise((resolve) => setImmediate(resolve));
  await retryUntil('stored', () => settled.length === 1);
  for (const which of [0, 1]) add(which);
  await new Promise((resolve) => setImmediate(resolve));
  expect(log.groups).toEqual([1]);
  for (const which of [0, 1]) add(which);
  await retryUntil('stored', () => settled.length === 5);
  expect(log.groups).toEqual([1, 4]);
  await commits.drained();
});
