import { rename } from 'node:fs/promises';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { z } from 'zod';
import { secretNameSchema } from '../relay/messages.ts';
import type { SecretRequest } from '../relay/messages.ts';

/** What is taken of Electron's `safeStorage`. */
export interface SafeStorage {
  isAsyncEncryptionAvailable(): Promise<boolean>;
  /** Linux alone has it; `basic_text` is encryption with a key that everybody knows. */
  getSelectedStorageBackend?(): string;
  encryptStringAsync(text: string): Promise<Buffer>;
  /** `shouldReEncrypt`: the keyring has changed its key since. */
  decryptStringAsync(bytes: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }>;
}

/** How secrets are kept: locked by the system's keyring for the next start too, or in memory for this one alone. */
export type SecretsKept = 'keyring' | 'memory';

/** Secrets of this computer, by name: sessions of the relays that are followed, keys. */
export interface SecretStore {
  readonly kept: SecretsKept;
  /** @returns null for what there is not, and for what the keyring of now cannot open any more. */
  get(name: string): Promise<string | null>;
  set(name: string, value: string): Promise<void>;
  delete(name: string): Promise<void>;
}

const fileSchema = z.object({ secrets: z.record(secretNameSchema, z.base64()) });
type SecretFile = z.infer<typeof fileSchema>;

/** Where the keyring is none, nothing is written: a file that anybody can read would be called safe. */
async function howKept(storage: SafeStorage, platform: NodeJS.Platform): Promise<SecretsKept> {
  if (!(await storage.isAsyncEncryptionAvailable())) return 'memory';
  const backend = platform === 'linux' ? (storage.getSelectedStorageBackend?.() ?? 'unknown') : 'system';
  return backend === 'basic_text' || backend === 'unknown' ? 'memory' : 'keyring';
}

/**
 * Opens the secrets of this computer; once the application is ready, since the keyring is not there before.
 * @param file - absolute path; made with the first secret.
 */
export async function openSecretStore(
  file: string,
  storage: SafeStorage,
  platform: NodeJS.Platform,
): Promise<SecretStore> {
  const kept = await howKept(storage, platform);
  if (kept === 'memory') {
    const secrets = new Map<string, string>();
    return {
      kept,
      get: async (name) => secrets.get(name) ?? null,
      set: async (name, value) => void secrets.set(name, value),
      delete: async (name) => void secrets.delete(name),
    };
  }
  const empty = (): SecretFile => ({ secrets: {} });
  const db = new Low<SecretFile>(new JSONFile(file), empty());
  const setAside = async (): Promise<void> => {
    await rename(file, `${file}.damaged`);
    db.data = empty();
  };
  try {
    await db.read();
    const read = fileSchema.safeParse(db.data);
    if (read.success) db.data = read.data;
    else await setAside();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    await setAside();
  }
  const set = async (name: string, value: string): Promise<void> => {
    const locked = (await storage.encryptStringAsync(value)).toString('base64');
    await db.update(({ secrets }) => void (secrets[name] = locked));
  };
  return {
    kept,
    set,
    async get(name) {
      const locked = Object.hasOwn(db.data.secrets, name) ? db.data.secrets[name] : undefined;
      if (locked === undefined) return null;
      try {
        const { result, shouldReEncrypt } = await storage.decryptStringAsync(Buffer.from(locked, 'base64'));
        if (shouldReEncrypt) await set(name, result);
        return result;
      } catch {
        // Of another keyring, as after the folder was copied to another computer: the person signs in again.
        return null;
      }
    },
    async delete(name) {
      await db.update(({ secrets }) => void delete secrets[name]);
    },
  };
}

/** Does what the relay asks of the secrets. @returns the value that was asked for, or null. */
export async function carryOutSecret(store: SecretStore, request: SecretRequest): Promise<string | null> {
  switch (request.act) {
    case 'get':
      return await store.get(request.name);
    case 'set':
      await store.set(request.name, request.value);
      return null;
    case 'delete':
      await store.delete(request.name);
      return null;
  }
}
