import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { NotePage } from '#shared/api/notes.ts';
import { sqliteAdapters } from '#server/relayAdapters.ts';
import { readArchive } from '../support/newArchive.ts';
import { newFullRelay } from '../support/newFullRelay.ts';
import { readZip } from '../support/readZip.ts';

const run = promisify(execFile);
let folder: string;
let out: string;
let carnetId: string;
let guestId: string;
let hiddenId: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'calepin-command-'));
  out = path.join(folder, 'out');
  const full = await newFullRelay({ dataDir: path.join(folder, 'data') });
  const owner = await full.signIn();
  const { collection } = await owner.json<{ collection: { id: string } }>('POST', '/api/carnets', {
    title: 'Le carnet',
  });
  carnetId = collection.id;
  for (const title of ['Premier', 'Caché'])
    await owner.json<NotePage>('POST', '/api/notes', { title, carnetId });
  const { notes } = await owner.json<{ notes: { id: string; title: string }[] }>('GET', '/api/notes');
  const idOf = (wanted: string): string => notes.find(({ title }) => title === wanted)?.id ?? '';
  hiddenId = idOf('Caché');
  await owner.json('PATCH', `/api/notes/${idOf('Premier')}`, { visibility: 'members' });
  const { url } = await owner.json<{ url: string }>('POST', '/api/invitations', {
    subject: 'carnet',
    subjectId: carnetId,
    role: 'contributor',
  });
  const guest = await full.join(url, 'Basile');
  guestId = (await guest.json<{ person: { id: string } }>('GET', '/api/session')).person.id;
  await full.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const command = (...words: string[]): Promise<{ stdout: string; stderr: string }> =>
  run(process.execPath, ['scripts/calepin.mjs', 'export', ...words], {
    env: { ...process.env, CALEPIN_DATA: path.join(folder, 'data') },
  });
/** What a refused command says. */
const refusal = (...words: string[]): Promise<[number, string]> =>
  command(...words).then(
    () => [0, ''],
    (error: { code: number; stderr: string }) => [error.code, error.stderr],
  );

test('[R234] a carnet becomes an archive, by either of the ends that its name may have', async () => {
  for (const name of ['carnet.calepin', 'carnet.calepin.html']) {
    const file = path.join(out, name);
    await command(carnetId, '--to', file);
    const { html, manifest } = readArchive(await readFile(file));
    expect(html).toContain('Le carnet');
    expect(manifest.notes.map(({ title }) => title)).toEqual(['Premier', 'Caché']);
  }
  expect(await refusal(carnetId, '--to', path.join(out, 'x.calepin'), '--at=2026-03-05')).toEqual([
    1,
    'An archive holds everything up to now.\n',
  ]);
});

test('a carnet becomes the file that its name says, with what the person of this computer may read', async () => {
  const before = await readdir(out);
  const file = path.join(out, 'carnet.docx');
  const { stdout } = await command(`https://exemple.org/carnets/${carnetId}`, '--to', file);
  expect(stdout).toMatch(/carnet\.docx: \d+ bytes\n$/);
  const text = readZip(await readFile(file))
    .get('word/document.xml')
    ?.toString();
  expect(text).toContain('Premier');
  expect(text).toContain('Caché');
  expect((await readdir(out)).toSorted()).toEqual([...before, 'carnet.docx'].toSorted());
});

test('somebody else’s rights count when they are named, by id or by name', async () => {
  for (const as of ['Basile', guestId]) {
    const file = path.join(out, 'folder.zip');
    await command(carnetId, `--to=${file}`, '--form=markdown', `--as=${as}`);
    const files = readZip(await readFile(file));
    expect([...files.keys()]).toEqual(['Premier.md', 'LISEZ-MOI.md']);
    for (const bytes of files.values()) expect(bytes.toString()).not.toContain('Caché');
  }
});

test('it is made as it was at a moment, which is said in ISO 8601; of before, there is nothing', async () => {
  const file = path.join(out, 'past.zip');
  const ask = [carnetId, `--to=${file}`, '--form=markdown'];
  await command(...ask, `--at=${new Date().toISOString()}`);
  expect([...readZip(await readFile(file)).keys()]).toEqual(['Premier.md', 'Caché.md', 'LISEZ-MOI.md']);
  expect(await refusal(...ask, '--at=2001-01-01')).toEqual([
    1,
    'There was nothing of it yet at that moment.\n',
  ]);
  expect(await refusal(...ask, '--at=hier')).toEqual([
    1,
    '"hier" is no moment: write it as 2026-03-05 or 2026-03-05T14:00:00Z.\n',
  ]);
});

test('what it cannot do is said in a sentence, and no file is left', async () => {
  const file = path.join(out, 'none.epub');
  expect(await refusal(carnetId, `--to=${path.join(out, 'x.zip')}`)).toEqual([
    1,
    'Say what to make with --form=pdf, epub, docx, site, markdown or archive (a site and Markdown are a .zip).\n',
  ]);
  expect(await refusal('absent', `--to=${file}`)).toEqual([
    1,
    'No note and no carnet here has the id "absent": it is the end of its address.\n',
  ]);
  expect(await refusal(carnetId, `--to=${file}`, '--as=Personne')).toEqual([
    1,
    'Nobody here is "Personne", by id or by whole name.\n',
  ]);
  expect(await refusal(hiddenId, `--to=${file}`, '--as=Basile')).toEqual([
    1,
    'That person may not read it, or not as it was then.\n',
  ]);
  const [code, said] = await refusal(carnetId, `--to=${file}`, '--theme=baroque');
  expect([code, said.startsWith('There is no such theme: ')]).toEqual([1, true]);
  expect((await refusal(carnetId))[0]).toBe(2);
  expect(existsSync(file)).toBe(false);
});

test('in a community’s data a person is named, and nobody is made', async () => {
  const data = path.join(folder, 'community');
  const adapters = await sqliteAdapters(data);
  await adapters.close();
  const words = ['scripts/calepin.mjs', 'export', carnetId, `--to=${path.join(out, 'x.epub')}`];
  const env = { ...process.env, CALEPIN_DATA: data };
  await expect(run(process.execPath, words, { env })).rejects.toMatchObject({
    stderr: 'This is a community’s data: say for whom with --as=<id or whole name of a person>.\n',
  });
  const again = await sqliteAdapters(data);
  onTestFinished(() => again.close());
  expect(await again.catalogue.persons.list()).toEqual([]);
});
