import type { CarnetId, PersonId } from '#shared/domain/ids.ts';
import type { EditionRecord, EditionStore } from '../ports/EditionStore.ts';
import type { Trace } from '../ports/Trace.ts';
import type { MemoryTables } from './MemoryTables.ts';

/** Editions of carnets, in memory. */
export class MemoryEditionStore implements EditionStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async add(edition: Omit<EditionRecord, 'number' | 'withdrawn'>, trace: Trace): Promise<number> {
    const known = this.#tables.editions.get(edition.carnet) ?? [];
    const number = known.length + 1;
    this.#tables.editions.set(edition.carnet, [...known, { ...edition, number, withdrawn: null }]);
    const audit = trace.audit.map((line) => ({ ...line, value: String(number) }));
    this.#tables.write({ ...trace, audit });
    return number;
  }

  async get(carnet: CarnetId, number: number): Promise<EditionRecord | null> {
    return this.#tables.editions.get(carnet)?.find((one) => one.number === number) ?? null;
  }

  async list(carnet: CarnetId): Promise<readonly EditionRecord[]> {
    return (this.#tables.editions.get(carnet) ?? []).toReversed();
  }

  async withdraw(
    carnet: CarnetId,
    number: number,
    withdrawn: EditionRecord['withdrawn'],
    trace: Trace,
  ): Promise<boolean> {
    const known = await this.get(carnet, number);
    if (known === null || (known.withdrawn === null) === (withdrawn === null)) return false;
    this.#tables.changeEditions((one) =>
      one.carnet === carnet && one.number === number ? { ...one, withdrawn } : one,
    );
    this.#tables.write(trace);
    return true;
  }

  async forgetPerson(person: PersonId): Promise<void> {
    this.#tables.changeEditions((one) => {
      const { [person]: _, ...names } = one.facts.names;
      return { ...one, facts: { ...one.facts, names } };
    });
  }
}
