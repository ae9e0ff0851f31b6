import { X509Certificate } from 'node:crypto';
import { AppError } from '#shared/api/errorCodes.ts';
import type { Discovery, MeetingPlace } from './Discovery.ts';
import { codeNames } from './meetingCode.ts';
import { fingerprintOf } from './newCertificate.ts';
import { certificateAt, PinnedHost } from './PinnedHost.ts';

const searchMs = 6_000;
/** Each costs as much as a guess does: a network that claims to be full of meetings keeps nobody busy for long. */
const maxPlaces = 16;

/** The host at a place, if the code names its certificate. @returns `unreachable` when nothing answers, `other` when another computer does. */
async function hostAt(
  place: MeetingPlace,
  code: string,
  signal?: AbortSignal,
): Promise<PinnedHost | 'unreachable' | 'other'> {
  const certificate = await certificateAt(place, signal);
  if (certificate === null) return 'unreachable';
  const isNamed = await codeNames(code, fingerprintOf(new X509Certificate(certificate)));
  return isNamed ? new PinnedHost(place, certificate) : 'other';
}

/**
 * Finds the computer that a code names, at a place that was typed or of those that say on the network that they host. Nothing is sent to any other.
 * @param code - of `readMeetingCode`.
 * @throws AppError `meeting_not_found`, `meeting_unreachable`, `meeting_code_wrong`.
 */
export async function findHost(
  code: string,
  typed: MeetingPlace | null,
  discovery: Discovery,
  timeMs = searchMs,
): Promise<PinnedHost> {
  if (typed !== null) {
    const host = await hostAt(typed, code);
    if (host === 'unreachable') throw new AppError('meeting_unreachable', 'nothing answers there');
    if (host === 'other') throw new AppError('meeting_code_wrong', 'the code is of another certificate');
    return host;
  }
  const seen = new Set<string>();
  let answers = 0;
  const ended = AbortSignal.timeout(timeMs);
  const stop = new AbortController();
  const signal = AbortSignal.any([ended, stop.signal]);
  try {
    const found = await new Promise<PinnedHost | null>((resolve) => {
      let looking: Promise<void> = Promise.resolve();
      signal.addEventListener('abort', () => void looking.then(() => resolve(null)), { once: true });
      discovery.find((place) => {
        const key = `${place.address}:${place.port}`;
        if (signal.aborted || seen.has(key) || seen.size >= maxPlaces) return;
        seen.add(key);
        looking = looking.then(async () => {
          if (signal.aborted) return;
          const host = await hostAt(place, code, signal);
          if (host !== 'unreachable') answers++;
          if (host instanceof PinnedHost) resolve(host);
        });
      }, signal);
    });
    if (found !== null) return found;
    if (answers > 0) throw new AppError('meeting_code_wrong', 'the code is of none of the computers found');
    throw new AppError('meeting_not_found', 'no meeting on this network');
  } finally {
    stop.abort();
  }
}
