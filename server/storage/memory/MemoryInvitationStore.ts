import type { InvitationId } from '#shared/domain/ids.ts';
import type { InvitationRecord, InvitationStore } from '../ports/InvitationStore.ts';
import type { MemoryTables } from './MemoryTables.ts';

const isValid = (one: InvitationRecord, now: number) => one.revokedAt === null && one.expiresAt > now;

/** Invitation links in memory. */
export class MemoryInvitationStore implements InvitationStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async add(invitation: InvitationRecord): Promise<void> {
    this.#tables.invitations.set(invitation.id, invitation);
  }

  async get(id: InvitationId): Promise<InvitationRecord | null> {
    return this.#tables.invitations.get(id) ?? null;
  }

  async findBySecret(secretHash: string): Promise<InvitationRecord | null> {
    return [...this.#tables.invitations.values()].find((one) => one.secretHash === secretHash) ?? null;
  }

  async listValid(
    subjectId: InvitationRecord['subjectId'],
    now: number,
  ): Promise<readonly InvitationRecord[]> {
    return [...this.#tables.invitations.values()]
      .filter((one) => one.subjectId === subjectId && isValid(one, now))
      .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1));
  }

  async revoke(id: InvitationId, at: number): Promise<void> {
    const one = this.#tables.invitations.get(id);
    if (one !== undefined && one.revokedAt === null)
      this.#tables.invitations.set(id, { ...one, revokedAt: at });
  }

  async use(id: InvitationId, now: number, maxUses: number): Promise<boolean> {
    const one = this.#tables.invitations.get(id);
    if (one === undefined || !isValid(one, now) || one.uses >= maxUses) return false;
    this.#tables.invitations.set(id, { ...one, uses: one.uses + 1 });
    return true;
  }
}
