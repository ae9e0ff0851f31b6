import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';

const project = path.resolve(import.meta.dirname, '../..');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'calepin-community-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Line {
  readonly msg: string;
  readonly time: string;
  readonly port?: number;
}

/** Runs the relay of a community until it listens, asks whether it is well, and stops it as a service manager does. */
async function runOnce() {
  const child = spawn(process.execPath, ['scripts/relay.mjs'], {
    cwd: project,
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      CALEPIN_DATA: folder,
      CALEPIN_PUBLIC_URL: 'https://notes.example.org',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const words: string[] = [];
  const log: Line[] = [];
  let health = null;
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{')) {
      words.push(line);
      continue;
    }
    const entry = JSON.parse(line) as Line;
    log.push(entry);
    if (entry.msg !== 'listening') continue;
    const answer = await fetch(`http://127.0.0.1:${entry.port}/healthz`);
    health = { status: answer.status, body: await answer.json() };
    child.kill('SIGTERM');
  }
  const [code] = (await exit) as [number | null];
  return { words, log, health, code };
}

test('npm run relay logs JSON, gives the administrator’s link once, says that it is well, and stops when asked', async () => {
  const first = await runOnce();
  expect(first.words).toEqual([
    expect.stringMatching(
      /^Open this link once to become the administrator of this Calepin: https:\/\/notes\.example\.org\/join#\S{20,}$/,
    ),
  ]);
  expect(first.health).toMatchObject({ status: 200 });
  expect(first.code).toBe(0);
  expect(first.log.at(-1)?.msg).toBe('stopped');
  expect(first.log.every((line) => !Number.isNaN(Date.parse(line.time)))).toBe(true);
  // The link is a secret: it is on the terminal, not in the log.
  expect(JSON.stringify(first.log)).not.toContain('join#');

  const second = await runOnce();
  expect(second).toMatchObject({ words: [], code: 0, health: { status: 200 } });
  // Time to build the interface, where it is not there yet.
}, 120_000);
