import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSettings } from '../../../../electron/main/settings.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(path.join(tmpdir(), 'calepin-settings-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

it('keeps what was set for the next start', async () => {
  const file = path.join(folder, 'desktop.json');
  const first = await openSettings(file);
  expect(first.read()).toEqual({ language: 'system', theme: 'system', spelling: 'both', tray: false });
  await first.write({ theme: 'dark' });
  await first.keepBounds({ width: 900, height: 700, x: 10, y: 20 });
  const second = await openSettings(file);
  expect([second.read(), second.bounds()]).toEqual([
    { language: 'system', theme: 'dark', spelling: 'both', tray: false },
    { width: 900, height: 700, x: 10, y: 20 },
  ]);
});

it('falls back to the default of a damaged value and keeps the sound ones', async () => {
  const file = path.join(folder, 'desktop.json');
  await writeFile(
    file,
    JSON.stringify({ language: 'en', theme: 'pink', spelling: 'de', tray: 'yes', bounds: { width: -3 } }),
  );
  const settings = await openSettings(file);
  expect([settings.read(), settings.bounds()]).toEqual([
    { language: 'en', theme: 'system', spelling: 'both', tray: false },
    { width: 1_280, height: 860 },
  ]);
});

it('starts with the defaults when the file is not readable at all, and keeps that file aside', async () => {
  const file = path.join(folder, 'desktop.json');
  await writeFile(file, '{"language": "e');
  const settings = await openSettings(file);
  expect(settings.read()).toEqual({ language: 'system', theme: 'system', spelling: 'both', tray: false });
  expect(await readFile(`${file}.damaged`, 'utf8')).toBe('{"language": "e');
});
