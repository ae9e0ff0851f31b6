import type { WebSocket } from 'ws';
import { z } from 'zod';
import { AppError } from '#shared/api/errorCodes.ts';
import { personSchema } from '#shared/api/common.ts';
import {
  type JoinedMeetingSummary,
  joinedMeetingSchema,
  type MeetingContent,
  meetingContentSchema,
  meetingPlaceSchema,
} from '#shared/api/meeting.ts';
import type { DeviceId, PersonId } from '#shared/domain/ids.ts';
import type { Person } from '#shared/domain/Person.ts';
import type { FollowedRelayId } from '#shared/domain/MirrorState.ts';
import type { FollowedRelay, FollowedRelays } from '../mirror/FollowedRelays.ts';
import type { HomeStanding } from '../mirror/RelayFollower.ts';
import { refusalOf } from '../mirror/homeRequest.ts';
import { hashSecret, newId } from '../secrets.ts';
import type { Secrets } from '../storage/ports/Secrets.ts';
import type { Discovery, MeetingPlace } from './Discovery.ts';
import { backProof } from './backProof.ts';
import { findHost } from './findHost.ts';
import { type MeetingClaims, newClaim } from './MeetingClaims.ts';
import { PinnedHost } from './PinnedHost.ts';

const secretName = 'joined-meetings';

/** What is kept of each: all of it is a secret, for whoever has it is the guest. */
const keptSchema = z.array(
  z.object({
    id: z.string(),
    place: meetingPlaceSchema,
    certificate: z.string(),
    session: z.string(),
    person: personSchema,
    host: z.string(),
    device: z.string(),
    joinedAt: z.number(),
    /** The session there is none any more, and nothing renews it. */
    isOver: z.boolean().default(false),
  }),
);
type Kept = z.infer<typeof keptSchema>[number];

interface Held {
  kept: Kept;
  readonly host: PinnedHost;
  problem: JoinedMeetingSummary['problem'];
}

export interface JoinedMeetingsOptions {
  readonly secrets: Secrets;
  readonly claims: MeetingClaims;
  readonly discovery: Discovery;
  readonly now: () => number;
  /** What the relay does once it is known who the person is there: what is written there under that id is theirs. */
  readonly recognize: (personThere: PersonId) => Promise<void>;
  /** What was joined, or how things stand with it, changed. */
  readonly onStanding: () => void;
}

/** The meetings of other computers that the person of this one joined: relays that are followed, over TLS with one certificate. */
export class JoinedMeetings implements FollowedRelays {
  readonly #options: JoinedMeetingsOptions;
  readonly #held = new Map<FollowedRelayId, Held>();
  readonly #listeners = new Set<(id: FollowedRelayId) => void>();

  private constructor(options: JoinedMeetingsOptions) {
    this.#options = options;
  }

  static async load(options: JoinedMeetingsOptions): Promise<JoinedMeetings> {
    const meetings = new JoinedMeetings(options);
    const text = await options.secrets.get(secretName);
    const all = text === null ? [] : keptSchema.parse(JSON.parse(text));
    for (const kept of all) meetings.#hold(kept);
    return meetings;
  }

