import { expect, test } from 'vitest';
import { GroupCommit } from '#server/log/GroupCommit.ts';
import type { NewRow, UpdateLog } from '#server/storage/ports/UpdateLog.ts';

/** A log whose commits end when they are told to. */
function slowLog() {
  const commits: PromiseWithResolvers<number[]>[] = [];
  const log = {
    append: (rows: readonly NewRow[]) => {
      const commit = Promise.withResolvers<number[]>();
      commits.push(commit);
      return commit.promise.then(() => rows.map((_, at) => at + 1));
    },
  } as unknown as UpdateLog;
  return { log, commits };
}
const row = {} as NewRow;
const ignore = () => undefined;
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('what waits is settled with its own commit, whatever is queued behind it', async () => {
  const { log, commits } = slowLog();
  const group = new GroupCommit(log, { commitSpacingMs: 0, commitRows: 100 });
  await group.settled();
  group.add(row, ignore, ignore);
  await turn();
  group.add(row, ignore, ignore);
  let isSettled = false;
  const settled = group.settled().then(() => (isSettled = true));
  commits[0]!.resolve([]);
  await turn();
  await turn();
  expect([commits.length, isSettled]).toEqual([2, false]);
  group.add(row, ignore, ignore);
  commits[1]!.resolve([]);
  await settled;
});

test('what is written by itself comes between the rows before it and those after; it is waited for', async () => {
  const order: string[] = [];
  const log = {
    append: (rows: readonly NewRow[]) => {
      order.push(`${rows.length} rows`);
      return Promise.resolve(rows.map((_, at) => at + 1));
    },
  } as unknown as UpdateLog;
  const group = new GroupCommit(log, { commitSpacingMs: 0, commitRows: 100 });
  group.add(row, ignore, ignore);
  group.add(row, ignore, ignore);
  const alone = group.alone(async () => {
    await turn();
    order.push('alone');
    return 7;
  });
  group.add(row, ignore, ignore);
  await group.settled();
  expect(await alone).toBe(7);
  expect(order).toEqual(['2 rows', 'alone', '1 rows']);
});

test('what is written by itself fails alone; behind a commit that failed it is not done', async () => {
  const { log, commits } = slowLog();
  const group = new GroupCommit(log, { commitSpacingMs: 0, commitRows: 100 });
  const failing = group.alone(() => Promise.reject(new Error('full')));
  await expect(failing).rejects.toThrow('full');
  group.add(row, ignore, ignore);
  await turn();
  let isDone = false;
  const behind = group.alone(async () => {
    isDone = true;
  });
  commits[0]!.reject(new Error('full'));
  await expect(behind).rejects.toThrow('full');
  expect(isDone).toBe(false);
});

test('rows of one document that wait are given up, and others stored', async () => {
  const { log, commits } = slowLog();
  const group = new GroupCommit(log, { commitSpacingMs: 0, commitRows: 100 });
  group.add(row, ignore, ignore);
  await turn();
  const told: string[] = [];
  const one = { document: 'one' } as unknown as NewRow;
  const other = { document: 'other' } as unknown as NewRow;
  for (const [name, waiting] of [['one', one] as const, ['other', other] as const])
    group.add(
      waiting,
      () => told.push(`${name} stored`),
      () => told.push(`${name} failed`),
    );
  group.giveUp(one.document, new Error('begun anew'));
  commits[0]!.resolve([]);
  await turn();
  await turn();
  commits[1]!.resolve([]);
  await group.settled();
  expect(told).toEqual(['one failed', 'other stored']);
});

test('what failed is settled too, with what was queued behind it', async () => {
  const { log, commits } = slowLog();
  const group = new GroupCommit(log, { commitSpacingMs: 0, commitRows: 100 });
  group.add(row, ignore, ignore);
  await turn();
  group.add(row, ignore, ignore);
  const settled = group.settled();
  commits[0]!.reject(new Error('full'));
  await expect(settled).resolves.toBeUndefined();
});
