import { AppError } from '#shared/api/errorCodes.ts';
import type { PersonRecord } from '../ports/PersonStore.ts';
import type { Statement, StatementStore } from '../ports/StatementStore.ts';
import type { Trace } from '../ports/Trace.ts';
import type { MemoryTables } from './MemoryTables.ts';

/** What computers state about who wrote on them, in memory. */
export class MemoryStatementStore implements StatementStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async all(): Promise<readonly Statement[]> {
    return [...this.#tables.statements.values()];
  }

  async add(statement: Statement, person: PersonRecord, trace: Trace): Promise<void> {
    const { persons, statements } = this.#tables;
    if (persons.has(person.id)) throw new AppError('conflict', 'a person with this id is there');
    persons.set(person.id, { ...person });
    statements.set(statement.person, statement);
    this.#tables.write(trace);
  }
}
