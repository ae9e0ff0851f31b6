import { AppError } from '#shared/api/errorCodes.ts';
import type { RelayContext } from '../RelayContext.ts';
import { hashSecret } from '../secrets.ts';

const minuteMs = 60_000;

/** How often something may be tried for one account. A person who is mistaken has enough; a program that guesses has not. */
export const attemptLimits = {
  /** Wrong passwords for one e-mail. */
  signIn: { max: 10, windowMs: 15 * minuteMs },
  /** Letters to one address. */
  recovery: { max: 3, windowMs: 60 * minuteMs },
  verification: { max: 5, windowMs: 60 * minuteMs },
} as const;

function keyOf(what: keyof typeof attemptLimits, who: string): string {
  return hashSecret(`${what} ${who.trim().toLowerCase()}`);
}

/**
 * Counts one more try; known and unknown accounts are counted alike.
 * @param who - the e-mail, or the person's id.
 * @throws AppError `too_many_requests`.
 */
export async function countAttempt(
  { catalogue, now }: Pick<RelayContext, 'catalogue' | 'now'>,
  what: keyof typeof attemptLimits,
  who: string,
): Promise<void> {
  const { max, windowMs } = attemptLimits[what];
  if ((await catalogue.attempts.add(keyOf(what, who), now(), windowMs)) > max)
    throw new AppError('too_many_requests', `too many tries: ${what}`);
}

/** It went well: the next try is the first. */
export async function forgetAttempts(
  { catalogue }: Pick<RelayContext, 'catalogue'>,
  what: keyof typeof attemptLimits,
  who: string,
): Promise<void> {
  await catalogue.attempts.forget(keyOf(what, who));
}
