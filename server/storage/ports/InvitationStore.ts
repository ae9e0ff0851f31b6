import type { Invitation } from '#shared/domain/Invitation.ts';
import type { InvitationId } from '#shared/domain/ids.ts';

/** An invitation as kept: only a hash of the secret in its link. */
export interface InvitationRecord extends Invitation {
  /** SHA-256 of the secret, base64url. */
  readonly secretHash: string;
}

/** The invitation links of this relay. */
export interface InvitationStore {
  add(invitation: InvitationRecord): Promise<void>;
  get(id: InvitationId): Promise<InvitationRecord | null>;
  findBySecret(secretHash: string): Promise<InvitationRecord | null>;
  /** Those neither revoked nor expired at `now`, newest first. @param subjectId - null: to the relay. */
  listValid(subjectId: Invitation['subjectId'], now: number): Promise<readonly InvitationRecord[]>;
  revoke(id: InvitationId, at: number): Promise<void>;
  /**
   * Counts one more person, in one step.
   * @param maxUses - refuses beyond it: 1 for an invitation to the relay.
   * @returns false when it was used up, or is revoked or expired at `now`; nothing was counted then.
   */
  use(id: InvitationId, now: number, maxUses: number): Promise<boolean>;
}
