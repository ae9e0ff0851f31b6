import type { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Logger } from 'pino';
import type { ErrorBody } from '#shared/api/common.ts';
import { AppError, type ErrorCode } from '#shared/api/errorCodes.ts';
import type { HttpEnvironment } from './environment.ts';

const statuses: Readonly<Record<ErrorCode, ContentfulStatusCode>> = {
  invalid_request: 400,
  not_signed_in: 401,
  not_allowed: 403,
  not_found_route: 404,
  invitation_invalid: 404,
  launch_invalid: 401,
  sign_in_failed: 401,
  passkey_failed: 400,
  sign_in_again: 403,
  email_taken: 409,
  link_invalid: 404,
  too_large: 413,
  type_not_supported: 415,
  too_many_requests: 429,
  storage_full: 507,
  quota_exceeded: 507,
  storage_failed: 503,
  document_damaged: 409,
  app_outdated: 426,
  epoch_changed: 409,
  export_unavailable: 503,
  export_failed: 500,
  export_cancelled: 409,
  import_unreadable: 422,
  import_empty: 422,
  archive_damaged: 422,
  archive_newer: 422,
  import_too_large: 413,
  meeting_not_found: 404,
  meeting_unreachable: 502,
  meeting_code_wrong: 403,
  meeting_locked: 423,
  meeting_ended: 410,
  no_local_network: 409,
  conflict: 409,
  home_unreachable: 503,
  no_relay_there: 502,
  node_outdated: 500,
  config_invalid: 500,
  port_in_use: 500,
  internal: 500,
};

/** The status that goes with a code. */
export function statusOf(code: ErrorCode): ContentfulStatusCode {
  return statuses[code];
}

function codeOf(error: unknown): ErrorCode {
  if (error instanceof AppError) return error.code;
  if (error instanceof HTTPException) {
    if (error.status === 413) return 'too_large';
    if (error.status < 500) return 'invalid_request';
  }
  return 'internal';
}

/**
 * Turns whatever a route throws into its answer. A refusal says its code and no more, so that equal refusals are equal; a failure of the relay also
 * gives the reference of its line in the log.
 */
export function answerErrors(app: Hono<HttpEnvironment>, logger: Logger): void {
  app.onError((error, context) => {
    const code = codeOf(error);
    const status = statusOf(code);
    if (status < 500) return context.json<ErrorBody>({ error: { code } }, status);
    const reference = context.var.reference;
    logger.error(
      { reference, code, err: error, method: context.req.method, route: context.req.routePath },
      'request failed',
    );
    return context.json<ErrorBody>({ error: { code, reference } }, status);
  });
  app.notFound((context) => context.json<ErrorBody>({ error: { code: 'not_found_route' } }, 404));
}
