import type { WebSocket } from 'ws';
import type { RelayEvent } from '#shared/api/events.ts';
import { AppError, type ErrorCode } from '#shared/api/errorCodes.ts';
import type { HomeProblem } from '#shared/api/homes.ts';
import { sessionSchema } from '#shared/api/session.ts';
import type { DeviceId, PersonId } from '#shared/domain/ids.ts';
import type { FollowedRelayId } from '#shared/domain/MirrorState.ts';
import type { Timers } from '../history/Timers.ts';
import { newId } from '../secrets.ts';
import type { FollowedRelayStore } from '../storage/ports/FollowedRelayStore.ts';
import type { Secrets } from '../storage/ports/Secrets.ts';
import type { FollowedRelay, FollowedRelays } from './FollowedRelays.ts';
import { homeAddress } from './homeAddress.ts';
import { HomeLine } from './HomeLine.ts';
import { cookieOf, homeRequest, homeSocket, refusalOf } from './homeRequest.ts';

/** How things stand with a followed relay. */
export interface HomeStanding {
  readonly isReachable: boolean;
  /** Unix milliseconds; null: not since the start. */
  readonly lastContact: number | null;
  readonly problem: HomeProblem | null;
}

export interface RelayFollowerOptions {
  readonly store: FollowedRelayStore;
  readonly secrets: Secrets;
  readonly timers: Timers;
  /** What the relay does once it is known who the person is at another: everything written there under that id is theirs. */
  readonly recognize: (personThere: PersonId) => Promise<void>;
  /** What a followed relay says changed there. */
  readonly onEvent: (relay: FollowedRelay, event: RelayEvent) => void;
  /** The standing of a relay changed. */
  readonly onStanding: (relay: FollowedRelayId) => void;
}

/** What answers a sign-in. */
interface SignedInThere {
  readonly cookie: string;
  readonly id: PersonId;
  readonly name: string;
}

interface Held {
  relay: FollowedRelay;
  cookie: string | null;
  standing: HomeStanding;
  line: HomeLine | null;
}

const unknown: HomeStanding = { isReachable: false, lastContact: null, problem: null };
const secretOf = (id: FollowedRelayId): string => `home-session-${id}`;

/** The followed relays: who the person is there, their sessions, and whether each can be reached. */
export class RelayFollower implements FollowedRelays {
  readonly #options: RelayFollowerOptions;
  readonly #held = new Map<FollowedRelayId, Held>();
  readonly #listeners = new Set<(id: FollowedRelayId) => void>();
  #isClosed = false;

  private constructor(options: RelayFollowerOptions) {
    this.#options = options;
  }

  /** Reads what is followed. Nothing is asked of the relays before `start`. */
  static async load(options: RelayFollowerOptions): Promise<RelayFollower> {
    const follower = new RelayFollower(options);
    for (const relay of await options.store.list()) {
      const cookie = await options.secrets.get(secretOf(relay.id));
      follower.#held.set(relay.id, { relay, cookie, standing: unknown, line: null });
    }
    return follower;
  }

