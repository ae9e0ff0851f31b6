import type { DeviceId, PersonId } from '#shared/domain/ids.ts';
import type { ClientBinding } from '../storage/ports/UpdateLog.ts';

export interface Owner {
  readonly person: PersonId | null;
  readonly device: DeviceId | null;
}

/** What is known of people under more than one id. */
export interface WhoIsWho {
  /** Whether who writes now is whom a client id was bound to, under another id. */
  isOne(owner: PersonId, asker: PersonId): boolean;
  /** Whether somebody's computer may bring rows of another person, whom it stated. */
  mayState(host: PersonId, person: PersonId): boolean;
}

const none: readonly number[] = [];

/** Whose each Yjs client id is in one document. An id has one owner, for good: its structs are that person's writing. */
export class ClientOwners {
  private readonly owners = new Map<number, Owner>();
  /** One object for all ids of an owner: a long document has hundreds of ids and few people. */
  private readonly shared = new Map<string, Owner>();
  /** Ids whose owner the log does not know yet, and is not about to: they were named by presence. The others are most. */
  private readonly unstored = new Set<number>();
  private readonly whoIsWho: WhoIsWho | undefined;

  constructor(bindings: readonly ClientBinding[], whoIsWho?: WhoIsWho) {
    this.whoIsWho = whoIsWho;
    for (const { client, person, device } of bindings) this.own(client, { person, device });
  }

  /** @returns 'free', 'own', or whose it is instead: the same person's on another device, or another person's. */
  whose(client: number, asker: Owner): 'free' | 'own' | 'otherDevice' | 'otherPerson' {
    const owner = this.owners.get(client);
    if (owner === undefined) return 'free';
    // What a guest wrote and did not send is sent by whom they became: no device writes as the guest any more.
    if (owner.person !== asker.person)
      return owner.person !== null &&
        asker.person !== null &&
        this.whoIsWho?.isOne(owner.person, asker.person) === true
        ? 'own'
        : 'otherPerson';
    // A stock client says no device; it is not told apart from the person's others.
    return owner.device === asker.device || owner.device === null || asker.device === null
      ? 'own'
      : 'otherDevice';
  }

  /** @param isStored - its structs are in a row. */
  bind(client: number, owner: Owner, isStored: boolean): void {
    if (this.owners.has(client)) return;
    this.own(client, owner);
    if (!isStored) this.unstored.add(client);
  }

  private own(client: number, { person, device }: Owner): void {
    const key = `${person} ${device}`;
    let owner = this.shared.get(key);
    if (owner === undefined) {
      owner = { person, device };
      this.shared.set(key, owner);
    }
    this.owners.set(client, owner);
  }

  isKnown(client: number): boolean {
    return this.owners.has(client);
  }

  /** Of the clients of a row, those whose owner is to be stored with it. */
  toStore(structs: readonly { readonly client: number }[]): readonly number[] {
    let ids: number[] | null = null;
    for (const { client } of structs) {
      if (this.unstored.delete(client) || !this.owners.has(client)) (ids ??= []).push(client);
    }
    return ids ?? none;
  }
}
