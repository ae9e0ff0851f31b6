import type { AccessEvent } from '#shared/domain/AccessEvent.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { AccessLog } from '../ports/AccessLog.ts';

/** The register of accesses in memory. */
export class MemoryAccessLog implements AccessLog {
  readonly #events: AccessEvent[] = [];

  async add(event: AccessEvent): Promise<void> {
    this.#events.push({ ...event });
  }

  async list(limit: number): Promise<readonly AccessEvent[]> {
    return this.#events.toReversed().slice(0, limit);
  }

  async of(person: PersonId): Promise<readonly AccessEvent[]> {
    return this.#events.filter((event) => event.person === person || event.subject === person);
  }
}
