import type { PersonId } from '#shared/domain/ids.ts';
import type { IdentityStore } from './storage/ports/IdentityStore.ts';
import type { UpdateLog } from './storage/ports/UpdateLog.ts';

/**
 * Who somebody is now: a guest who became one with an account is the account, and whom another relay knows the person of this computer by is that person, under whichever id
 * something was written.
 */
export class Identities {
  readonly #accounts: Map<PersonId, PersonId>;

  /** @param accounts - of each such id, the person's own here. */
  constructor(accounts: ReadonlyMap<PersonId, PersonId> = new Map()) {
    this.#accounts = new Map(accounts);
  }

  static async load(store: Pick<IdentityStore, 'all'>): Promise<Identities> {
    return new Identities(await store.all());
  }

  /** The person whom an id names; null for nobody. */
  of<Id extends PersonId | null>(id: Id): Id {
    return id === null ? id : ((this.#accounts.get(id) as Id | undefined) ?? id);
  }

  /** Whom else somebody was, or is at other relays, by those ids. */
  before(account: PersonId): PersonId[] {
    return [...this.#accounts].flatMap(([guest, one]) => (one === account ? [guest] : []));
  }

  /** A guest became one with an account, or somebody elsewhere is a person here. */
  join(guest: PersonId, account: PersonId): void {
    this.#accounts.set(guest, account);
  }
}

/** What is read of the log to tell who wrote what. */
export type AuthoredLog = Pick<
  UpdateLog,
  'head' | 'documents' | 'read' | 'bindings' | 'sizes' | 'past' | 'savePast' | 'forgetPasts'
>;

/**
 * The log as it is told to people: each row is of who its author is now. The rows themselves keep the id under which they were written, which their digests hold: mirrors, proofs and
 * backups read these.
 */
export function authoredLog(log: UpdateLog, identities: Identities): AuthoredLog {
  const told = <Row extends { readonly person: PersonId | null }>(rows: readonly Row[]): readonly Row[] =>
    rows.some(({ person }) => identities.of(person) !== person)
      ? rows.map((row) => ({ ...row, person: identities.of(row.person) }))
      : rows;
  return {
    head: (document) => log.head(document),
    documents: () => log.documents(),
    sizes: (...asked) => log.sizes(...asked),
    read: async (document, after, upTo) => told(await log.read(document, after, upTo)),
    bindings: async (document) => told(await log.bindings(document)),
    // One that names somebody who is another now was told of somebody else: it is made anew.
    past: async (document) => {
      const kept = await log.past(document);
      return kept?.people.some((person) => identities.of(person) !== person) ? null : kept;
    },
    savePast: (past) => log.savePast(past),
    forgetPasts: (document) => log.forgetPasts(document),
  };
}
