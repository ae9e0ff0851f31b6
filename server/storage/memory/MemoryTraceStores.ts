import type { AuditRecord, AuditStore } from '../ports/Trace.ts';
import type { MemoryTables } from './MemoryTables.ts';

/** The register of changes of rights, in memory. */
export class MemoryAuditStore implements AuditStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async list(subjectId: AuditRecord['subjectId']): Promise<readonly AuditRecord[]> {
    return this.#tables.audit.filter((record) => record.subjectId === subjectId);
  }
}
