import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { errorFields, openLog } from '../../../../electron/main/log.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(path.join(tmpdir(), 'calepin-log-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

it('keeps what happened, when, with numbers and plain words', async () => {
  const log = openLog(path.join(folder, 'logs'), () => new Date(0));
  log.write('started', { version: '1.2.3', packaged: false });
  openLog(path.join(folder, 'logs'), () => new Date(1)).write('relay_ended', { code: 139 });
  expect(await readFile(log.file, 'utf8')).toBe(
    '1970-01-01T00:00:00.000Z started version=1.2.3 packaged=false\n1970-01-01T00:00:00.001Z relay_ended code=139\n',
  );
});

it('[R258] holds nothing of what people write, whatever is handed to it', async () => {
  const secrets = [
    'Compte rendu du 3 mars',
    'Zoé Tremblay',
    'zoe@exemple.org',
    '/home/zoe/Documents',
    'C:\\Users\\zoe',
    'é',
    '',
    'a\nstarted forged=1',
    'x'.repeat(65),
  ];
  const log = openLog(folder);
  for (const secret of secrets) {
    log.write(secret, { [secret]: secret, code: secret });
    log.write('failed', errorFields(new Error(secret)));
    log.write('failed', errorFields(Object.assign(new TypeError(secret), { code: secret, cause: secret })));
    log.write('failed', errorFields(secret));
  }
  const text = await readFile(log.file, 'utf8');
  for (const secret of secrets.filter((one) => one !== '')) expect(text).not.toContain(secret);
  expect(text.split('\n').filter((line) => line !== '')).toHaveLength(secrets.length * 4);
  expect(text.replace(/^\S+ /gm, '')).toMatch(/^((\?|failed)( [\w?]+=[\w?.:-]+)*\n)+$/);
});

it('says where of our own source an error comes from', () => {
  const error = Object.assign(new Error('x'), {
    stack: 'Error: x\n    at f (file:///opt/a/embeddedRelay.js:12:3)\n',
  });
  expect(errorFields(error)).toEqual({ error: 'Error', at: 'embeddedRelay.js:12' });
});

it('keeps two files, of a size that is bounded', async () => {
  const log = openLog(folder);
  for (let count = 0; count < 12_000; count += 1) log.write('relay_ended', { count, word: 'w'.repeat(60) });
  const names = await readdir(folder);
  expect(new Set(names)).toEqual(new Set(['calepin.log', 'calepin.1.log']));
  for (const name of names)
    expect((await stat(path.join(folder, name))).size).toBeLessThanOrEqual(256 * 1024);
  expect(await readFile(log.file, 'utf8')).toContain('count=11999');
});

it('stops nobody where nothing can be written', async () => {
  const file = path.join(folder, 'file');
  await writeFile(file, '');
  expect(() => openLog(file).write('started')).not.toThrow();
});
