import { execFile, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { UtilityProcess } from 'electron';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { EmbeddedRelay } from '../../../electron/main/embeddedRelay.ts';

// The desktop's relay as it is built, in a process of its own under main's real EmbeddedRelay. Electron's binary takes no part: its utility process is Node's fork, and
// its message channel Node's IPC.

const project = path.resolve(import.meta.dirname, '../../..');
const entry = path.join(project, 'dist/electron/relay/index.js');

beforeAll(async () => {
  await promisify(execFile)(process.execPath, ['scripts/buildElectron.mjs'], { cwd: project });
}, 60_000);

let folder: string;
const open: EmbeddedRelay[] = [];
beforeEach(async () => void (folder = await mkdtemp(path.join(tmpdir(), 'calepin-desktop-'))));
afterEach(async () => {
  await Promise.all(open.splice(0).map((relay) => relay.close()));
  await rm(folder, { recursive: true, force: true });
});

const failures: string[] = [];
beforeEach(() => void (failures.length = 0));

function startRelay(dataFolder = folder): { relay: EmbeddedRelay; kill: () => void } {
  let kill = (): void => undefined;
  const relay = new EmbeddedRelay({
    fork() {
      const child = fork(entry, [], {
        execArgv: ['--import', path.join(import.meta.dirname, '../../electron-host/parentPort.mjs')],
        serialization: 'advanced',
      });
      kill = () => void child.kill('SIGKILL');
      const utility = Object.assign(new EventEmitter(), {
        kill: () => child.kill(),
        postMessage: (message: unknown) => void (child.connected && child.send(message as object)),
      });
      child.on('message', (message) => utility.emit('message', message));
      child.on('exit', (code) => utility.emit('exit', code ?? 1));
      return utility as unknown as UtilityProcess;
    },
    dataFolder,
    version: '1.2.3',
    fetch,
    print: () => Promise.reject(new Error('no window here')),
    secret: () => Promise.resolve(null),
    onCrash: () => undefined,
    onBack: () => undefined,
    onReady: () => undefined,
    onFailed: (kind) => void failures.push(kind),
    language: () => 'fr',
  });
  open.push(relay);
  return { relay, kill: () => kill() };
}

async function titles(relay: EmbeddedRelay): Promise<string[]> {
  const { port, cookie } = await relay.address();
  const answer = await fetch(`http://127.0.0.1:${port}/api/notes?sort=title`, { headers: { cookie } });
  const { notes } = (await answer.json()) as { notes: { title: string }[] };
  return notes.map(({ title }) => title);
}

it('signs the local person in, and is the same relay after a crash of its process', async () => {
  const { relay, kill } = startRelay();
  const before = await relay.address();
  expect(await titles(relay)).toContain('Bienvenue dans Calepin');
  kill();
  // Whoever asks meanwhile waits for the next one, which is where the first was.
  await expect
    .poll(async () => (await relay.address().catch(() => before)).cookie, { timeout: 15_000 })
    .not.toBe(before.cookie);
  expect((await relay.address()).port).toBe(before.port);
  expect(await titles(relay)).toContain('Bienvenue dans Calepin');
});

it('[R256] tells a database that is none from a folder that it may not write in, and leaves both as they are', async () => {
  const database = path.join(folder, 'calepin.sqlite');
  await writeFile(database, 'not a database, and long enough to be taken for one'.repeat(50));
  const before = await readFile(database);
  const { relay } = startRelay();
  await expect(relay.address()).rejects.toBeInstanceOf(Error);
  expect(failures[0]).toBe('damaged');
  expect((await readFile(database)).equals(before)).toBe(true);
  await relay.close();
  await rm(database);
  await writeFile(path.join(folder, 'file'), '');
  failures.length = 0;
  const elsewhere = startRelay(path.join(folder, 'file/below')).relay;
  await expect(elsewhere.address()).rejects.toBeInstanceOf(Error);
  expect(failures[0]).toBe('folder');
});
