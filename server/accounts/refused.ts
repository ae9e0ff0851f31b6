import { APIError } from 'better-auth/api';
import { AppError } from '#shared/api/errorCodes.ts';

/** Refusals of better-auth in the project's words; what it says beside these is our mistake. */
const refusals: Readonly<Record<string, AppError['code']>> = {
  INVALID_EMAIL_OR_PASSWORD: 'sign_in_failed',
  INVALID_EMAIL: 'sign_in_failed',
  INVALID_PASSWORD: 'sign_in_failed',
  PASSWORD_TOO_LONG: 'sign_in_failed',
  PASSKEY_NOT_FOUND: 'passkey_failed',
  AUTHENTICATION_FAILED: 'passkey_failed',
  CHALLENGE_NOT_FOUND: 'passkey_failed',
  FAILED_TO_VERIFY_REGISTRATION: 'passkey_failed',
  PREVIOUSLY_REGISTERED: 'passkey_failed',
  SESSION_NOT_FRESH: 'sign_in_again',
  EMAIL_TAKEN: 'email_taken',
  HAS_ACCOUNT: 'conflict',
  INVALID_TOKEN: 'link_invalid',
  TOKEN_EXPIRED: 'link_invalid',
  USER_NOT_FOUND: 'link_invalid',
};

/** Waits for better-auth's answer, and says its refusals in the project's words. @throws AppError. */
export async function refused<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    const code = error instanceof APIError ? String(error.body?.code) : '';
    const known = refusals[code];
    if (known === undefined) throw error;
    throw new AppError(known, `sign-in refused: ${code}`);
  }
}
