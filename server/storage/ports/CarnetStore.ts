import type { CarnetId, PersonId } from '#shared/domain/ids.ts';
import type { Carnet } from '#shared/domain/Carnet.ts';
import type { Statement } from './UpdateLog.ts';

/** What a person is to a carnet by name. */
export type CarnetPersonRole = 'manager' | 'contributor' | 'reader';

/** The catalogue's part of a carnet, with the people that the policy asks about. */
export interface CarnetRecord extends Carnet {
  readonly managers: readonly PersonId[];
  readonly contributors: readonly PersonId[];
  readonly readers: readonly PersonId[];
}

/** The carnets of the catalogue: who may see and change them, and their dates. */
export interface CarnetStore {
  add(carnet: CarnetRecord): Promise<void>;
  /** What `add` writes, for the transaction that makes its document; null where this adapter shares none with the log. */
  statementsToAdd(carnet: CarnetRecord): readonly Statement[] | null;
  get(id: CarnetId): Promise<CarnetRecord | null>;
  getMany(ids: readonly CarnetId[]): Promise<ReadonlyMap<CarnetId, CarnetRecord>>;
  /** All of them, or only those in the trash or out of it, oldest first. A relay has hundreds, not millions: the policy is asked afterwards. */
  list(query: { trashed: boolean }): Promise<readonly CarnetRecord[]>;
  change(
    id: CarnetId,
    change: Partial<Pick<Carnet, 'visibility' | 'contributionPolicy' | 'trashedAt'>>,
  ): Promise<void>;
  /** Gives a role by name; a higher one that the person holds already is kept. */
  addPerson(id: CarnetId, person: PersonId, role: CarnetPersonRole, at: number): Promise<void>;
}
