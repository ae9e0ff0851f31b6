import { AppError, type ErrorCode } from '#shared/api/errorCodes.ts';

/** What the interface can say of a failed call: one of the relay's codes, or that it did not answer. */
export type FailureCode = ErrorCode | 'unreachable';

/** The relay answered with a refusal; `code` has a sentence in i18n (`app.codes.<code>`). */
export class ApiError extends AppError {
  readonly status: number;
  constructor(code: ErrorCode, status: number) {
    super(code, `the relay answered ${status} ${code}`);
    this.name = 'ApiError';
    this.status = status;
  }
}

/** No answer came: no network, or the relay is stopped. */
export class UnreachableError extends Error {
  constructor(cause: unknown) {
    super('the relay cannot be reached', { cause });
    this.name = 'UnreachableError';
  }
}

/** The code to explain an error by. */
export function failureCode(error: unknown): FailureCode {
  if (error instanceof UnreachableError) return 'unreachable';
  return error instanceof AppError ? error.code : 'internal';
}
