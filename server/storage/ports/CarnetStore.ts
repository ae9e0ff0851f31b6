import type { CarnetId, CommunityId, PersonId } from '#shared/domain/ids.ts';
import type { Carnet } from '#shared/domain/Carnet.ts';
import type { Trace } from './Trace.ts';
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
  /** Those linked to a community, oldest first. */
  ofCommunity(id: CommunityId): Promise<readonly CarnetRecord[]>;
  /** Changes what is given, in one transaction with its trace; an unknown carnet is left unknown. */
  change(
    id: CarnetId,
    change: Partial<Pick<Carnet, 'visibility' | 'contributionPolicy' | 'trashedAt' | 'community'>>,
    trace?: Trace,
  ): Promise<void>;
  /** Gives a role by name; a higher one that the person holds already is kept. */
  addPerson(id: CarnetId, person: PersonId, role: CarnetPersonRole, at: number, trace?: Trace): Promise<void>;
  /** Takes somebody off a carnet, whatever their role. @returns false when they were the last manager: nothing changes then. */
  removePerson(id: CarnetId, person: PersonId, trace: Trace): Promise<boolean>;
}
