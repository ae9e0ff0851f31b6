import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BackupKeeper } from '#server/backup/BackupKeeper.ts';
import { BackupMaker } from '#server/backup/BackupMaker.ts';
import { listBackups } from '#server/backup/listBackups.ts';
import { carryOutRestore, lastRestore } from '#server/backup/wantedRestore.ts';
import { createRelay, memoryAdapters, type Relay, sqliteAdapters } from '#server/index.ts';
import type { BackupState, ListedBackups } from '#shared/api/backups.ts';
import { FakeTimers } from '../../support/fakeTimers.ts';

const day = 24 * 60 * 60 * 1000;
const begin = Date.UTC(2026, 10, 27, 9);

let home: string;
let dataFolder: string;
let backups: string;
const open: { close(): Promise<unknown> }[] = [];
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'calepin-keeper-'));
  dataFolder = path.join(home, 'data');
  backups = path.join(home, 'copies');
  await mkdir(backups);
});
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
  await rm(home, { recursive: true, force: true });
});

/** The relay of a computer, with its person signed in. */
async function start(restart?: () => void) {
  const relay: Relay = await createRelay(
    {
      mode: 'local',
      host: '127.0.0.1',
      port: 0,
      publicUrl: null,
      version: '0',
      interfaceFolder: path.resolve('dist/renderer'),
      ...(restart === undefined ? {} : { restart }),
    },
    await sqliteAdapters(dataFolder),
  );
  open.push(relay);
  const { url } = await relay.listen();
  const origin = { origin: url, 'content-type': 'application/json' };
  const signedIn = await fetch(`${url}/api/session/launch`, {
    method: 'POST',
    headers: origin,
    body: JSON.stringify({ secret: relay.renewLaunchSecret(), language: 'fr' }),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
  const ask = async <T>(method: string, address: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${url}${address}`, {
      method,
      headers: { ...origin, cookie },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const titles = async (): Promise<string[]> =>
    (await ask<{ notes: { title: string }[] }>('GET', '/api/notes?sort=title')).notes.map(
      ({ title }) => title,
    );
  const write = (title: string) => ask<{ note: { id: string } }>('POST', '/api/notes', { title });
  return { relay, ask, titles, write };
}

test('[R267] the person of a computer has a copy made, sees what is in it, puts it back, and takes that back', async () => {
  let restarts = 0;
  const first = await start(() => (restarts += 1));
  await first.write('Avant');
  const made = await first.ask<BackupState>('POST', '/api/backups/run', { folder: backups });
  expect(made.last).toMatchObject({ fault: null, missing: 0 });
  await first.write('Après');
  const { backups: listed } = await first.ask<ListedBackups>('POST', '/api/backups/list', {
    folder: backups,
  });
  expect(listed.map(({ folder }) => folder)).toEqual([made.last?.folder]);
  expect(listed[0]?.documents).toBe(made.last?.documents);
  const waiting = await first.ask<BackupState>('POST', '/api/backups/restore', { folder: listed[0]?.folder });
  expect([waiting.waits, restarts]).toEqual([true, 1]);
  await first.relay.close();
  expect(await carryOutRestore(dataFolder)).toMatchObject({ fault: null });
  const second = await start();
  expect(await second.titles()).toContain('Avant');
  expect(await second.titles()).not.toContain('Après');
  expect(await second.ask<BackupState>('GET', '/api/backups')).toMatchObject({
    waits: false,
    restored: { fault: null, canUndo: true },
  });
  await second.ask('POST', '/api/backups/undo');
  await second.relay.close();
  await carryOutRestore(dataFolder);
  const third = await start();
  expect(await third.titles()).toEqual(expect.arrayContaining(['Après', 'Avant']));
  expect((await third.ask<BackupState>('GET', '/api/backups')).restored?.canUndo).toBe(false);
  // Nothing is ever thrown away by it.
  expect((await readdir(dataFolder)).filter((name) => name.startsWith('before-undo-'))).toHaveLength(1);
  expect(await carryOutRestore(dataFolder)).toBeNull();
});

test('[R267] one that is asked for while another is made is that one', async () => {
  const { ask } = await start();
  const plan = { rhythm: 'day', folder: backups, keep: 2 };
  await ask('PUT', '/api/backups', plan);
  const made = await ask<BackupState>('POST', '/api/backups/run', { folder: backups });
  expect(made).toMatchObject({ plan, running: false, last: { fault: null } });
});

test('[R267] what cannot be put back leaves everything as it was, and says why', async () => {
  const first = await start();
  await first.write('Intacte');
  const made = await first.ask<BackupState>('POST', '/api/backups/run', { folder: backups });
  const folder = made.last?.folder ?? '';
  await writeFile(path.join(folder, 'calepin.sqlite'), 'something else');
  await first.ask('POST', '/api/backups/restore', { folder });
  await first.relay.close();
  expect(await carryOutRestore(dataFolder)).toMatchObject({ fault: 'damaged', keptIn: null });
  // It is not tried again at each start.
  expect(await carryOutRestore(dataFolder)).toBeNull();
  expect(await lastRestore(dataFolder)).toMatchObject({ fault: 'damaged' });
  const second = await start();
  expect(await second.titles()).toContain('Intacte');
  await expect(second.ask('POST', '/api/backups/restore', { folder: home })).rejects.toThrow(/409/);
  await expect(second.ask('POST', '/api/backups/undo')).rejects.toThrow(/409/);
});

/** A keeper of a data folder that holds a note, under a clock of the test's own. */
async function newKeeper() {
  const relay = await start();
  await relay.write('Chaque jour');
  await relay.relay.close();
  const timers = new FakeTimers(begin);
  const maker = new BackupMaker(dataFolder);
  const keeper = new BackupKeeper({
    dataFolder,
    settings: memoryAdapters().catalogue.settings,
    make: (into, now) => maker.make(into, now),
    restart: null,
    timers,
    logger: { info: () => undefined, warn: () => undefined },
  });
  open.push(maker, keeper);
  return { keeper, timers };
}

test('[R268] by its rhythm a copy is made in the chosen folder, so many are kept, and none that somebody asked for goes', async () => {
  const { keeper, timers } = await newKeeper();
  await keeper.run(backups);
  await keeper.choose({ rhythm: 'day', folder: backups, keep: 2 });
  await keeper.look();
  expect(await listBackups(backups)).toHaveLength(1);
  for (let days = 1; days <= 4; days++) {
    timers.advance(day - 1_000);
    await keeper.look();
    expect((await listBackups(backups)).length).toBe(Math.min(days, 3));
    timers.advance(1_000);
    await keeper.look();
  }
  const times = (await listBackups(backups)).map(({ madeAt }) => (madeAt - begin) / day);
  expect(times).toEqual([4, 3, 0]);
  await keeper.choose({ rhythm: 'off', folder: backups, keep: 2 });
  timers.advance(10 * day);
  await keeper.look();
  expect(await listBackups(backups)).toHaveLength(3);
});

test('[R268] a folder that is not there is said so, never made, and tried again until it is', async () => {
  const { keeper, timers } = await newKeeper();
  const gone = path.join(home, 'disque');
  await keeper.choose({ rhythm: 'week', folder: gone, keep: 2 });
  await keeper.look();
  expect((await keeper.told()).last).toMatchObject({ fault: 'folder_missing', folder: gone });
  expect(existsSync(gone)).toBe(false);
  await rename(backups, gone);
  timers.advance(15 * 60 * 1000);
  await keeper.look();
  expect((await keeper.told()).last?.fault).toBeNull();
  expect(await listBackups(gone)).toHaveLength(1);
});

test('[R268] nothing half made stays where a copy fails', async () => {
  const { keeper } = await newKeeper();
  await rm(path.join(dataFolder, 'calepin.sqlite'));
  await writeFile(
    path.join(dataFolder, 'calepin.sqlite'),
    'no database at all, but long enough to be looked at',
  );
  await keeper.run(backups);
  expect((await keeper.told()).last?.fault).not.toBeNull();
  expect(await readdir(backups)).toEqual([]);
});
