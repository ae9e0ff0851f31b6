import { AppError } from '#shared/api/errorCodes.ts';

/** What is refused for a moment, a version or a document that there is not, or that is not for who asks. */
export function notKnown(): AppError {
  return new AppError('not_allowed', 'unknown, or not for this person');
}
