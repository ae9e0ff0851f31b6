import { readdir } from 'node:fs/promises';
import { type ClientRequest, request } from 'node:http';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { maxImportBytes } from '#shared/api/imports.ts';
import { newCommunity } from '../../support/newCommunity.ts';
import { type FullRelay, newFullRelay, type TestVisitor } from '../../support/newFullRelay.ts';
import { retryUntil } from '../../support/retryUntil.ts';

let close: () => Promise<unknown> = () => Promise.resolve();
afterEach(() => close());

/** Begins to send a file that says how long it is, and of which only the beginning comes. */
function begin(url: string, who: TestVisitor, bytes: number): ClientRequest {
  const sending = request(`${url}/api/imports?name=a.calepin`, {
    method: 'POST',
    headers: { cookie: who.cookie, origin: url, 'content-length': String(bytes) },
  });
  sending.on('error', () => undefined);
  sending.write('<!doctype html>');
  return sending;
}

const answerTo = (sending: ClientRequest): Promise<number | undefined> =>
  new Promise((resolve) => sending.once('response', ({ statusCode }) => resolve(statusCode)));

test('[R313] a relay of many refuses a file beyond 256 MiB before it comes', async () => {
  const community = await newCommunity();
  close = () => community.close();
  const owner = await community.administrator();
  const sending = begin(community.url, owner, maxImportBytes.community + 1);
  expect(await answerTo(sending)).toBe(413);
  sending.destroy();
});

test('[R313] a person’s own computer takes it, onto its disk as it comes', async () => {
  const own: FullRelay = await newFullRelay({ storage: 'sqlite' });
  close = () => own.close();
  const sending = begin(own.url, await own.signIn(), maxImportBytes.community + 1);
  const folder = path.join(own.dataFolder ?? '', 'imports');
  await retryUntil('what came to be on the disk', async () => {
    const [id] = await readdir(folder).catch(() => []);
    return id !== undefined && (await readdir(path.join(folder, id))).includes('source');
  });
  sending.destroy();
});
