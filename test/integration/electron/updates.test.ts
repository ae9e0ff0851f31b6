import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AppUpdater } from 'electron-updater';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { signUpdate } from '../../../electron/main/updateSignature.ts';
import { isAllowedFeed, type UpdateOutcome, watchForUpdates } from '../../../electron/main/updates.ts';
import { signFeed } from '../../../scripts/signUpdate.mjs';

// The real electron-updater (of AppImages) against a server on this computer. Electron's binary takes no part: its `app` and its network are stood for by what
// electron-updater's own seams take.

const load = createRequire(import.meta.url);
const { AppImageUpdater } = load('electron-updater/out/AppImageUpdater.js') as {
  AppImageUpdater: new (options: null, app: object) => AppUpdater & Record<string, unknown>;
};
const { HttpExecutor } = load('builder-util-runtime') as { HttpExecutor: new () => object };

class NodeHttp extends HttpExecutor {
  createRequest(options: object, callback: (response: IncomingMessage) => void) {
    return httpRequest(options, callback);
  }
  async download(url: URL, destination: string, options: object): Promise<string> {
    const own = this as unknown as { doDownload(request: object, options: object, redirects: number): void };
    await new Promise<void>((resolve, reject) =>
      own.doDownload(
        { protocol: url.protocol, hostname: url.hostname, port: url.port, path: url.pathname },
        {
          destination,
          options,
          responseHandler: null,
          onCancel: () => undefined,
          callback: (error: Error | null) =>
            error === null || error === undefined ? resolve() : reject(error),
        },
        0,
      ),
    );
    return destination;
  }
}

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const packed = Buffer.from('the newer application');
const sha512 = (bytes: Buffer) => createHash('sha512').update(bytes).digest('base64');

