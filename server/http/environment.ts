import type { HttpBindings } from '@hono/node-server';
import type { SignedIn } from '../accounts/Accounts.ts';
import type { Caller } from '../Caller.ts';

/** What the middlewares put on each request. */
export interface HttpEnvironment {
  Bindings: Partial<HttpBindings>;
  Variables: {
    /** Who is signed in, or null. */
    caller: Caller;
    /** By which session, and account; null for a visitor. */
    session: { readonly id: string; readonly account: SignedIn['account'] } | null;
    /** Of this response's content security policy. */
    nonce: string;
    /** Names the request in the log. */
    reference: string;
  };
}
