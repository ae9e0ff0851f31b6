import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lockDataFolder } from '#server/lockDataFolder.ts';

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'calepin-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Another process that holds the folder until it is killed, without keeping what `lockDataFolder` gave it: collecting garbage must not open the lock. */
async function holdElsewhere(folder: string): Promise<{ kill: () => Promise<void> }> {
  const file = path.resolve('server/lockDataFolder.ts');
  const code = `const { lockDataFolder } = await import(${JSON.stringify(file)}); lockDataFolder(${JSON.stringify(folder)}); await new Promise(setImmediate); gc(); await new Promise(setImmediate); console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = (): Promise<void> => {
    child.kill('SIGKILL');
    return ended;
  };
  // A process that outlived its test would keep the whole run waiting.
  onTestFinished(kill);
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', () => reject(new Error('it ended')));
  });
  return { kill };
}

test('a folder is one process’s until it gives it back', async () => {
  const folder = path.join(await newFolder(), 'new', 'folder');
  const lock = lockDataFolder(folder);
  expect(() => lockDataFolder(folder)).toThrow(
    expect.objectContaining({ code: 'conflict', message: expect.stringContaining(folder) }),
  );
  lock.close();
  lock.close();
  lockDataFolder(folder).close();
});

test('another process is refused, and nothing stale is left when the first is killed', async () => {
  const folder = await newFolder();
  const other = await holdElsewhere(folder);
  expect(() => lockDataFolder(folder)).toThrow(expect.objectContaining({ code: 'conflict' }));
  await other.kill();
  lockDataFolder(folder).close();
});