let folder: string;
let server: Server;
let asked: string[];
let served: Map<string, Buffer | string>;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'calepin-updates-'));
  asked = [];
  served = new Map();
  server = createServer((request, answer) => {
    const name = new URL(request.url ?? '/', 'http://x').pathname;
    asked.push(name);
    const body = served.get(name);
    answer.writeHead(body === undefined ? 404 : 200).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const old = path.join(folder, 'Calepin.AppImage');
  await writeFile(old, 'the application of now');
  vi.stubEnv('APPIMAGE', old);
  await writeFile(path.join(folder, 'app-update.yml'), 'updaterCacheDirName: calepin-updater\n');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/calepin/`;

/** What electron-builder writes beside a package. */
function feedOf(version: string, digest: string, name = 'Calepin-linux-x64.AppImage'): string {
  return [
    `version: ${version}`,
    'files:',
    `  - url: ${name}`,
    `    sha512: ${digest}`,
    `    size: ${packed.length}`,
    `path: ${name}`,
    `sha512: ${digest}`,
    "releaseDate: '2026-11-27T00:00:00.000Z'",
    '',
  ].join('\n');
}

async function look(feed: string, source = { feed: address(), publicKey: pem as string | null }) {
  served.set('/calepin/latest-linux.yml', feed);
  served.set('/calepin/Calepin-linux-x64.AppImage', packed);
  const onQuit: unknown[] = [];
  const updater = new AppImageUpdater(null, {
    version: '1.2.3',
    name: 'calepin',
    isPackaged: true,
    appUpdateConfigPath: path.join(folder, 'app-update.yml'),
    userDataPath: folder,
    baseCachePath: path.join(folder, 'cache'),
    whenReady: async () => undefined,
    relaunch: () => undefined,
    quit: () => undefined,
    onQuit: (handler: unknown) => void onQuit.push(handler),
  });
  updater['httpExecutor'] = new NodeHttp();
  updater.logger = null;
  // What is fetched in parts is put together from a map that this server does not have.
  updater.disableDifferentialDownload = true;
  const taken: string[] = [];
  updater.on('update-downloaded', ({ downloadedFile }) => void taken.push(downloadedFile));
  const errors: unknown[] = [];
  const outcome: UpdateOutcome = await watchForUpdates(updater, source, (error) => void errors.push(error));
  return { outcome, taken, errors: errors.map(String), onQuit };
}

it('[R259] takes a newer application that is signed, to be put in place when the person quits', async () => {
  const { outcome, taken, errors, onQuit } = await look(
    signFeed(feedOf('1.3.0', sha512(packed)), privateKey),
  );
  expect([outcome, errors, taken.length, onQuit.length]).toEqual(['ready', [], 1, 1]);
  expect((await readFile(taken[0] ?? '')).equals(packed)).toBe(true);
});

it.each<[string, () => string]>([
  ['that nobody signed', () => feedOf('1.3.0', sha512(packed))],
  [
    'that somebody else signed',
    () => signFeed(feedOf('1.3.0', sha512(packed)), generateKeyPairSync('ed25519').privateKey),
  ],
  [
    'whose version was changed after it was signed',
    () => signFeed(feedOf('1.3.0', sha512(packed)), privateKey).replace('version: 1.3.0', 'version: 1.4.0'),
  ],
  [
    'whose digest was changed after it was signed',
    () =>
      signFeed(feedOf('1.3.0', sha512(Buffer.from('x'))), privateKey).replaceAll(
        sha512(Buffer.from('x')),
        sha512(packed),
      ),
  ],
  ['whose signature is none', () => `${feedOf('1.3.0', sha512(packed))}signature: 12\n`],
])('[R259] asks for no byte of an application %s', async (_what, feed) => {
  const { outcome, taken, errors } = await look(feed());
  expect([outcome, taken, errors]).toEqual(['refused', [], ['Error: the offer is not signed']]);
  expect(asked).toEqual(['/calepin/latest-linux.yml']);
});

it('[R259] refuses bytes that are not those that were signed', async () => {
  const { outcome, taken, errors } = await look(
    signFeed(feedOf('1.3.0', sha512(Buffer.from('others'))), privateKey),
  );
  expect([outcome, taken]).toEqual(['refused', []]);
  expect(errors.join()).toContain('sha512 checksum mismatch');
});

it.each(['1.2.3', '1.2.2', '0.9.0'])(
  '[R259] takes no application that is not newer, though it is signed: %s over 1.2.3',
  async (version) => {
    const { outcome, taken } = await look(signFeed(feedOf(version, sha512(packed)), privateKey));
    expect([outcome, taken]).toEqual(['none', []]);
    expect(asked.filter((name) => name.endsWith('.AppImage'))).toEqual([]);
  },
);

it('[R259] asks nobody over the network without a lock, nor before who publishes said where and by which key', async () => {
  const feed = signFeed(feedOf('1.3.0', sha512(packed)), privateKey);
  expect((await look(feed, { feed: 'http://exemple.org/calepin/', publicKey: pem })).outcome).toBe('refused');
  expect((await look(feed, { feed: address(), publicKey: null })).outcome).toBe('off');
  expect(asked).toEqual([]);
});

it.each([
  ['https://exemple.org/a/', true],
  ['http://127.0.0.1:80/', true],
  ['http://[::1]/', true],
  ['http://localhost:1/', true],
  ['http://exemple.org/', false],
  ['http://127.0.0.1.exemple.org/', false],
  ['http://localhost.exemple.org/', false],
  ['https://moi:mot@exemple.org/', false],
  ['ftp://exemple.org/', false],
  ['file:///tmp/', false],
  ['', false],
])('an update may come from %s: %s', (feed, allowed) => expect(isAllowedFeed(feed)).toBe(allowed));

it('an unreachable server disturbs nobody', async () => {
  server.closeAllConnections();
  const feed = address();
  await new Promise((resolve) => server.close(resolve));
  const { outcome, errors } = await look('', { feed, publicKey: pem });
  expect([outcome, errors.length > 0]).toEqual(['refused', true]);
});

it('signs what decides, and nothing that does not', () => {
  const update = { version: '1.0.0', files: [{ url: 'a', sha512: 'b', size: 1 }] };
  const more = { ...update, releaseNotes: 'x', files: [{ url: 'a', sha512: 'b', size: 1, blockMapSize: 3 }] };
  expect(signUpdate(more, privateKey)).toBe(signUpdate(update, privateKey));
});
