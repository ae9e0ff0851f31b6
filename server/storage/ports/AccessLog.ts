import type { AccessEvent } from '#shared/domain/AccessEvent.ts';
import type { PersonId } from '#shared/domain/ids.ts';

/** The register of accesses and of changed rights; entries are added and never changed. */
export interface AccessLog {
  add(event: AccessEvent): Promise<void>;
  /** The newest `limit`, newest first. */
  list(limit: number): Promise<readonly AccessEvent[]>;
  /** What somebody did, and what was done to them; oldest first. */
  of(person: PersonId): Promise<readonly AccessEvent[]>;
}
