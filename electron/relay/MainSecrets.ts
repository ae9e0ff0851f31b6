import type { SecretRequest } from './messages.ts';

/** Secrets that the system's keyring locks, which main alone can ask: the desktop's adapter of the relay's `Secrets`. */
export class MainSecrets {
  readonly #ask: (request: SecretRequest) => Promise<unknown>;

  /** @param ask - carries a request to main and resolves with what it gives. */
  constructor(ask: (request: SecretRequest) => Promise<unknown>) {
    this.#ask = ask;
  }

  async get(name: string): Promise<string | null> {
    const value = await this.#ask({ act: 'get', name });
    return typeof value === 'string' ? value : null;
  }

  async set(name: string, value: string): Promise<void> {
    await this.#ask({ act: 'set', name, value });
  }

  async delete(name: string): Promise<void> {
    await this.#ask({ act: 'delete', name });
  }
}