  /** Opens a line to each. */
  start(): void {
    for (const id of this.#held.keys()) this.#openLine(id);
  }

  list(): readonly FollowedRelay[] {
    return [...this.#held.values()].map(({ relay }) => relay);
  }

  get(id: FollowedRelayId): FollowedRelay | null {
    return this.#held.get(id)?.relay ?? null;
  }

  /** Unknown relays stand as one that was never reached. */
  standing(id: FollowedRelayId): HomeStanding {
    return this.#held.get(id)?.standing ?? unknown;
  }

  onChanged(listener: (id: FollowedRelayId) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async fetch(id: FollowedRelayId, path: string, init: RequestInit = {}): Promise<Response> {
    const held = this.#require(id);
    const { cookie } = held;
    if (cookie === null) throw this.#signedOut(id);
    const headers = new Headers(init.headers);
    headers.set('cookie', cookie);
    const answer = await homeRequest(held.relay.origin, path, { ...init, headers }).catch(
      (error: unknown) => {
        if (error instanceof AppError) this.#stand(id, { isReachable: false, problem: 'home_unreachable' });
        throw error;
      },
    );
    // Signed in again, or followed no more, while it was on its way.
    if (this.#held.get(id)?.cookie !== cookie) return answer;
    if (answer.status === 401) {
      await answer.body?.cancel();
      throw this.#signedOut(id);
    }
    const renewed = cookieOf(answer);
    if (renewed !== null) await this.#keepCookie(held, renewed);
    this.#stand(id, { isReachable: true, lastContact: this.#options.timers.now(), problem: null });
    return answer;
  }

  socket(id: FollowedRelayId, path: string, protocols: readonly string[]): WebSocket {
    return homeSocket(this.#require(id).relay.origin, path, protocols);
  }

  /**
   * Follows a relay by an account there.
   * @param wanted.address - as a person types it. @param wanted.name - what it is to be called here; default: its host.
   * @throws AppError `invalid_request` (no address), `conflict` (followed already), `no_relay_there`, `sign_in_failed`, `too_many_requests`.
   */
  async follow(wanted: {
    address: string;
    name?: string | undefined;
    email: string;
    password: string;
  }): Promise<FollowedRelay> {
    const origin = homeAddress(wanted.address);
    const isFollowed = this.list().some((relay) => relay.origin === origin);
    if (isFollowed) throw new AppError('conflict', 'this relay is followed already');
    const signedIn = await signInThere(origin, wanted.email, wanted.password);
    const relay: FollowedRelay = {
      id: newId<FollowedRelayId>(),
      origin,
      name: wanted.name ?? new URL(origin).hostname,
      personThere: signedIn.id,
      nameThere: signedIn.name,
      device: newId<DeviceId>(),
      addedAt: this.#options.timers.now(),
    };
    await this.#options.recognize(relay.personThere);
    await this.#options.secrets.set(secretOf(relay.id), signedIn.cookie);
    if (!(await this.#options.store.add(relay))) {
      await this.#options.secrets.delete(secretOf(relay.id));
      throw new AppError('conflict', 'this relay is followed already');
    }
    this.#held.set(relay.id, { relay, cookie: signedIn.cookie, standing: unknown, line: null });
    this.#stand(relay.id, { isReachable: true, lastContact: this.#options.timers.now(), problem: null });
    this.#openLine(relay.id);
    this.#tell(relay.id);
    return relay;
  }

  /** Signs in again where the session ended. @throws AppError as `follow`; `conflict` for the account of somebody else. */
  async signIn(id: FollowedRelayId, email: string, password: string): Promise<FollowedRelay> {
    const held = this.#require(id);
    const signedIn = await signInThere(held.relay.origin, email, password);
    if (signedIn.id !== held.relay.personThere)
      throw new AppError('conflict', 'the account of another person');
    await this.#keepCookie(held, signedIn.cookie);
    this.#stand(id, { isReachable: true, lastContact: this.#options.timers.now(), problem: null });
    this.#openLine(id);
    this.#tell(id);
    return held.relay;
  }

  async rename(id: FollowedRelayId, name: string): Promise<FollowedRelay> {
    const held = this.#require(id);
    await this.#options.store.rename(id, name);
    held.relay = { ...held.relay, name };
    this.#options.onStanding(id);
    return held.relay;
  }

  /** Follows it no more: this computer's session there ends, if it can be reached. */
  async unfollow(id: FollowedRelayId): Promise<void> {
    const held = this.#require(id);
    await this.fetch(id, '/api/session', { method: 'DELETE' }).catch(() => null);
    held.line?.close();
    this.#held.delete(id);
    await this.#options.store.remove(id);
    await this.#options.secrets.delete(secretOf(id));
    this.#options.onStanding(id);
    this.#tell(id);
  }

  /** Tries to reach one now. @throws AppError `not_allowed` for one that is not followed. */
  retry(id: FollowedRelayId): void {
    this.#require(id).line?.retry();
  }

  /** Safe to call twice. */
  close(): void {
    this.#isClosed = true;
    for (const { line } of this.#held.values()) line?.close();
  }

  #require(id: FollowedRelayId): Held {
    const held = this.#held.get(id);
    if (held === undefined) throw new AppError('not_allowed', 'this relay is not followed');
    return held;
  }

  async #keepCookie(held: Held, cookie: string): Promise<void> {
    if (held.cookie === cookie) return;
    held.cookie = cookie;
    await this.#options.secrets.set(secretOf(held.relay.id), cookie);
  }

  #signedOut(id: FollowedRelayId): AppError {
    this.#stand(id, { isReachable: true, problem: 'not_signed_in' });
    return new AppError('not_signed_in', 'the session at this relay ended');
  }

  #openLine(id: FollowedRelayId): void {
    const held = this.#held.get(id);
    if (held === undefined || this.#isClosed) return;
    held.line?.close();
    held.line = new HomeLine({
      fetch: (path, init) => this.fetch(id, path, init),
      timers: this.#options.timers,
      onOpen: () => this.#stand(id, { isReachable: true, problem: null }),
      onLost: (problem) => this.#stand(id, { isReachable: problem === 'not_signed_in', problem }),
      onEvent: (event) => {
        this.#stand(id, { lastContact: this.#options.timers.now() });
        this.#options.onEvent(held.relay, event);
      },
    });
  }

  #stand(id: FollowedRelayId, change: Partial<HomeStanding>): void {
    const held = this.#held.get(id);
    if (held === undefined) return;
    const before = held.standing;
    const now = { ...before, ...change };
    held.standing = now;
    if (before.isReachable && !now.isReachable) held.line?.doubt();
    // That it was heard of again a moment later is no news.
    if (before.isReachable === now.isReachable && before.problem === now.problem) return;
    if (!before.isReachable && now.isReachable) held.line?.retry();
    this.#options.onStanding(id);
  }

  #tell(id: FollowedRelayId): void {
    for (const listener of this.#listeners) listener(id);
  }
}

const signInRefusals: readonly ErrorCode[] = ['sign_in_failed', 'too_many_requests'];

async function signInThere(origin: string, email: string, password: string): Promise<SignedInThere> {
  const nobody = (cause?: unknown) =>
    new AppError('no_relay_there', 'no relay of a community answers', { cause });
  // Before a password is sent anywhere.
  const asked = await homeRequest(origin, '/api/session').catch((error: unknown) => {
    throw nobody(error);
  });
  const found = sessionSchema.safeParse(await asked.json().catch(() => null));
  if (!asked.ok || found.data?.relay.kind !== 'community') throw nobody();
  const answer = await homeRequest(origin, '/api/account/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  }).catch((error: unknown) => {
    throw nobody(error);
  });
  if (!answer.ok) {
    const code = await refusalOf(answer);
    throw signInRefusals.includes(code) ? new AppError(code, 'the relay let nobody in') : nobody();
  }
  const cookie = cookieOf(answer);
  const person = sessionSchema.safeParse(await answer.json().catch(() => null)).data?.person ?? null;
  if (cookie === null || person === null) throw nobody();
  return { cookie, id: person.id, name: person.name };
}
