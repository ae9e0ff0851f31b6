import { AppError } from '#shared/api/errorCodes.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { FollowedRelayId } from '#shared/domain/MirrorState.ts';
import type { HomeAnswerStore } from '../storage/ports/HomeAnswerStore.ts';
import type { Homes } from './joinRelays.ts';

/** An answer of a followed relay, as it is shown here. */
export interface ShownAnswer {
  readonly status: number;
  /** JSON; empty for none. */
  readonly body: string;
  /** When it was so, Unix milliseconds, of one that was kept because the relay is out of reach; null: it is so now. */
  readonly asOf: number | null;
}

export interface HomeAnswersOptions {
  readonly homes: Pick<Homes, 'get' | 'fetch' | 'standing'>;
  readonly store: HomeAnswerStore;
  /** The person of this computer. */
  readonly person: PersonId;
  readonly now: () => number;
}

/** The longest answer that is kept, in characters: a page of five hundred notes takes a fifth of it. */
const maxKeptLength = 2_000_000;

/**
 * Asks followed relays what they know better, as the person of this computer: in what goes there they bear the id that they have there, in what comes back that of here. What was read is kept, and shown
 * again, with its time, while the relay is out of reach.
 */
export class HomeAnswers {
  readonly #options: HomeAnswersOptions;

  constructor(options: HomeAnswersOptions) {
    this.#options = options;
  }

  /**
   * Reads something.
   * @param path - from `/` on, with its query.
   * @throws AppError `home_unreachable`, `not_signed_in` where nothing was kept.
   */
  async read(relay: FollowedRelayId, path: string): Promise<ShownAnswer> {
    const { homes, store, now } = this.#options;
    const { problem } = homes.standing(relay);
    // One that is known to be out of reach would keep everybody waiting who looks at a page.
    const kept = problem === null ? null : await this.#kept(relay, path);
    if (kept !== null) return kept;
    try {
      const answer = await homes.fetch(relay, this.#there(relay, path), {
        headers: { accept: 'application/json' },
      });
      if (answer.status >= 500) throw new AppError('home_unreachable', `the home answered ${answer.status}`);
      const body = this.#here(relay, await answer.text());
      if (answer.ok && body.length <= maxKeptLength) await store.set(relay, path, { body, at: now() });
      // What may be seen no more is not shown from memory either.
      else if (answer.status < 500) await store.forget(relay, path);
      return { status: answer.status, body, asOf: null };
    } catch (error) {
      const answer = await this.#kept(relay, path);
      if (answer === null) throw error;
      return answer;
    }
  }

  /**
   * Changes something there.
   * @param sent.body - JSON; empty for none.
   * @throws AppError `home_unreachable`, `not_signed_in`: nothing was changed, as far as is known.
   */
  async change(
    relay: FollowedRelayId,
    path: string,
    sent: { readonly method: string; readonly body: string },
  ): Promise<ShownAnswer> {
    const answer = await this.#options.homes.fetch(relay, this.#there(relay, path), {
      method: sent.method,
      ...(sent.body === ''
        ? {}
        : { body: this.#there(relay, sent.body), headers: { 'content-type': 'application/json' } }),
    });
    return { status: answer.status, body: this.#here(relay, await answer.text()), asOf: null };
  }

  async #kept(relay: FollowedRelayId, path: string): Promise<ShownAnswer | null> {
    const kept = await this.#options.store.get(relay, path);
    return kept === null ? null : { status: 200, body: kept.body, asOf: kept.at };
  }

  /** Ids are 128 random bits: nothing else is written like one. */
  #here(relay: FollowedRelayId, text: string): string {
    const there = this.#options.homes.get(relay)?.personThere;
    return there === undefined ? text : text.replaceAll(there, this.#options.person);
  }

  #there(relay: FollowedRelayId, text: string): string {
    const there = this.#options.homes.get(relay)?.personThere;
    return there === undefined ? text : text.replaceAll(this.#options.person, there);
  }
}
