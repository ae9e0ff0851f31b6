import type { Invitation } from '#shared/domain/Invitation.ts';
import type { CarnetId, CommunityId, InvitationId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { InvitationRecord, InvitationStore } from '../../ports/InvitationStore.ts';
import type { CatalogueDatabase } from './CatalogueDatabase.ts';
import type { CatalogueTables } from './tables.ts';

function toInvitation(row: CatalogueTables['invitation']): InvitationRecord {
  return {
    id: row.id as InvitationId,
    subject: row.subject as Invitation['subject'],
    subjectId: row.subject_id as NoteId | CarnetId | CommunityId | null,
    role: row.role as Invitation['role'],
    secretHash: row.secret_hash,
    createdBy: row.created_by as PersonId | null,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    uses: row.uses,
  };
}

/** Invitation links over SQLite. */
export class SqliteInvitationStore implements InvitationStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async add(invitation: InvitationRecord): Promise<void> {
    await this.#db.kysely
      .insertInto('invitation')
      .values({
        id: invitation.id,
        subject: invitation.subject,
        subject_id: invitation.subjectId,
        role: invitation.role,
        secret_hash: invitation.secretHash,
        created_by: invitation.createdBy,
        created_at: invitation.createdAt,
        expires_at: invitation.expiresAt,
        revoked_at: invitation.revokedAt,
        uses: invitation.uses,
      })
      .execute();
  }

  async get(id: InvitationId): Promise<InvitationRecord | null> {
    const row = await this.#db.kysely
      .selectFrom('invitation')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : toInvitation(row);
  }

  async findBySecret(secretHash: string): Promise<InvitationRecord | null> {
    const row = await this.#db.kysely
      .selectFrom('invitation')
      .selectAll()
      .where('secret_hash', '=', secretHash)
      .executeTakeFirst();
    return row === undefined ? null : toInvitation(row);
  }

  async listValid(
    subjectId: InvitationRecord['subjectId'],
    now: number,
  ): Promise<readonly InvitationRecord[]> {
    const rows = await this.#db.kysely
      .selectFrom('invitation')
      .selectAll()
      .where('subject_id', subjectId === null ? 'is' : '=', subjectId)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', now)
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .execute();
    return rows.map(toInvitation);
  }

  async revoke(id: InvitationId, at: number): Promise<void> {
    await this.#db.kysely
      .updateTable('invitation')
      .set({ revoked_at: at })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .execute();
  }

  async use(id: InvitationId, now: number, maxUses: number): Promise<boolean> {
    const result = await this.#db.kysely
      .updateTable('invitation')
      .set((eb) => ({ uses: eb('uses', '+', 1) }))
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', now)
      .where('uses', '<', maxUses)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }
}
