import type { DeviceId, PersonId } from '#shared/domain/ids.ts';
import type { ClientBinding } from '../storage/ports/UpdateLog.ts';

export interface Owner {
  readonly person: PersonId | null;
  readonly device: DeviceId | null;
}

const none: readonly number[] = [];

/** Whose each Yjs client id is in one document. An id has one owner, for good: its structs are that person's writing. */
export class ClientOwners {
  private readonly owners = new Map<number, Owner>();
  /** One object for all ids of an owner: a long document has hundreds of ids and few people. */
  private readonly shared = new Map<string, Owner>();

  /** Ids whose owner the log knows, or is about to. */
  private readonly storedIds = new Set<number>();

  constructor(bindings: readonly ClientBinding[]) {
    for (const { client, person, device } of bindings) {
      this.bind(client, { person, device });
      this.storedIds.add(client);
    }
  }

  /** @returns 'free', 'own', or whose it is instead: the same person's on another device, or another person's. */
  whose(client: number, asker: Owner): 'free' | 'own' | 'otherDevice' | 'otherPerson' {
    const owner = this.owners.get(client);
    if (owner === undefined) return 'free';
    if (owner.person !== asker.person) return 'otherPerson';
    // A stock client says no device; it is not told apart from the person's others.
    return owner.device === asker.device || owner.device === null || asker.device === null
      ? 'own'
      : 'otherDevice';
  }

  bind(client: number, { person, device }: Owner): void {
    if (this.owners.has(client)) return;
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
      if (this.storedIds.has(client)) continue;
      this.storedIds.add(client);
      (ids ??= []).push(client);
    }
    return ids ?? none;
  }
}
