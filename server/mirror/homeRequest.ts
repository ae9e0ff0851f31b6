import { WebSocket } from 'ws';
import { AppError, type ErrorCode } from '#shared/api/errorCodes.ts';
import { errorBodySchema } from '#shared/api/common.ts';

/** How long a relay may take to begin its answer, in milliseconds. */
export const answerTimeoutMs = 15_000;

/**
 * A request to another relay. It is not redirected: a session's cookie is for the one origin that the person named.
 * @param origin - without a slash at its end.
 * @param path - from `/` on.
 * @throws AppError `home_unreachable` when no answer comes; what `init.signal` was aborted with, when it was.
 */
export async function homeRequest(origin: string, path: string, init: RequestInit = {}): Promise<Response> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), answerTimeoutMs);
  const given = init.signal ?? null;
  const headers = new Headers(init.headers);
  headers.set('origin', origin);
  try {
    return await fetch(origin + path, {
      ...init,
      headers,
      redirect: 'error',
      signal: given === null ? giveUp.signal : AbortSignal.any([given, giveUp.signal]),
    });
  } catch (cause) {
    given?.throwIfAborted();
    throw new AppError('home_unreachable', 'the relay does not answer', { cause });
  } finally {
    clearTimeout(timer);
  }
}

/** A WebSocket to another relay; one that does not begin in time is closed. @param origin - without a slash at its end. */
export function homeSocket(origin: string, path: string, protocols: readonly string[]): WebSocket {
  return new WebSocket(origin.replace(/^http/, 'ws') + path, [...protocols], {
    handshakeTimeout: answerTimeoutMs,
  });
}

/** The code of an answer that is no success; `internal` where it says none that is known. */
export async function refusalOf(answer: Response): Promise<ErrorCode> {
  const body: unknown = await answer.json().catch(() => null);
  const refusal = errorBodySchema.safeParse(body);
  return refusal.success ? refusal.data.error.code : 'internal';
}

/** What is to be sent as `Cookie` to go on with the session that an answer began or renewed; null when it said nothing of it. */
export function cookieOf(answer: Response): string | null {
  const pairs = answer.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? '');
  const kept = pairs.filter((pair) => !pair.endsWith('='));
  return kept.length === 0 ? null : kept.join('; ');
}
