import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSaveExport } from '../../../../electron/main/saveExport.ts';

let folder: string;
let server: Server;
let answer: (response: ServerResponse) => void;
const asked: string[] = [];

beforeEach(async () => {
  asked.length = 0;
  folder = await mkdtemp(path.join(tmpdir(), 'calepin-save-'));
  server = createServer((request, response) => {
    asked.push(`${request.url ?? ''} ${request.headers.cookie ?? ''}`);
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

const save = (filePath: string) =>
  createSaveExport(
    async () => ({ canceled: filePath === '', filePath }),
    async () => ({ port: (server.address() as AddressInfo).port, cookie: 'session=a' }) as never,
  )('export-1', 'Le carnet.pdf');

it('keeps a finished export where the person says, and says its name', async () => {
  answer = (response) => response.end('the whole book');
  const file = path.join(folder, 'Livre.pdf');
  expect(await save(file)).toBe('Livre.pdf');
  expect(await readFile(file, 'utf8')).toBe('the whole book');
  expect([asked, await readdir(folder)]).toEqual([['/api/exports/export-1/file session=a'], ['Livre.pdf']]);
});

it('leaves what was there when the export ends too early, or is gone', async () => {
  const file = path.join(folder, 'Livre.pdf');
  await writeFile(file, 'the former book');
  answer = (response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('half of it', () => response.destroy());
  };
  await expect(save(file)).rejects.toThrow(/terminated|aborted|closed/i);
  answer = (response) => response.writeHead(404).end();
  await expect(save(file)).rejects.toThrow('no longer there');
  expect([await readFile(file, 'utf8'), await readdir(folder)]).toEqual(['the former book', ['Livre.pdf']]);
});

it('asks nothing of the relay when the person gives up', async () => {
  expect(await save('')).toBeNull();
  expect(asked).toEqual([]);
});
