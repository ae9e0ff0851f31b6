import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeSecretFile } from '../secretFile.ts';
import type { Secrets } from './ports/Secrets.ts';

/** A file for each secret, readable for its owner alone. */
export class FileSecrets implements Secrets {
  readonly #folder: string;

  /** @param folder - of these alone; made when something is to be kept. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async get(name: string): Promise<string | null> {
    return readFile(path.join(this.#folder, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
  }

  async set(name: string, value: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeSecretFile(path.join(this.#folder, name), value);
  }

  async delete(name: string): Promise<void> {
    await rm(path.join(this.#folder, name), { force: true });
  }
}
