import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { carryOutSecret, openSecretStore, type SafeStorage } from '../../../../electron/main/secretStore.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'calepin-secrets-'));
  file = path.join(folder, 'secrets.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Turns bytes over with a key, as a keyring would lock them; of another key it opens nothing. */
function keyring(key = 1, backend = 'gnome_libsecret', isThere = true, mustRenew = false): SafeStorage {
  const turn = (bytes: Uint8Array) => Buffer.from(bytes.map((byte) => byte ^ (0x55 + key)));
  return {
    isAsyncEncryptionAvailable: async () => isThere,
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: async (text) => Buffer.concat([Buffer.from([key]), turn(Buffer.from(text))]),
    async decryptStringAsync(bytes) {
      if (bytes[0] !== key) throw new Error('Error while decrypting the ciphertext provided to safeStorage.');
      return { result: turn(bytes.subarray(1)).toString(), shouldReEncrypt: mustRenew };
    },
  };
}

it('[R257] keeps secrets locked for the next start', async () => {
  const first = await openSecretStore(file, keyring(), 'linux');
  await first.set('relay:a:session', 'mot secret');
  await first.set('relay:b:session', 'autre');
  await first.delete('relay:b:session');
  const second = await openSecretStore(file, keyring(), 'linux');
  expect([second.kept, await second.get('relay:a:session'), await second.get('relay:b:session')]).toEqual([
    'keyring',
    'mot secret',
    null,
  ]);
  expect(await readFile(file, 'latin1')).not.toContain('mot secret');
});

it.each([
  ['no keyring', keyring(1, 'gnome_libsecret', false), 'linux'],
  ['a key that everybody knows', keyring(1, 'basic_text'), 'linux'],
  ['a keyring that nobody knows', keyring(1, 'unknown'), 'linux'],
  ['no keychain', keyring(1, '', false), 'darwin'],
] as const)('[R257] writes nothing where there is %s, and says so', async (_what, storage, platform) => {
  const store = await openSecretStore(file, storage, platform);
  await store.set('relay:a:session', 'mot secret');
  expect([store.kept, await store.get('relay:a:session'), await readdir(folder)]).toEqual([
    'memory',
    'mot secret',
    [],
  ]);
  const next = await openSecretStore(file, storage, platform);
  expect(await next.get('relay:a:session')).toBeNull();
});

it('asks Windows and macOS for no backend, which they do not have', async () => {
  const storage = keyring();
  delete storage.getSelectedStorageBackend;
  expect((await openSecretStore(file, storage, 'win32')).kept).toBe('keyring');
});

it('opens nothing of a folder that was copied from another computer, and goes on', async () => {
  await (await openSecretStore(file, keyring(1), 'darwin')).set('relay:a:session', 'mot');
  const elsewhere = await openSecretStore(file, keyring(2), 'darwin');
  expect(await elsewhere.get('relay:a:session')).toBeNull();
  await elsewhere.set('relay:a:session', 'neuf');
  expect(await elsewhere.get('relay:a:session')).toBe('neuf');
});

it.each(['{"secrets": {"a"', '[]', '{"secrets": {"a": 12}}', '{"secrets": {"../x": "aGVsbG8="}}'])(
  'keeps a damaged file aside, and begins anew: %s',
  async (text) => {
    await writeFile(file, text);
    const store = await openSecretStore(file, keyring(), 'darwin');
    expect([await store.get('a'), await readFile(`${file}.damaged`, 'utf8')]).toEqual([null, text]);
  },
);

it('has no secret of a name that every object has', async () => {
  const store = await openSecretStore(file, keyring(), 'darwin');
  for (const name of ['constructor', '__proto__', 'toString']) expect(await store.get(name)).toBeNull();
});

it('locks a secret anew when the keyring has changed its key', async () => {
  const first = await openSecretStore(file, keyring(), 'darwin');
  await first.set('relay:a:session', 'mot');
  const locked = await readFile(file, 'utf8');
  let count = 0;
  const renewing = keyring(1, '', true, true);
  const store = await openSecretStore(
    file,
    {
      ...renewing,
      encryptStringAsync: async (text) => ((count += 1), await renewing.encryptStringAsync(text)),
    },
    'darwin',
  );
  expect([await store.get('relay:a:session'), count, await readFile(file, 'utf8')]).toEqual([
    'mot',
    1,
    locked,
  ]);
});

it('does for the relay what it asks', async () => {
  const store = await openSecretStore(file, keyring(), 'darwin');
  const name = 'home-session-a';
  expect(await carryOutSecret(store, { act: 'get', name })).toBeNull();
  expect(await carryOutSecret(store, { act: 'set', name, value: 'mot' })).toBeNull();
  expect(await carryOutSecret(store, { act: 'get', name })).toBe('mot');
  await carryOutSecret(store, { act: 'delete', name });
  expect(await carryOutSecret(store, { act: 'get', name })).toBeNull();
});
