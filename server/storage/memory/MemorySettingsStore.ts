import type { SettingsStore } from '../ports/SettingsStore.ts';
import type { MemoryTables } from './MemoryTables.ts';

/** The relay's own small facts in memory. */
export class MemorySettingsStore implements SettingsStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async get(key: string): Promise<string | null> {
    return this.#tables.settings.get(key) ?? null;
  }

  async set(key: string, value: string): Promise<void> {
    this.#tables.settings.set(key, value);
  }

  async setIfAbsent(key: string, value: string): Promise<boolean> {
    if (this.#tables.settings.has(key)) return false;
    this.#tables.settings.set(key, value);
    return true;
  }
}
