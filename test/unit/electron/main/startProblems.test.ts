import type { BrowserWindow } from 'electron';
import { expect, it } from 'vitest';
import { StartProblems } from '../../../../electron/main/startProblems.ts';

function newProblems() {
  const did: string[] = [];
  let isDestroyed = false;
  const window = {
    isDestroyed: () => isDestroyed,
    close: () => void did.push('close'),
  } as unknown as BrowserWindow;
  const problems = new StartProblems({
    open: (page) => (did.push(`open ${page}`), window),
    show: (_window, page) => void did.push(`show ${page}`),
    folder: '/data',
    log: '/data/logs/calepin.log',
  });
  return { problems, did, close: () => void (isDestroyed = true) };
}

it('[R256] a first start that fails says so at once, once, and becomes the application when it succeeds', () => {
  const { problems, did } = newProblems();
  problems.failed('disk_full');
  problems.failed('folder');
  expect(problems.now()).toEqual({ kind: 'folder', folder: '/data', log: '/data/logs/calepin.log' });
  expect(problems.solved()).toBe(true);
  expect([problems.now(), did]).toEqual([null, ['open /problem', 'show /']]);
});

it('[R256] a relay that comes back by itself disturbs nobody; one that does not is told beside the open windows', () => {
  const { problems, did } = newProblems();
  expect(problems.solved()).toBe(false);
  problems.failed('other');
  problems.failed('other');
  expect(problems.solved()).toBe(false);
  for (let tries = 0; tries < 5; tries += 1) problems.failed('disk_full');
  expect(problems.solved()).toBe(false);
  expect(did).toEqual(['open /problem', 'close']);
});

it('a window that the person closed does not come back by itself', () => {
  const { problems, did, close } = newProblems();
  problems.failed('damaged');
  close();
  problems.failed('damaged');
  expect(problems.solved()).toBe(false);
  expect(did).toEqual(['open /problem']);
});
