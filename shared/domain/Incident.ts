import type { IncidentId, PersonId } from './ids.ts';

/** Most letters of one answer in a statement. */
export const maxIncidentLength = 4_000;

/**
 * What an organisation states of a confidentiality incident: what the register of incidents holds by the regulation (Québec, A-2.1, r. 3.1, section 7). Days are `2024-02-12`.
 */
export interface IncidentStatement {
  /** The day of the incident, or the first of its period. */
  readonly occurredFrom: string;
  /** The last day of its period; null for one day. */
  readonly occurredUntil: string | null;
  /** When the organisation learned of it. */
  readonly knownOn: string;
  readonly what: string;
  /** Which personal information. */
  readonly information: string;
  /** How many people it concerns, or about how many; null while that is not known. */
  readonly peopleCount: number | null;
  /** Whether there is a risk of serious injury: the Commission d’accès à l’information and the people are then to be told. */
  readonly isSerious: boolean;
  /** From what that was concluded. */
  readonly why: string;
  /** What was done so that the injury is less, or does not happen. */
  readonly measures: string;
  readonly peopleToldOn: string | null;
  readonly commissionToldOn: string | null;
}

/** A statement of an incident as it was entered: it is never changed; another follows it, and says why. */
export interface IncidentEntry extends IncidentStatement {
  readonly incident: IncidentId;
  /** 1 for the first, then one more each time. The last one stands. */
  readonly number: number;
  /** Unix milliseconds. */
  readonly at: number;
  readonly by: PersonId;
  /** Why it follows another; null for the first. */
  readonly reason: string | null;
}
