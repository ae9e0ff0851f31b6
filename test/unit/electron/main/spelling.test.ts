import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Session } from 'electron';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Spelling, dictionaries } from '../../../../electron/main/spelling.ts';

let folder: string;
let from: string;
let kept: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'calepin-spelling-'));
  from = path.join(folder, 'application');
  kept = path.join(folder, 'session');
  await mkdir(from);
  for (const { file } of Object.values(dictionaries)) await writeFile(path.join(from, file), `BDic ${file}`);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function newSpelling(platform: NodeJS.Platform = 'linux') {
  const state = { enabled: false, languages: [] as string[], address: '' };
  const session = {
    setSpellCheckerEnabled: (on: boolean) => void (state.enabled = on),
    setSpellCheckerLanguages: (languages: string[]) => void (state.languages = languages),
    setSpellCheckerDictionaryDownloadURL: (address: string) => void (state.address = address),
  } as unknown as Session;
  return { spelling: new Spelling(session, platform), state };
}
const placed = () => readdir(path.join(kept, 'Dictionaries')).catch(() => []);

it('[R254] puts its own dictionaries where Chromium looks, and checks in the languages that were chosen', async () => {
  const { spelling, state } = newSpelling();
  expect(await spelling.prepare(from, kept)).toEqual([]);
  expect(new Set(await placed())).toEqual(new Set(['en-CA-10-1.bdic', 'fr-FR-3-0.bdic']));
  expect(state.enabled).toBe(false);
  const seen = (['both', 'fr', 'en', 'off'] as const).map((chosen) => {
    spelling.apply(chosen);
    return [state.enabled, ...state.languages];
  });
  expect(seen).toEqual([
    [true, 'fr', 'en-CA'],
    [true, 'fr'],
    [true, 'en-CA'],
    [false, 'en-CA'],
  ]);
  // What a later Chromium would look for under another name is fetched from nobody.
  expect(new URL(state.address).hostname).toBe('127.0.0.1');
});

it('[R254] never checks in a language whose dictionary is not in place: it would be fetched', async () => {
  await rm(path.join(from, dictionaries.en.file));
  const { spelling, state } = newSpelling('win32');
  expect(await spelling.prepare(from, kept)).toEqual(['en']);
  spelling.apply('both');
  expect(state).toMatchObject({ enabled: true, languages: ['fr'] });
  spelling.apply('en');
  expect(state.enabled).toBe(false);
});

it('puts a newer dictionary in the place of the one before, and of one that was cut', async () => {
  await mkdir(path.join(kept, 'Dictionaries'), { recursive: true });
  const file = path.join(kept, 'Dictionaries', dictionaries.fr.file);
  await writeFile(file, 'BD');
  await newSpelling().spelling.prepare(from, kept);
  expect(await readFile(file, 'utf8')).toBe(`BDic ${dictionaries.fr.file}`);
  expect((await placed()).filter((name) => name.endsWith('.new'))).toEqual([]);
});

it('leaves it to macOS, which has dictionaries of its own', async () => {
  const { spelling, state } = newSpelling('darwin');
  await spelling.prepare(from, kept);
  spelling.apply('fr');
  expect([await placed(), state]).toEqual([[], { enabled: true, languages: [], address: '' }]);
  spelling.apply('off');
  expect(state.enabled).toBe(false);
});
