import type { FollowedRelayId } from '#shared/domain/MirrorState.ts';

/** What a followed relay answered, to be shown while it is out of reach. */
export interface HomeAnswer {
  /** JSON, as it is shown here. */
  readonly body: string;
  /** When it was true, Unix milliseconds. */
  readonly at: number;
}

/** The last answers of followed relays, by what was asked. */
export interface HomeAnswerStore {
  get(relay: FollowedRelayId, path: string): Promise<HomeAnswer | null>;
  /** Replaces the one before. Of each relay the newest `keptAnswers` are kept. */
  set(relay: FollowedRelayId, path: string, answer: HomeAnswer): Promise<void>;
  /** Answers to paths that begin so; all of a relay, for the empty beginning. */
  forget(relay: FollowedRelayId, beginning: string): Promise<void>;
}

/** Of each relay so many answers are kept: the pages of some thousand notes and what stands around them. */
export const keptAnswers = 5_000;
