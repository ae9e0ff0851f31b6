import { createServer, type IncomingMessage, type Server } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { archiveOf, isArchiveName, sendArchive } from '../../../../electron/main/openArchive.ts';

test('an archive is known by the end of its name, also of the one that browsers open', () => {
  expect(
    ['a.calepin', 'A.CALEPIN', 'Le jardin.calepin.html', 'a.html', 'calepin', 'a.calepin.exe'].map(
      isArchiveName,
    ),
  ).toEqual([true, true, true, false, false, false]);
});

test('of the arguments of a start, the archive is the one that is named so, and no option', () => {
  const folder = '/home/tom';
  expect(archiveOf(['/opt/calepin', '--no-sandbox', 'Le jardin.calepin'], folder)).toBe(
    '/home/tom/Le jardin.calepin',
  );
  expect(archiveOf(['/opt/calepin', '/media/a.calepin'], folder)).toBe('/media/a.calepin');
  expect(archiveOf(['/opt/a.calepin', 'calepin://note/x', '--file=a.calepin'], folder)).toBeNull();
});

describe('an archive that is opened', () => {
  let folder: string;
  let server: Server;
  let asked: { url: string; method: string; cookie: string; body: string }[];
  let answer: { status: number; body: string };
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'calepin-'));
    asked = [];
    answer = { status: 202, body: JSON.stringify({ id: 'A'.repeat(22) }) };
    server = createServer((request: IncomingMessage, response) => {
      void buffer(request).then((bytes) => {
        const { url = '', method = '', headers } = request;
        asked.push({ url, method, cookie: headers.cookie ?? '', body: bytes.toString() });
        response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });
  const relay = () => Promise.resolve({ port: (server.address() as AddressInfo).port, cookie: 'session=1' });

  test('is handed to the relay with the session of the person, and shown before anything is made', async () => {
    const file = path.join(folder, 'Le jardin.calepin');
    await writeFile(file, 'archive');
    expect(await sendArchive(file, relay)).toBe(`/#import=${'A'.repeat(22)}`);
    expect(asked).toEqual([
      { url: '/api/imports?name=Le+jardin.calepin', method: 'POST', cookie: 'session=1', body: 'archive' },
    ]);
  });

  test('and is not taken, or not there, is an error', async () => {
    const file = path.join(folder, 'a.calepin');
    await expect(sendArchive(file, relay)).rejects.toThrow('ENOENT');
    await writeFile(file, 'archive');
    answer = { status: 413, body: '{}' };
    await expect(sendArchive(file, relay)).rejects.toThrow('413');
    answer = { status: 202, body: '{"id":"/evil"}' };
    await expect(sendArchive(file, relay)).rejects.toThrow('something else');
  });
});
