import type { Secrets } from '../ports/Secrets.ts';

/** Secrets in memory, gone with the process. */
export class MemorySecrets implements Secrets {
  readonly #values = new Map<string, string>();

  async get(name: string): Promise<string | null> {
    return this.#values.get(name) ?? null;
  }

  async set(name: string, value: string): Promise<void> {
    this.#values.set(name, value);
  }

  async delete(name: string): Promise<void> {
    this.#values.delete(name);
  }
}
