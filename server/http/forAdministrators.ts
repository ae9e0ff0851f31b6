import type { MiddlewareHandler } from 'hono';
import { AppError } from '#shared/api/errorCodes.ts';
import { requireAdministrator } from '../access.ts';
import type { HttpEnvironment } from './environment.ts';
import type { HttpRelay } from './HttpRelay.ts';

/** Lets the administrators of a community relay pass; the relay of one computer has nothing to administer. */
export function forAdministrators({ mode }: Pick<HttpRelay, 'mode'>): MiddlewareHandler<HttpEnvironment> {
  return async (context, next) => {
    if (mode !== 'community') throw new AppError('not_found_route', 'nothing to administer here');
    requireAdministrator(context.var.caller);
    await next();
  };
}
