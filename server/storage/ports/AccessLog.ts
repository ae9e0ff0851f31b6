import type { AccessEvent } from '#shared/domain/AccessEvent.ts';

/** The register of accesses and of changed rights; entries are added and never changed. */
export interface AccessLog {
  add(event: AccessEvent): Promise<void>;
  /** The newest `limit`, newest first. */
  list(limit: number): Promise<readonly AccessEvent[]>;
}
