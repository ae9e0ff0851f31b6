import type { LeavingChoice } from '#shared/api/leaving.ts';
import type { PersonId } from '#shared/domain/ids.ts';

/** Somebody who asked that their account be deleted. Times are Unix milliseconds. */
export interface Leaving {
  readonly askedAt: number;
  /** When it is done. */
  readonly dueAt: number;
  /** What becomes of their notes and carnets, by id. */
  readonly choices: Readonly<Record<string, LeavingChoice>>;
}

/** Who is leaving the relay, and the end of what it keeps of them. */
export interface LeavingStore {
  /** Asking again replaces what was asked. */
  ask(person: PersonId, leaving: Leaving): Promise<void>;
  get(person: PersonId): Promise<Leaving | null>;
  /** @returns false when they were not leaving. */
  cancel(person: PersonId): Promise<boolean>;
  /** Those whose time came, longest first. */
  due(now: number): Promise<readonly PersonId[]>;
  /**
   * Forgets somebody, in one transaction: name, hue, what they say of themself, inbox, what they chose, how far they read, what they ask for, invitations that they gave, what they read or contribute to by name. Their id stays, of kind
   * `departed`: what they wrote is of somebody who left.
   */
  depart(person: PersonId): Promise<void>;
}
