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
