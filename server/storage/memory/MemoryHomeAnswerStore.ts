import type { FollowedRelayId } from '#shared/domain/MirrorState.ts';
import { type HomeAnswer, type HomeAnswerStore, keptAnswers } from '../ports/HomeAnswerStore.ts';

/** Answers of followed relays in memory. */
export class MemoryHomeAnswerStore implements HomeAnswerStore {
  readonly #answers = new Map<FollowedRelayId, Map<string, HomeAnswer>>();

  async get(relay: FollowedRelayId, path: string): Promise<HomeAnswer | null> {
    return this.#answers.get(relay)?.get(path) ?? null;
  }

  async set(relay: FollowedRelayId, path: string, answer: HomeAnswer): Promise<void> {
    const answers = this.#answers.get(relay) ?? new Map<string, HomeAnswer>();
    answers.set(path, answer);
    const newest = [...answers].toSorted(([, one], [, other]) => other.at - one.at).slice(0, keptAnswers);
    this.#answers.set(relay, new Map(newest));
  }

  async forget(relay: FollowedRelayId, beginning: string): Promise<void> {
    const answers = this.#answers.get(relay);
    for (const path of answers?.keys() ?? []) if (path.startsWith(beginning)) answers?.delete(path);
  }
}