  list(): readonly FollowedRelay[] {
    return [...this.#held.values()].map(({ kept }) => followed(kept));
  }

  get(id: FollowedRelayId): FollowedRelay | null {
    const held = this.#held.get(id);
    return held === undefined ? null : followed(held.kept);
  }

  onChanged(listener: (id: FollowedRelayId) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async fetch(id: FollowedRelayId, path: string, init: RequestInit = {}): Promise<Response> {
    const held = this.#require(id);
    if (held.kept.isOver) throw new AppError('not_signed_in', 'the meeting is over for this guest');
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${held.kept.session}`);
    const answer = await held.host.fetch(path, { ...init, headers }).catch((cause: unknown) => {
      init.signal?.throwIfAborted();
      this.#stand(held, 'home_unreachable');
      throw new AppError('home_unreachable', 'the host of the meeting does not answer', { cause });
    });
    if (answer.status === 401) {
      await answer.body?.cancel();
      await this.end(id);
      throw new AppError('not_signed_in', 'the meeting is over for this guest');
    }
    this.#stand(held, null);
    return answer;
  }

  /** A WebSocket to the host. @param path - `/sync…` @throws AppError `not_allowed` for a meeting that was not joined. */
  socket(id: FollowedRelayId, path: string, protocols: readonly string[]): WebSocket {
    return this.#require(id).host.socket(path, protocols);
  }

  /** Unknown meetings stand as one that was never reached. */
  standing(id: FollowedRelayId): HomeStanding {
    const { problem = null } = this.#held.get(id) ?? {};
    return { isReachable: problem === null && this.#held.has(id), lastContact: null, problem };
  }

  /** What the person of this computer shows of having been the guest of others. */
  get claims(): MeetingClaims {
    return this.#options.claims;
  }

  /** Somebody at another relay turned out to be the person of this computer. */
  recognize(personThere: PersonId): Promise<void> {
    return this.#options.recognize(personThere);
  }

  /** Whether nothing comes of a meeting any more: it was left, is over, or does not answer. Of what never was one: no. */
  isGone(id: FollowedRelayId): boolean {
    const held = this.#held.get(id);
    return held !== undefined && held.problem !== null;
  }

  summaries(): JoinedMeetingSummary[] {
    return [...this.#held.values()].map((held) => summaryOf(held));
  }

  /** What the meeting holds now. @throws AppError as `fetch`. */
  async content(id: FollowedRelayId): Promise<MeetingContent> {
    const answer = await this.fetch(id, '/meeting');
    if (!answer.ok) throw new AppError(await refusalOf(answer), 'the host refused');
    return meetingContentSchema.parse(await answer.json());
  }

  /**
   * Joins the meeting that a code names.
   * @param code - of `readMeetingCode`. @param place - where it is said to be; null: it is looked for.
   * @throws AppError `meeting_not_found`, `meeting_unreachable`, `meeting_code_wrong`, and what the host refuses with.
   */
  async join(
    code: string,
    place: MeetingPlace | null,
    { name, colour }: Pick<Person, 'name' | 'colour'>,
  ): Promise<JoinedMeetingSummary> {
    const { claims, discovery } = this.#options;
    const host = await findHost(code, place, discovery);
    const claim = newClaim();
    const answer = await host.fetch('/meeting/join', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        code,
        name,
        colour,
        claim: hashSecret(claim.secret),
        back: claim.back,
        earlier: claims.list().map(({ back }) => backProof(back, host.fingerprint)),
      }),
    });
    if (!answer.ok) throw new AppError(await refusalOf(answer), 'the host let nobody in');
    const { session, person, content } = joinedMeetingSchema.parse(await answer.json());
    await this.#options.recognize(person.id);
    const device = await claims.keep({ ...claim, person: person.id, host: content.host.name });
    const held = this.#hold({
      id: newId<FollowedRelayId>(),
      place: host.place,
      certificate: host.certificate,
      session,
      person,
      host: content.host.name,
      device,
      joinedAt: this.#options.now(),
      isOver: false,
    });
    await this.#keep();
    this.#changed(held.kept.id);
    return summaryOf(held);
  }

  /** The host said that it is over for this guest: it is asked nothing any more. */
  async end(id: FollowedRelayId): Promise<void> {
    const held = this.#held.get(id);
    if (held === undefined || held.kept.isOver) return;
    this.#stand(held, 'not_signed_in');
    held.kept = { ...held.kept, isOver: true };
    await this.#keep();
  }

  /** Leaves it; the host is told if it answers. */
  async leave(id: FollowedRelayId): Promise<void> {
    this.#require(id);
    await this.fetch(id, '/meeting/session', { method: 'DELETE' }).catch(() => null);
    this.#held.delete(id);
    await this.#keep();
    this.#changed(id);
  }

  #hold(kept: Kept): Held {
    const host = new PinnedHost(kept.place, kept.certificate);
    const held: Held = { kept, host, problem: kept.isOver ? 'not_signed_in' : null };
    this.#held.set(kept.id, held);
    return held;
  }

  #require(id: FollowedRelayId): Held {
    const held = this.#held.get(id);
    if (held === undefined) throw new AppError('not_allowed', 'this meeting was not joined');
    return held;
  }

  async #keep(): Promise<void> {
    const all = [...this.#held.values()].map(({ kept }) => kept);
    if (all.length === 0) await this.#options.secrets.delete(secretName);
    else await this.#options.secrets.set(secretName, JSON.stringify(all));
  }

  #stand(held: Held, problem: Held['problem']): void {
    if (held.problem === problem || held.kept.isOver) return;
    held.problem = problem;
    this.#options.onStanding();
  }

  #changed(id: FollowedRelayId): void {
    for (const listener of this.#listeners) listener(id);
    this.#options.onStanding();
  }
}

function followed({ id, place, host, person, device, joinedAt }: Kept): FollowedRelay {
  return {
    id: id,
    origin: `https://${place.address}:${place.port}`,
    name: host,
    personThere: person.id,
    nameThere: person.name,
    device: device as DeviceId,
    addedAt: joinedAt,
  };
}

function summaryOf({ kept, problem }: Held): JoinedMeetingSummary {
  const { id, host, person, joinedAt, place } = kept;
  return { id, host, person, joinedAt, place, problem };
}
