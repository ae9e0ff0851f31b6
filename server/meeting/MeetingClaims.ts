import { z } from 'zod';
import { personIdSchema } from '#shared/api/common.ts';
import type { DeviceId } from '#shared/domain/ids.ts';
import { newId, newSecret } from '../secrets.ts';
import type { Secrets } from '../storage/ports/Secrets.ts';

const secretName = 'meeting-claims';
/** The newest are kept: each is some hundred bytes, and the earlier are sent with each joining. */
const maxKept = 50;

const claimSchema = z.object({
  /** By it the guest shows at a home that they wrote what the host's computer states. Whoever hosts never hears it. */
  secret: z.string(),
  /** By it the guest shows to the host's computer, which keeps it too, that they come again. */
  back: z.string(),
  /** Who they are there. */
  person: personIdSchema,
  /** The name of whoever hosted. */
  host: z.string(),
  /** What the host's computer knows this one by. */
  device: z.string(),
});
export type MeetingClaim = z.infer<typeof claimSchema>;

/** Secrets for a guest who joins for the first time. */
export const newClaim = (): Pick<MeetingClaim, 'secret' | 'back'> => ({
  secret: newSecret(),
  back: newSecret(),
});

/** What the person of this computer shows of having been the guest of others: kept as sessions are, apart from the database, also of meetings that are over or were left. */
export class MeetingClaims {
  readonly #secrets: Secrets;
  #claims: MeetingClaim[];

  private constructor(secrets: Secrets, claims: MeetingClaim[]) {
    this.#secrets = secrets;
    this.#claims = claims;
  }

  static async load(secrets: Secrets): Promise<MeetingClaims> {
    const text = await secrets.get(secretName);
    return new MeetingClaims(secrets, text === null ? [] : z.array(claimSchema).parse(JSON.parse(text)));
  }

  /** Newest last. */
  list(): readonly MeetingClaim[] {
    return this.#claims;
  }

  /** Keeps a claim. Of a guest whom the host's computer knows, that of then stays good. @returns what the host's computer knows this one by. */
  async keep(claim: Omit<MeetingClaim, 'device'>): Promise<DeviceId> {
    const known = this.#claims.find(({ person }) => person === claim.person);
    const kept = { ...(known ?? { ...claim, device: newId() }), host: claim.host };
    this.#claims = [...this.#claims.filter((one) => one !== known), kept].slice(-maxKept);
    await this.#secrets.set(secretName, JSON.stringify(this.#claims));
    return kept.device as DeviceId;
  }
}
