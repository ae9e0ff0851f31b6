import type { IncidentEntry } from '#shared/domain/Incident.ts';
import type { Trace } from './Trace.ts';

/** The register of confidentiality incidents: entries are added, and never changed nor taken out. */
export interface IncidentStore {
  /** Adds an entry, in one transaction with its trace. @returns false when its number is not the next one of its incident: nothing is written then. */
  add(entry: IncidentEntry, trace: Trace): Promise<boolean>;
  /** Every entry, in the order in which they were added. */
  list(): Promise<readonly IncidentEntry[]>;
}
