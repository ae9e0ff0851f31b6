import type { RelayEvent } from '#shared/api/events.ts';

/** Hints about what changed, inside one relay process. Who listens filters them by what its person may read. */
export class RelayEvents {
  readonly #listeners = new Set<(event: RelayEvent) => void>();

  emit(event: RelayEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** @returns the way to stop listening. */
  subscribe(listener: (event: RelayEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get listeners(): number {
    return this.#listeners.size;
  }
}
