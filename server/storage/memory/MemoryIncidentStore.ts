import type { IncidentEntry } from '#shared/domain/Incident.ts';
import type { IncidentStore } from '../ports/IncidentStore.ts';
import type { Trace } from '../ports/Trace.ts';
import type { MemoryTables } from './MemoryTables.ts';

/** Confidentiality incidents in memory. */
export class MemoryIncidentStore implements IncidentStore {
  readonly #tables: MemoryTables;
  readonly #entries: IncidentEntry[] = [];

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async add(entry: IncidentEntry, trace: Trace): Promise<boolean> {
    const known = this.#entries.filter(({ incident }) => incident === entry.incident).length;
    if (entry.number !== known + 1) return false;
    this.#entries.push({ ...entry });
    this.#tables.write(trace);
    return true;
  }

  async list(): Promise<readonly IncidentEntry[]> {
    return [...this.#entries];
  }
}
