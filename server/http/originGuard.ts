import type { MiddlewareHandler } from 'hono';
import { notAllowed } from '../access.ts';
import type { HttpEnvironment } from './environment.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a request that another site's page made in a person's browser: one that changes something must come from a page of ours. A request that carries its
 * session itself (`Authorization`) cannot have been made by another page, and needs no origin.
 * @param allowed - the origins of our pages.
 */
export function originGuard(allowed: () => ReadonlySet<string>): MiddlewareHandler<HttpEnvironment> {
  return async (context, next) => {
    if (!safeMethods.has(context.req.method)) {
      const origin = context.req.header('origin');
      const ownOrigin = origin !== undefined && allowed().has(origin);
      const carriesSession = origin === undefined && context.req.header('authorization') !== undefined;
      if (!ownOrigin && !carriesSession) throw notAllowed();
    }
    await next();
  };
}
