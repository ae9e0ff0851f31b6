import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  createBundleHandler,
  manifestName,
  readBundleFiles,
} from '../../../../electron/main/bundleProtocol.ts';
import viteConfig from '../../../../vite.config.ts';

let folder: string;
const requests: { url: string; init: RequestInit }[] = [];

async function ask(address: string, init?: RequestInit): Promise<Response> {
  const handler = createBundleHandler(
    folder,
    await readBundleFiles(folder),
    async () => ({ port: 4747, cookie: 'calepin_s=secret' }),
    async (url, given) => {
      requests.push({ url, init: given });
      return new Response('{}', {
        headers: { 'set-cookie': 'calepin_s=new', 'content-type': 'application/json' },
      });
    },
  );
  return handler(new Request(address, init));
}

beforeEach(async () => {
  requests.length = 0;
  folder = await mkdtemp(path.join(tmpdir(), 'calepin-bundle-'));
  await mkdir(path.join(folder, 'assets'));
  await writeFile(path.join(folder, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">');
  await writeFile(path.join(folder, 'assets/main-1.js'), 'export {}');
  await writeFile(path.join(folder, 'assets/left-over.js'), 'export {}');
  await writeFile(
    path.join(folder, manifestName),
    JSON.stringify({ 'main.tsx': { file: 'assets/main-1.js' } }),
  );
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('reads the list that the build makes, where it makes it', () => {
  expect(viteConfig).toMatchObject({ build: { manifest: manifestName } });
});

it('serves a file of the build with its type and the policy', async () => {
  const answer = await ask('app://bundle/assets/main-1.js');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
});

it('gives the page for an address of the application, each time with a nonce of its own', async () => {
  const bodies = await Promise.all(
    ['app://bundle/notes/abc', 'app://bundle/'].map(async (at) => (await ask(at)).text()),
  );
  expect(bodies[0]).toMatch(/content="[A-Za-z0-9+/]{22}=="/);
  expect(bodies[0]).not.toBe(bodies[1]);
});

it.each([
  'app://bundle/assets/left-over.js',
  'app://bundle/manifest.json',
  'app://bundle/..%2F..%2F..%2Fetc%2Fpasswd.txt',
  'app://bundle/%E0%A4%A.js',
  'app://elsewhere/index.html',
])('serves nothing that the build did not make: %s', async (address) => {
  expect((await ask(address)).status).toBe(404);
});

it('forwards /api to the relay with the session, and keeps the session from the page', async () => {
  const answer = await ask('app://bundle/api/notes?sort=title', {
    headers: { cookie: 'forged=1', authorization: 'Bearer forged' },
  });
  const headers = new Headers(requests[0]?.init.headers);
  expect(requests[0]?.url).toBe('http://127.0.0.1:4747/api/notes?sort=title');
  expect(headers.get('cookie')).toBe('calepin_s=secret');
  expect(headers.get('authorization')).toBeNull();
  expect(answer.headers.get('set-cookie')).toBeNull();
});

it('[R256] shows the page of a relay that cannot start, and its files, without asking the relay', async () => {
  const never = () => new Promise<never>(() => undefined);
  const handle = createBundleHandler(folder, await readBundleFiles(folder), never, fetch);
  const page = await handle(new Request('app://bundle/problem'));
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page.headers.get('content-security-policy')).toContain("connect-src 'self';");
});
