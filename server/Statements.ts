import type { PersonId } from '#shared/domain/ids.ts';
import type { Identities } from './Identities.ts';
import type { WhoIsWho } from './room/ClientOwners.ts';
import type { Statement, StatementStore } from './storage/ports/StatementStore.ts';

/** Whom computers state as having written on them: named by one, until they show that they are who wrote. */
export class Statements implements WhoIsWho {
  readonly #all = new Map<PersonId, Statement>();
  readonly #identities: Identities;

  constructor(identities: Identities, known: readonly Statement[] = []) {
    this.#identities = identities;
    for (const statement of known) this.add(statement);
  }

  static async load(store: Pick<StatementStore, 'all'>, identities: Identities): Promise<Statements> {
    return new Statements(identities, await store.all());
  }

  add(statement: Statement): void {
    this.#all.set(statement.person, statement);
  }

  /** It could not be kept. */
  forget({ person }: Statement): void {
    this.#all.delete(person);
  }

  /** Whether somebody may bring rows as this person: whose computer named them, and only until they are confirmed. */
  mayState(host: PersonId, person: PersonId): boolean {
    const statement = this.#all.get(person);
    return statement?.host === host && this.#isOpen(statement);
  }

  isOne(owner: PersonId, asker: PersonId): boolean {
    return this.#identities.of(owner) === asker;
  }

  /** What a person's computer stated, in order. */
  by(host: PersonId): Statement[] {
    return [...this.#all.values()].filter((statement) => statement.host === host);
  }

  /** Not confirmed yet, with this hash. */
  claimed(claimHash: string): Statement[] {
    return [...this.#all.values()].filter(
      (statement) => statement.claimHash === claimHash && this.#isOpen(statement),
    );
  }

  #isOpen({ person }: Statement): boolean {
    return this.#identities.of(person) === person;
  }
}
