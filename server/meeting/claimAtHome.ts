import { AppError } from '#shared/api/errorCodes.ts';
import { confirmedClaimsSchema, type OpenClaims, openClaimsSchema } from '#shared/api/mirror.ts';
import type { FollowedRelayId } from '#shared/domain/MirrorState.ts';
import type { Logger } from 'pino';
import type { FollowedRelays } from '../mirror/FollowedRelays.ts';
import { refusalOf } from '../mirror/homeRequest.ts';
import type { MirrorFace } from '../mirror/MirrorFace.ts';
import { hashSecret } from '../secrets.ts';
import type { JoinedMeetings } from './JoinedMeetings.ts';

interface Parts {
  readonly joined: JoinedMeetings;
  readonly follower: FollowedRelays;
  readonly mirror: Pick<MirrorFace, 'states' | 'keep'> | null;
  readonly logger: Logger;
}

/**
 * What a followed relay has of the person of this computer that a host of theirs stated, and that they did not confirm. The relay is told the hashes alone.
 * @throws AppError `home_unreachable`, `not_signed_in`.
 */
export async function claimsAt({ joined, follower }: Parts, home: FollowedRelayId): Promise<OpenClaims> {
  const claims = joined.claims.list().map(({ secret }) => hashSecret(secret));
  if (claims.length === 0) return { open: [] };
  const answer = await post(follower, home, '/api/mirror/claims/open', { claims });
  // One that knows no statements has none.
  if (answer === null) return { open: [] };
  return openClaimsSchema.parse(await answer.json());
}

/**
 * Confirms all of that: it is the account's there and the person's here. What was kept of those meetings, and lives there, is kept as a copy of that home from now on.
 * @throws AppError `home_unreachable`, `not_signed_in`, `not_allowed`.
 */
export async function claimAtHome(parts: Parts, home: FollowedRelayId): Promise<void> {
  const { joined, follower } = parts;
  const open = new Set((await claimsAt(parts, home)).open.map(({ claim }) => claim));
  const secrets = joined.claims
    .list()
    .map(({ secret }) => secret)
    .filter((secret) => open.has(hashSecret(secret)));
  if (secrets.length > 0) {
    const answer = await post(follower, home, '/api/mirror/claims', { secrets });
    if (answer === null) throw new AppError('not_allowed', 'the home takes no claims');
    const { people } = confirmedClaimsSchema.parse(await answer.json());
    for (const person of people) await joined.recognize(person);
  }
  void moveCopies(parts, home);
}

async function moveCopies({ follower, mirror, logger }: Parts, home: FollowedRelayId): Promise<void> {
  const ofMeetings = mirror?.states().filter(({ relay }) => follower.get(relay) === null) ?? [];
  for (const { document, kind, reason } of ofMeetings)
    await mirror?.keep(document, kind, home, reason).catch((error: unknown) => {
      // Most that is not there, or not theirs to read there, never was.
      if (!(error instanceof AppError)) logger.error({ err: error, document }, 'a copy could not go on');
    });
}

/** @returns null where nobody answers to that. */
async function post(
  follower: Pick<FollowedRelays, 'fetch'>,
  home: FollowedRelayId,
  path: string,
  body: unknown,
): Promise<Response | null> {
  const answer = await follower.fetch(home, path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (answer.ok) return answer;
  if (answer.status === 404) return null;
  throw new AppError(await refusalOf(answer), 'the home refused');
}
